"""Of a document on its way in: what each column of its table was taken for, to be set right; also where no column is known."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loaders.tables.columns import ROLES
from ontology.labels import labels
from ui import incoming as arriving
from ui.frame import bracketed, lang, tell, word
from ui.incoming import Incoming
from ui.marked import plain
from zhengmai.errors import UnknownTable, ZhengmaiError
from zhengmai.workspace import current_workspace

A_LINE = 3  # columns named beside each other


def show_columns(incoming: Incoming, columns: Sequence[tuple[str, str]]) -> None:
    """Draw the columns, (header, role or "") each; another choice reads the document again."""
    if not columns:
        return
    st.subheader(word("ui/columns"))
    st.caption(plain(word("ui/columns-help")))
    shown = {"": word("ui/not-used"), **{role: field_name(role) for role in ROLES}}
    stage = f"{incoming.sha256}/{'read' if incoming.extraction else 'unread'}"
    with st.form(f"columns/{stage}"):
        wanted: dict[str, str] = {}
        for at, (header, role) in enumerate(dict(columns).items()):
            if at % A_LINE == 0:  # line by line, so that on a phone and by keyboard they come in the table's own order
                line = st.columns(A_LINE)
            with line[at % A_LINE]:
                choices = [*shown, *([role] if role not in shown else [])]
                wanted[header] = st.selectbox(
                    plain(" ".join(header.split()) or bracketed(at + 1)),
                    choices,
                    index=choices.index(role),
                    format_func=lambda code: shown.get(code, field_name(code)),
                    key=f"role/{stage}/{at}",
                    help=word("ui/column-help"),
                )
        sent = st.form_submit_button(word("action/read-again"), help=word("ui/read-again-help"))
    changed = {header: role for header, role in wanted.items() if role != dict(columns)[header]}
    if sent and changed:
        _read_again(incoming, changed)


def show_unknown(incoming: Incoming) -> None:
    """Say that no column of the document's table is known, and let the visitor say what each one is."""
    if not incoming.headers:
        return
    columns = [(header, "") for header in incoming.headers]
    if incoming.extraction:  # its clauses were read, and many a text has a table that is none of tasks
        with st.expander(word("ui/table-unread")):
            show_columns(incoming, columns)
        return
    st.warning(plain(word("ui/header-unknown")))
    show_columns(incoming, columns)


def field_name(role: str) -> str:
    """Return the word for what a column holds."""
    return labels().get(f"field/{role}", (role, role))[lang() == "en"]


def _read_again(incoming: Incoming, changed: dict[str, str]) -> None:
    before = dict(incoming.roles)
    incoming.roles.update(changed)
    try:
        with st.spinner(word("ui/reading")):
            incoming.extraction = arriving.read(incoming, current_workspace())
    except ZhengmaiError as error:
        incoming.roles = before
        if isinstance(error, UnknownTable) and not incoming.extraction:
            st.warning(plain(word("ui/columns-too-few")))
            return
        tell(error)
        st.info(plain(word("ui/columns-kept")))
    else:
        st.rerun()
