"""A count as people need it: with its unit, and what it is a part of."""

from __future__ import annotations

import streamlit as st

from ui.frame import word
from ui.marked import plain

WIDTH = 160  # pixels: five beside each other on a wide screen, two on a phone


def counted(title: str, kind: str, amount: int, whole: str, *, help: str | None = None) -> None:
    """Draw one count: ``kind`` gives the unit (a row ``amount/…`` of labels.csv), ``whole`` says in words of how many."""
    with st.container(border=True, width=WIDTH, gap=None):
        st.metric(title, word(f"amount/{kind}", amount=amount), help=help)
        st.caption(plain(whole))


def of_whole(said: str, whole: int) -> str:
    """Return a count in words with what it is a part of: 2 行（共 124）."""
    return f"{said}{word('ui/of-whole', all=whole)}"
