"""何以在此, of anything in the graph: the source cell, the rule and what it used, or the method and who decided."""

from __future__ import annotations

import streamlit as st

from queries.why_text import short, write_text
from ui.answers import why_here
from ui.frame import errors_in_words, lang, word
from ui.marked import plain


@st.fragment
def show_why(thing: str) -> None:
    """Draw, once somebody asks, the triples of a thing (DOC:27); the one that is chosen says why it stands there, down to its cell."""
    if not st.toggle(word("ui/why-graph"), key=f"why/{thing}", help=word("ui/why-graph-help")):
        return
    with errors_in_words():
        reasons = why_here(thing)
        said = [f"{short(reason.predicate)} · {short(reason.object)}" for reason in reasons]
        at = st.selectbox(
            word("ui/why-which"),
            range(len(reasons)),
            format_func=lambda number: said[number],
            key=f"why-which/{thing}",
            help=word("ui/why-which-help"),
        )
        if at is None:
            st.caption(plain(word("ui/no-rows")))
            return
        st.code(write_text([reasons[at]], lang()).strip(), language=None, wrap_lines=True)
