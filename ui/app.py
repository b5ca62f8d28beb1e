"""The pages, put together: ``zhengmai ui`` runs this file. Adding a page is adding a file and a row to PAGES."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui import page_check, page_home, page_topics, page_trace
from ui.answers import version
from ui.frame import choose_language, errors_in_words, word

PAGES: dict[str, Callable[[], None]] = {
    "home": page_home.show,
    "topics": page_topics.show,
    "trace": page_trace.show,
    "check": page_check.show,
}


TIGHTER = "<style>[data-testid='stMainBlockContainer'] { padding-top: 3rem; }</style>"


def main(opens: str = "home") -> None:
    """Draw the page that was asked for; ``opens`` is shown when none was."""
    st.set_page_config(page_title="政脉 zhengmai", layout="wide")
    st.html(TIGHTER)
    choose_language()
    pages = {name: _page(name, show, default=name == opens) for name, show in PAGES.items()}
    st.session_state["pages"] = pages
    chosen = st.navigation(list(pages.values()))
    with errors_in_words():
        _tell_new_build(version())
        chosen.run()


def _page(name: str, show: Callable[[], None], *, default: bool) -> st.Page:
    return st.Page(show, title=word(f"page/{name}"), url_path=name, default=default)


def _tell_new_build(now: str) -> None:
    st.sidebar.caption(f"{word('ui/graph-version')} {now}")
    if st.session_state.setdefault("graph", now) != now:
        st.session_state["graph"] = now
        st.toast(word("ui/new-build"))


if __name__ == "__main__":
    main()
