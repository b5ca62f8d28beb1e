"""首页: what is in the graph, who decided the links, and where to start."""

from __future__ import annotations

import streamlit as st

from queries.catalogue import find_query
from ui.answers import ask, version
from ui.frame import lang, link_to, word
from ui.marked import plain

STARTS = ("which-tasks-implement-clause", "uncovered-provisions", "load-by-department")
ARROW = ":material/arrow_forward:"


def show() -> None:
    link_to({})
    st.title(f"{word('app/name')} · {word('app/subtitle')}")
    st.info(plain(word("note/link-means")))
    st.subheader(word("ui/start"))
    _links()
    st.subheader(word("ui/counted"))
    _metrics([(word(f"term/{row['kind']}"), row["amount"]) for row in ask("graph-counts").rows])
    st.subheader(word("ui/decided"))
    _metrics([(word(f"counted/{row['decided']}"), row["amount"]) for row in ask("all-links-by-decision").rows])
    st.caption(f"{word('ui/graph-version')} {version()}")


def _links() -> None:
    pages = st.session_state["pages"]
    kept = {"lang": "en"} if lang() == "en" else {}
    with st.container(horizontal=True):
        for name in STARTS:
            st.page_link(pages["topics"], label=plain(find_query(name).title[lang()]), icon=ARROW, query_params={"query": name, **kept})
        for name in ("trace", "check"):
            st.page_link(pages[name], label=word(f"page/{name}"), icon=ARROW, query_params=kept)


def _metrics(counted: list[tuple[str, object]]) -> None:
    with st.container(horizontal=True):
        for title, amount in counted:
            st.metric(title, str(amount), width=170, border=True)
