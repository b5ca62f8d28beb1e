"""How far reviewers agree and how right the machine was: κ of every two, α of all, shares with their intervals."""

from __future__ import annotations

import streamlit as st

from lineage.review.report import Agreement, Report, Share, make_report
from ui.frame import sign, word
from ui.marked import plain
from zhengmai.workspace import current_workspace

TIMES = 400  # draws for an interval: the page answers at once, `zhengmai review report` draws a thousand


def show_agreement(pair: tuple[str, str] | None) -> None:
    """Draw the figures of the review (of one pair, lower and upper slug), once somebody asks for them."""
    if not st.toggle(word("ui/agreement"), key="review-figures", help=word("ui/agreement-help")):
        return
    found = make_report(current_workspace(), pair=pair, times=TIMES)
    if not found.codings:
        st.info(plain(word("ui/nobody-spoke")))
        return
    lines = [_agreement(one, found) for one in found.agreements] or [word("ui/one-reviewer")]
    share = next((share for group, _, share in found.precision if group == "all"), None)
    lines += [f"{word('ui/machine-right')} {_share(share)}"] if share and share.value is not None else []
    counts = word("review/settled").format(settled=found.settled, undecided=found.undecided, codings=found.codings, blind=found.blind)
    st.markdown("\n".join(f"- {plain(line)}" for line in (*lines, counts, word("ui/disagreements", count=len(found.disagreements)))))


def _agreement(one: Agreement, found: Report) -> str:
    who = sign("、").join(found.names.get(name, name) for name in one.who)
    value = word("ui/not-computable") if one.value is None else f"{one.value:.3f}"
    interval = f"{sign('（')}{one.interval[0]:.3f}–{one.interval[1]:.3f}{sign('）')}" if one.interval and one.value is not None else ""
    said = word("ui/agreed-on", units=one.units, agreed=one.agreed)
    return f"{word(f'review/{one.coefficient}')} {value}{interval} · {word(f'ui/agreement-{one.on}')} · {who} · {said}"


def _share(share: Share) -> str:
    low, high = share.interval
    return f"{share.right}/{share.of}{sign('（')}{low:.2f}–{high:.2f}{sign('）')}"
