"""The pages, put together: ``zhengmai ui`` runs this file. Adding a page is adding a file and a row to PAGES."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui import (
    page_check,
    page_compare,
    page_concordance,
    page_deadlines,
    page_departments,
    page_home,
    page_import,
    page_ledger,
    page_review,
    page_search,
    page_sparql,
    page_topics,
    page_trace,
)
from ui.answers import version
from ui.frame import choose_confirmed, choose_language, errors_in_words, share_link, word
from ui.narrow import STYLE
from ui.own_words import style_of_words
from ui.sign_in import let_in

# Path in the address: what draws it, in the order of the menu. No pictures: for a page's own Streamlit asks fonts.gstatic.com.
PAGES: dict[str, Callable[[], None]] = {
    "home": page_home.show,
    "topics": page_topics.show,
    "search": page_search.show,
    "trace": page_trace.show,
    "deadlines": page_deadlines.show,
    "departments": page_departments.show,
    "concordance": page_concordance.show,
    "ledger": page_ledger.show,
    "review": page_review.show,
    "compare": page_compare.show,
    "import": page_import.show,
    "check": page_check.show,
    "sparql": page_sparql.show,
}

ICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0072B2"/>
<path d="M8 9h16M8 16h10M8 23h16" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>"""

# Streamlit writes white words on its primary buttons and on what was chosen of several, whatever their colour; which theme it is
# only the browser knows at once.
LOOK = """
[data-testid^='stBaseButton-primary']:not(:disabled) :is(p, kbd), [data-tag], [data-tag] * { color: light-dark(#ffffff, #0e1117); }
[data-testid^='stBaseButton-primary']:not(:disabled) kbd { opacity: 1; }
[data-testid='stMainBlockContainer'] { padding: 3rem 3rem 4rem; }
[data-testid='stCaptionContainer'], [data-testid='stCaptionContainer'] p { color: inherit; opacity: 0.85; }
[data-testid='stMetricLabel'] p { white-space: normal; }
@media (max-width: 640px) {
  [data-testid='stMainBlockContainer'] { padding-left: 1rem; padding-right: 1rem; }
  h1 { font-size: 1.6rem !important; }
}
"""


def main(opens: str = "home") -> None:
    """Draw the page that was asked for; ``opens`` is shown when none was."""
    st.set_page_config(page_title="政脉 zhengmai", page_icon=ICON, layout="wide")
    choose_language()
    st.html(f"<style>{LOOK}{STYLE}{style_of_words()}</style>")
    pages = {name: _page(name, show, default=name == opens) for name, show in PAGES.items()}
    st.session_state["pages"] = pages
    # Flat, because Streamlit's grouped menu puts div between ul and li, which no screen reader can follow.
    chosen = st.navigation([*pages.values(), *([_other_way_home()] if opens == "home" else [])], expanded=True)
    if not let_in():
        return
    choose_confirmed()
    with errors_in_words():
        _tell_new_build(version())
        chosen.run()
        share_link()


def _page(name: str, show: Callable[[], None], *, default: bool) -> st.Page:
    # The page that opens at / holds its own name back, too: it takes another, so that /home can lead there.
    return st.Page(show, title=word(f"page/{name}"), url_path="start" if default else name, default=default)


def _other_way_home() -> st.Page:
    """Return what /home opens: the start page, whose own address is /."""

    def go() -> None:
        st.switch_page(st.session_state["pages"]["home"], query_params=st.query_params.to_dict())

    return st.Page(go, title=word("page/home"), url_path="home", visibility="hidden")


def _tell_new_build(now: str) -> None:
    st.sidebar.caption(f"{word('ui/graph-version')} {now}")
    if st.session_state.setdefault("graph", now) != now:
        st.session_state["graph"] = now
        st.toast(word("ui/new-build"))


if __name__ == "__main__":
    main()
