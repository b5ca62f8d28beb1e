"""检索 Search: any words in documents, provisions, tasks and names of departments, each hit leading to its source."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

from queries.ids import place_words
from queries.search import KINDS, Hit
from ui.answers import document_titles, find
from ui.form import pick
from ui.frame import begin_with, go_link, lang, link_to, linked, still_there, word
from ui.marked import SHARED, plain

LONGEST, SHOWN = 200, 50
FOUND = re.compile("【(.*?)】")


def show() -> None:
    st.title(word("page/search"))
    titles = document_titles()
    begin_with("search-words", (linked("words") or "")[:LONGEST])
    begin_with("search-kind", linked("kind", KINDS))
    words = st.text_input(word("ui/search-words"), max_chars=LONGEST, key="search-words", help=word("ui/search-words-help")).strip()
    kind = st.pills(
        word("ui/search-kind"), KINDS, key="search-kind", format_func=lambda code: word(f"search-kind/{code}"), help=word("ui/filter-help")
    )
    document = pick(
        word("column/document"), titles, still_there("doc", titles), "search-document", new=False, help=word("ui/document-help")
    )
    link_to({"words": words or None, "kind": kind, "doc": document})
    if not words:
        st.info(plain(word("ui/search-begin")))
        return
    found = find(words, kind or "", document or "", SHOWN)
    if not found.hits:
        st.info(plain(word("ui/search-none", words=words, texts=found.searched)))
        return
    key = "ui/search-found-more" if found.more else "ui/search-found"
    st.caption(plain(word(key, total=found.total, shown=len(found.hits), texts=found.searched)))
    for at, hit in enumerate(found.hits):
        _draw(hit, titles, at)


def _draw(hit: Hit, titles: dict[str, str], at: int) -> None:
    with st.container(border=True, key=f"hit-{at}"):
        place = place_words(hit.place, lang()) if hit.place else ""
        head = (word(f"search-kind/{hit.kind}"), hit.id, titles.get(hit.document, ""), place)
        st.caption(plain(" · ".join(said for said in head if said)))
        named = hit.name and hit.name not in hit.snippet.replace("【", "").replace("】", "")
        st.html(_found_words(f"{hit.name} {hit.snippet}" if named else hit.snippet))
        slug, _, own = hit.id.partition(":")
        if slug in titles:
            go_link("compare", word("action/show-source"), doc=slug, at=own or None)


def _found_words(said: str) -> str:
    """Return a passage as safe HTML, what was found (between 【 and 】) marked."""
    marked = FOUND.sub(lambda hit: f"{SHARED}{hit[1]}</mark>", escape(said))
    return f'<div style="line-height:1.8;overflow-wrap:anywhere">{marked}</div>'
