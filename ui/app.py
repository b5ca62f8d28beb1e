"""The pages, put together: ``zhengmai ui`` runs this file. Adding a page is adding a file and a row to PAGES."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui import (
    page_check,
    page_compare,
    page_deadlines,
    page_departments,
    page_home,
    page_import,
    page_review,
    page_topics,
    page_trace,
)
from ui.answers import version
from ui.frame import choose_confirmed, choose_language, errors_in_words, share_link, word
from ui.marked import plain

# Path in the address: what draws it, its picture, and the part of the menu it stands in.
PAGES: dict[str, tuple[Callable[[], None], str, str]] = {
    "home": (page_home.show, "home", "menu/start"),
    "topics": (page_topics.show, "quiz", "menu/ask"),
    "trace": (page_trace.show, "account_tree", "menu/ask"),
    "deadlines": (page_deadlines.show, "event", "menu/ask"),
    "departments": (page_departments.show, "groups", "menu/ask"),
    "review": (page_review.show, "rate_review", "menu/work"),
    "compare": (page_compare.show, "description", "menu/source"),
    "import": (page_import.show, "upload_file", "menu/source"),
    "check": (page_check.show, "fact_check", "menu/source"),
}

LOOK = """<style>
[data-testid='stMainBlockContainer'] { padding-top: 3rem; }
@media (max-width: 640px) {
  [data-testid='stMainBlockContainer'] { padding-left: 1rem; padding-right: 1rem; }
  h1 { font-size: 1.6rem !important; }
}
</style>"""


def main(opens: str = "home") -> None:
    """Draw the page that was asked for; ``opens`` is shown when none was."""
    st.set_page_config(page_title="政脉 zhengmai", layout="wide")
    st.html(LOOK)
    choose_language()
    pages = {name: _page(name, *row, default=name == opens) for name, row in PAGES.items()}
    st.session_state["pages"] = pages
    menu: dict[str, list[st.Page]] = {}
    for name, (_, _, part) in PAGES.items():
        menu.setdefault(word(part), []).append(pages[name])
    chosen = st.navigation(menu, expanded=True)
    if not _let_in():
        return
    choose_confirmed()
    with errors_in_words():
        _tell_new_build(version())
        chosen.run()
        share_link()


def _page(name: str, show: Callable[[], None], icon: str, part: str, *, default: bool) -> st.Page:
    return st.Page(show, title=word(f"page/{name}"), icon=f":material/{icon}:", url_path=name, default=default)


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
