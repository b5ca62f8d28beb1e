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
from ui.marked import plain

# Path in the address: what draws it, and the part of the menu it stands in. No pictures: for a page's own Streamlit asks fonts.gstatic.com.
PAGES: dict[str, tuple[Callable[[], None], str]] = {
    "home": (page_home.show, "menu/start"),
    "topics": (page_topics.show, "menu/ask"),
    "search": (page_search.show, "menu/ask"),
    "trace": (page_trace.show, "menu/ask"),
    "deadlines": (page_deadlines.show, "menu/ask"),
    "departments": (page_departments.show, "menu/ask"),
    "concordance": (page_concordance.show, "menu/work"),
    "ledger": (page_ledger.show, "menu/work"),
    "review": (page_review.show, "menu/work"),
    "compare": (page_compare.show, "menu/source"),
    "import": (page_import.show, "menu/source"),
    "check": (page_check.show, "menu/source"),
    "sparql": (page_sparql.show, "menu/tools"),
}

ICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0072B2"/>
<path d="M8 9h16M8 16h10M8 23h16" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>"""

LOOK = """<style>
[data-testid='stMainBlockContainer'] { padding-top: 3rem; }
[data-testid='stCaptionContainer'], [data-testid='stCaptionContainer'] p { color: inherit; opacity: 0.85; }
@media (max-width: 640px) {
  [data-testid='stMainBlockContainer'] { padding-left: 1rem; padding-right: 1rem; }
  h1 { font-size: 1.6rem !important; }
}
</style>"""


def main(opens: str = "home") -> None:
    """Draw the page that was asked for; ``opens`` is shown when none was."""
    st.set_page_config(page_title="政脉 zhengmai", page_icon=ICON, layout="wide")
    st.html(LOOK)
    choose_language()
    pages = {name: _page(name, *row, default=name == opens) for name, row in PAGES.items()}
    st.session_state["pages"] = pages
    menu: dict[str, list[st.Page]] = {}
    for name, (_, part) in PAGES.items():
        menu.setdefault(word(part), []).append(pages[name])
    chosen = st.navigation(menu, expanded=True)
    if not _let_in():
        return
    choose_confirmed()
    with errors_in_words():
        _tell_new_build(version())
        chosen.run()
        share_link()


def _page(name: str, show: Callable[[], None], part: str, *, default: bool) -> st.Page:
    return st.Page(show, title=word(f"page/{name}"), url_path=name, default=default)


def _let_in() -> bool:
    """Say whether this visitor may see the pages: everybody, unless somebody set up Streamlit's own sign-in (docs/ui.md)."""
    if not (st.secrets.load_if_toml_exists() and "auth" in st.secrets) or st.user.is_logged_in:
        return True
    st.info(plain(word("ui/sign-in-needed")))
    st.button(word("action/sign-in"), on_click=st.login, type="primary", help=word("ui/sign-in-needed"))
    return False


def _tell_new_build(now: str) -> None:
    st.sidebar.caption(f"{word('ui/graph-version')} {now}")
    if st.session_state.setdefault("graph", now) != now:
        st.session_state["graph"] = now
        st.toast(word("ui/new-build"))


if __name__ == "__main__":
    main()
