"""Mark findings as 已说明: a reason, a name, an end; written into curated/waivers.csv at once, and taken back the same way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from ui.form import LAST_DAY
from ui.frame import tell, word
from ui.marked import plain
from validation.findings import ReportFinding, Waiver
from validation.waivers import add_waivers, take_back
from zhengmai.errors import ZhengmaiError
from zhengmai.store import build_lock
from zhengmai.workspace import current_workspace


def explain(findings: Sequence[ReportFinding]) -> None:
    """Draw the form that marks findings as explained, or what takes it back where all of them are."""
    keys = tuple(dict.fromkeys(finding.key for finding in findings if finding.key))
    if all(finding.waiver for finding in findings):
        if st.button(word("action/take-back"), key="explain-back", help=word("ui/take-back-help")):
            _write(None, keys)
        return
    with st.form("explain", clear_on_submit=False):
        st.markdown(f"**{plain(word('ui/explain', count=len(keys)))}**")
        reason = st.text_input(word("ui/explain-reason"), max_chars=500, key="explain-reason", help=word("ui/explain-reason-help"))
        left, right = st.columns(2)
        with left:
            who = st.text_input(word("ui/explain-who"), max_chars=80, key="explain-who", help=word("ui/explain-who-help"))
        with right:
            until = st.date_input(
                word("ui/explain-until"),
                value=None,
                min_value=_today(),
                max_value=LAST_DAY,
                format="YYYY-MM-DD",
                key="explain-until",
                help=word("ui/explain-until-help"),
            )
        sent = st.form_submit_button(word("action/explain"), type="primary")
    if not sent:
        return
    if not (reason.strip() and who.strip()):
        st.error(plain(word("ui/explain-needs")))
        return
    expires = until.isoformat() if isinstance(until, date) else ""
    _write([Waiver(key, reason.strip(), who.strip(), _today().isoformat(), expires) for key in keys], keys)


def tell_explained() -> None:
    """Say what was written down just now."""
    if told := st.session_state.pop("explained", None):
        st.success(plain(told))


def _write(waivers: Sequence[Waiver] | None, keys: Sequence[str]) -> None:
    """Write waivers down, or (None) take those of some findings back; then draw the page anew."""
    workspace = current_workspace()
    try:
        with build_lock(workspace.built_dir):
            if waivers is None:
                take_back(workspace.curated_dir, keys)
            else:
                add_waivers(workspace.curated_dir, waivers)
    except ZhengmaiError as error:
        tell(error)
        return
    st.session_state["explained"] = word("ui/taken-back" if waivers is None else "ui/explained", count=len(keys))
    st.rerun()


def _today() -> date:
    return date.today()  # noqa: DTZ011 (the visitor's own day is what is meant)
