"""What people said of a pair as a whole: is the lower document based on the upper one? Told before the pair is aligned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from lineage.records import Decided
from lineage.review.pairs import bare_pair
from lineage.review.records import Record, Status
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
