"""What people say of a pair as a whole: is the lower document based on the upper one? Told before the pair is aligned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from lineage.records import Decided
from lineage.relation import codebook_version
from lineage.review.check import checked
from lineage.review.log import add_records
from lineage.review.pairs import bare_pair
from lineage.review.people import reviewer_id
from lineage.review.records import Decision, Record, Status
from lineage.review.settle import settle
from loaders.records import Extraction

_VERDICT: dict[Status, Literal["yes", "no", "unclear"]] = {"accepted": "yes", "rejected": "no", "proposed": "unclear"}


def decided_basis(said: Sequence[Record], upper: Extraction, upper_slug: str, lower: Extraction, lower_slug: str) -> Decided | None:
    """Return people's word on a pair; None where nobody gave one, or the words of either side have changed since.

    Reviewers who differ, and one who is unsure, leave it unclear: no link is accepted by rule then.
    """
    about = [record for record in said if record.kind == "pair"]
    if not about:
        return None
    settled = settle(bare_pair(upper, upper_slug, lower, lower_slug), about)
    state = next((state for own, state in settled.states.items() if settled.items[own].kind == "pair"), None)
    if state is None or state.decided_by == "rule" or state.status not in _VERDICT:
        return None
    return Decided(_VERDICT[state.status], state.decided_by)


def say_of_pair(
    curated: Path,
    upper: Extraction,
    upper_slug: str,
    lower: Extraction,
    lower_slug: str,
    decision: Decision,
    *,
    reviewer: str,
    on: str,
) -> bool:
    """Write down that a person holds a pair for based on each other (accepted) or not (rejected), also before it was ever aligned.

    :returns: False when a side has nothing to compare; nothing is written then.
    :raises BadDecision: when the name or the day does not fit.
    """
    who, label = reviewer_id(reviewer)
    pair = bare_pair(upper, upper_slug, lower, lower_slug)
    item = pair.item("pair", "", "")
    if item is None:
        return False
    titles = replace(item, task_text=lower.meta.title or lower.source.path, provision_text=upper.meta.title or upper.source.path)
    given = Record(
        id="", record_kind="coding", kind="pair", lower=lower_slug, upper=upper_slug, task="", provision="", key=item.key,
        decision=decision, reviewer=who, reviewer_label=label, on=on, codebook_version=codebook_version(),
    )  # fmt: skip
    add_records(curated, lambda _: [checked(given, titles, pair)])
    return True
