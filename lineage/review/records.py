"""What reviewers are asked and what they say, as plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from lineage.records import Quote, Relation

Kind = Literal["link", "gap", "no-basis", "pair"]
Decision = Literal["accepted", "rejected", "unsure", "edited"]
RecordKind = Literal["coding", "adjudication", "withdrawal"]
Status = Literal["accepted", "proposed", "rejected", "none"]
DecidedBy = Literal["rule", "person", "two-persons", "adjudicated"]

KINDS: tuple[str, ...] = get_args(Kind)
DECISIONS: tuple[str, ...] = get_args(Decision)
RECORD_KINDS: tuple[str, ...] = get_args(RecordKind)
RELATIONS: tuple[str, ...] = get_args(Relation)
MACHINE_REASONS = ("addressed-to-other-level", "none-found", "level-unclear")
REVIEWER_REASONS = ("omitted", "done-elsewhere", "not-applicable")
REASONS = (*MACHINE_REASONS, *REVIEWER_REASONS)


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a task or a provision, and the hash of them. ``spans`` are where they stand in the normalised text."""

    id: str
    words: str
    hash: str
    spans: tuple[tuple[int, int], ...]
    level: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide on, as the machine left it.

    ``kind`` link: do the task's words correspond to the provision's? gap: was rightly no task found for the sentence? no-basis: was
    rightly no sentence found for the task? pair: is the lower document based on the upper one? ``status`` none is a pair of texts the
    machine made no link of. ``key`` changes with the words.
    """

    id: str
    kind: Kind
    lower: str
    upper: str
    task: str
    provision: str
    key: str
    task_text: str = ""
    provision_text: str = ""
    status: Status = "none"
    relation: str = ""
    structure: str = ""
    confidence: float | None = None
    method: str = ""
    features: dict[str, float] = field(default_factory=dict)
    task_evidence: tuple[Quote, ...] = ()
    provision_evidence: tuple[Quote, ...] = ()
    reason: str = ""
    nearest_task: str = ""
    nearest_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the decisions file; never changed once written.

    A *coding* is what a reviewer says, an *adjudication* settles codings that differ, a *withdrawal* takes back the record named in
    ``withdraws``. ``confidence``, ``machine_status`` and ``machine_relation`` are the machine's at the time. ``sample`` names the
    stratum when the item was drawn at random.
    """

    id: str
    record_kind: RecordKind
    kind: Kind
    lower: str
    upper: str
    task: str
    provision: str
    key: str
    decision: Decision
    reviewer: str
    on: str
    reviewer_label: str = ""
    relation: str = ""
    reason: str = ""
    task_quotes: tuple[str, ...] = ()
    provision_quotes: tuple[str, ...] = ()
    comment: str = ""
    blind: bool = False
    codebook_version: str = ""
    confidence: float | None = None
    machine_status: str = ""
    machine_relation: str = ""
    sample: str = ""
    withdraws: str = ""
    task_label: str = ""
    provision_label: str = ""
    provision_level: str = ""
    task_level: str = ""

    @property
    def item(self) -> str:
        """Return the id of the item it is about, by the ids of that day."""
        return item_id(self.kind, self.lower, self.task, self.upper, self.provision)


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of a file that could not be used, and why. ``row`` counts as a spreadsheet does, the header being a row."""

    row: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class State:
    """Where an item stands: what follows from all records about it.

    ``codings`` holds what each reviewer says now, ``firsts`` what each said first. ``reopened`` are records about words that have
    changed since; they count for nothing until somebody decides again.
    """

    status: Status
    relation: str
    reason: str
    decided_by: DecidedBy
    codings: tuple[Record, ...] = ()
    firsts: tuple[Record, ...] = ()
    adjudication: Record | None = None
    disputed: bool = False
    reopened: tuple[Record, ...] = ()
    version: str = ""

    @property
    def decisive(self) -> Record | None:
        """Return the record whose relation, reason and quotes hold; None when no person decided."""
        if self.adjudication:
            return self.adjudication
        return None if self.disputed or not self.codings else self.codings[-1]


@dataclass(frozen=True, slots=True)
class Case:
    """An item with where it stands: what a page shows. ``hidden`` is True when it was made blind for a reviewer."""

    item: Item
    state: State
    hidden: bool = False


def item_id(kind: str, lower: str, task: str, upper: str, provision: str) -> str:
    """Return an item's id: lower.TASK--upper.PROVISION, one side bare for a gap (no task) or a task without basis (no provision), both
    for the pair.

    >>> item_id("link", "gz", "27", "sat", "5.2.s1"), item_id("gap", "gz", "", "sat", "7.2.s1"), item_id("pair", "gz", "", "sat", "")
    ('gz.27--sat.5.2.s1', 'gz--sat.7.2.s1', 'gz--sat')
    """
    left = lower if kind in ("gap", "pair") else f"{lower}.{task}"
    return f"{left}--{upper}" if kind in ("no-basis", "pair") else f"{left}--{upper}.{provision}"
