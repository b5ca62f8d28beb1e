"""What differs along a link: each point with its direction, both quotes and the reason, as safe HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from ontology.labels import labels
from queries.run import Answer, Row
from ui.answers import ask
from ui.frame import lang, word
from ui.marked import badges

QUESTION = "divergences"
ORDER = ("tighter", "looser", "replaced", "unclear")
Key = tuple[str, str]  # the task and the sentence (or the clause, where no sentence is linked)


def divergences_of(upper: str, lower: str) -> dict[Key, list[Row]]:
    """Return what differs along each link of a pair; links along which nothing does are not there."""
    found: dict[Key, list[Row]] = {}
    for row in ask(QUESTION, {"upper": upper, "lower": lower}).rows:
        found.setdefault(key_of(row), []).append(row)
    return {key: sorted(rows, key=lambda row: _rank(row["direction"])) for key, rows in found.items()}


def key_of(row: Row) -> Key:
    """Return the link a row of an answer is about."""
    return str(row["task"]), str(row["sentence"] or row["clause"])


def directions(rows: Sequence[Row]) -> set[str]:
    """Return the directions (tighter, looser, replaced, unclear) of what differs."""
    return {str(row["direction"] or "unclear") for row in rows}


def divergences_html(rows: Sequence[Row]) -> str:
    """Return the points of one link, one under the other; that none was found is said too."""
    head = f'<div style="font-weight:600;margin-top:.5rem">{escape(word("ui/divergences", count=len(rows)))}</div>'
    if not rows:
        return f"{head}<div>{escape(word('ui/no-divergence'))}</div>"
    return head + "".join(_point(row) for row in rows)


def counted(answer: Answer, found: Mapping[Key, Sequence[Row]]) -> str:
    """Return how many of the links shown differ in which direction: 加码 5 · 减码 18 · …; "" when none does."""
    amounts = {way: sum(way in directions(found.get(key_of(row), ())) for row in answer.rows) for way in ORDER}
    return " · ".join(f"{word(f'direction/{way}')} {amount}" for way, amount in amounts.items() if amount)


def _point(row: Row) -> str:
    verdict = _said("difference", row["difference"]) or _said("lead-match", row["lead_match"])
    facts = badges([_said("direction", row["direction"]), f"{_said('aspect', row['aspect'])} {verdict}".strip()])
    quotes = [
        f"{escape(word(f'column/{side}_quote'))} “{escape(str(row[f'{side}_quote']))}”"
        for side in ("upper", "lower")
        if row[f"{side}_quote"]
    ]
    reason = escape(str(row[f"reason_{lang()}"] or ""))
    style = "margin:.35rem 0;padding-left:.6rem;border-left:3px solid currentColor;overflow-wrap:anywhere;line-height:1.7"
    return f'<div style="{style}">{facts}<div>{reason}</div><div style="font-size:.9rem">{"　".join(quotes)}</div></div>'


def _said(topic: str, code: object) -> str:
    return labels().get(f"{topic}/{code}", (str(code),) * 2)[lang() == "en"] if code else ""


def _rank(direction: object) -> int:
    return ORDER.index(str(direction)) if direction in ORDER else len(ORDER)
