"""What the aligner says, as plain frozen values. Offsets count code points in the documents' normalised texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Relation = Literal["verbatim", "adapted", "exceptionDropped", "narrowed", "extended", "merged"]
Structure = Literal["one-to-one", "split", "joined", "moved", "repeated"]
Status = Literal["accepted", "proposed", "rejected"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words where they stand: ``quote == text[start:end]``."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between the upper sentence and what its tasks say; the side that lacks the words has an empty quote.

    ``local_name`` is True where a class of bodies was only replaced by the one of them that speaks (税务机关 → 市国税局).
    """

    kind: Literal["dropped", "added", "replaced"]
    what: str
    upper: Quote
    lower: Quote
    direction: Literal["tighter", "looser", "neutral", "unclear"]
    local_name: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A task's words correspond to a sentence's. ``sentence`` is None for a link that rests on headings alone."""

    task: str
    provision: str
    sentence: str | None
    relation: Relation
    structure: Structure
    confidence: float
    status: Status
    method: str
    features: dict[str, float]
    task_evidence: tuple[Quote, ...]
    provision_evidence: tuple[Quote, ...]
    changes: tuple[Change, ...] = ()
    whole_sentence: bool = False
    decided_by: str = "rule"


@dataclass(frozen=True, slots=True)
class Divergence:
    """How a task and a sentence it is linked to compare in one respect; agreement (``same``, ``match``) is a result too.

    ``difference`` is a code of that scheme, for the lead a code of lead-match. ``upper`` and ``lower`` hold the words compared, empty
    where that side has none. ``parts`` are what the verdict was made of. The nodes are (id of a provision or task, path below it):
    ("5.2.s1", "deadline/1"), ("5.2", "role/lead/1").
    """

    task: str
    provision: str
    sentence: str
    aspect: str
    difference: str
    direction: Literal["tighter", "looser", "replaced", "neutral", "unclear"]
    upper: tuple[Quote, ...]
    lower: tuple[Quote, ...]
    reason: tuple[str, str]
    rule: str
    parts: dict[str, Any] = field(default_factory=dict)
    upper_nodes: tuple[tuple[str, str], ...] = ()
    lower_nodes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A sentence no task was found for. ``level`` names whom it addresses (codes joined by |), None when it names nobody."""

    sentence: str
    clause: str
    reason: Literal["addressed-to-other-level", "none-found", "level-unclear"]
    level: str | None
    nearest_task: str | None = None
    nearest_confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A task no basis was found for; ``nearest_sentence`` is the candidate that was turned down, None where there was none."""

    task: str
    reason: Literal["no-basis-in-upper", "below-threshold"]
    nearest_sentence: str | None = None
    nearest_confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Decided:
    """What people said of a pair as a whole: is the lower document based on the upper one?"""

    verdict: Literal["yes", "no", "unclear"]
    by: Literal["person", "two-persons", "adjudicated"]


@dataclass(frozen=True, slots=True)
class Basis:
    """Is the lower document based on the upper one at all? Reasons are (zh, en) pairs.

    ``through`` are the slugs of held documents between the two, over which links are made level by level (lineage/levels.py).
    Where people decided the verdict ``decided_by`` is not "rule", and ``by_rule`` is what the rule said.
    """

    verdict: Literal["yes", "no", "unclear"]
    reasons: tuple[tuple[str, str], ...]
    skips_level: bool = False
    missing_levels: tuple[str, ...] = ()
    skip_evidence: tuple[tuple[str, Quote], ...] = ()
    through: tuple[str, ...] = ()
    decided_by: Literal["rule", "person", "two-persons", "adjudicated"] = "rule"
    by_rule: str = ""


@dataclass(frozen=True, slots=True)
class PairResult:
    """Everything said about one pair of documents. ``headings`` are (group number, provision id) whose words are equal,
    ``counterparts`` the pairs of departments that people confirmed when leads were compared."""

    basis: Basis
    links: tuple[Link, ...]
    uncovered: tuple[Uncovered, ...]
    unmatched: tuple[Unmatched, ...]
    headings: tuple[tuple[str, str], ...] = ()
    searched: dict[str, int] = field(default_factory=dict)
    divergences: tuple[Divergence, ...] = ()
    counterparts: frozenset[frozenset[str]] = frozenset()
