"""What a document says, as plain frozen values; every other module speaks in these.

Offsets (``start``, ``end``) count Unicode code points in the document's *normalised text*, end exclusive,
so that ``quote == text[start:end]`` holds everywhere (Web Annotation counts the same way).
Nothing here reads files or knows RDF.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

RoleCode = Literal["lead", "responsible", "supporting", "joint", "publishing", "addressee"]
ActorKind = Literal["named", "generic"]
GenericKind = Literal["functional", "contextual", "residual", "universal", "authority-class", "to-be-determined"]
Severity = Literal["violation", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands; only what applies is set. Tables, rows and columns count from 1."""

    start: int | None = None
    end: int | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    paragraph: int | None = None
    attachment: str | None = None


@dataclass(frozen=True, slots=True)
class Text2:
    """One message in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the source a reader should look at. ``quote`` is the source's own words; ``related`` are places to compare."""

    code: str
    severity: Severity
    place: Place
    quote: str
    message: Text2
    related: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who takes a role, written as in the source.

    ``start``/``end`` are offsets in the string that was split, not in the document.
    ``alternatives`` holds the parts of an "A或B" actor (two or more names), else it is empty.
    """

    name: str
    kind: ActorKind
    generic_kind: GenericKind | None = None
    alternatives: tuple[str, ...] = ()
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class RoleMention:
    """One actor in one role, as a bracket note or a role column says it."""

    role: RoleCode
    actor: Actor


@dataclass(frozen=True, slots=True)
class Inferred:
    """A field whose value is not in the words themselves: which rule gave it and how sure it is (0 to 1)."""

    field: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Recurrence:
    """``every`` is an ISO 8601 duration (P1Y, P3M, P1M, P1W); month 1-12 and day 1-31 where the words name them."""

    every: str
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Offset:
    """Time counted from a trigger: an ISO 8601 duration (P7D, PT5H, P1M), and for 次月10日 the day of that month."""

    duration: str
    working_days: bool = False
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit. ``raw`` is the words; what the words do not give is None or empty.

    ``date`` and ``start`` are ISO dates or, with less precision, "2019-09" or "2019".
    ``level`` is a code of the level scheme (national, provincial, city, county, all) or None.
    ``boundary`` is "notLaterThan" where the words (前, 底, 内) or the rule named in ``inferred`` say so.
    """

    raw: str
    kind: str
    date: str | None = None
    start: str | None = None
    precision: Literal["day", "month", "year"] | None = None
    recurs: Recurrence | None = None
    offset: Offset | None = None
    triggers: tuple[str, ...] = ()
    level: str | None = None
    outcome: str | None = None
    then_ongoing: bool = False
    reference: str | None = None
    boundary: str | None = None
    parts: tuple[Deadline, ...] = ()
    inferred: tuple[Inferred, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundDeadline:
    """A time limit met inside running text; offsets are in the text that was searched."""

    start: int
    end: int
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Frequency:
    """A least number of times per period that a text asks for: 每年至少1次 is ("P1Y", 1). Offsets as in FoundDeadline."""

    start: int
    end: int
    raw: str
    every: str
    at_least: int | None = None
    share: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document this one names. ``relation`` is carries_out, based_on or mentions."""

    title: str
    number: str
    relation: str
    place: Place


@dataclass(frozen=True, slots=True)
class Provision:
    """A numbered part of a running text, down to the sentence. ``id`` as docs/ids.md says (2, 2.1, 2.1.s1).

    The levels task and group are those of a table that serves as an upper document (lineage/upper_rows.py); no reader gives them.
    """

    id: str
    level: Literal["section", "clause", "item", "lead_in", "sentence", "task", "group"]
    parent: str | None
    place: Place
    number: str | None = None
    heading: str | None = None
    text: str = ""
    note: str | None = None
    note_place: Place | None = None
    roles: tuple[RoleMention, ...] = ()
    deadlines: tuple[FoundDeadline, ...] = ()
    frequencies: tuple[Frequency, ...] = ()


@dataclass(frozen=True, slots=True)
class CellText:
    """One cell's words. ``value`` is cleaned (outer blanks, broken label lines), ``raw`` as published.

    ``note`` says who set a value right and why (rule ``correction``).
    """

    value: str
    raw: str
    place: Place
    rule: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One row of a task table: the unit of work. Field names of ``cells`` are those of product.md.

    ``cells[field]`` is the cell a field's words come from, also when it was inherited from a merged cell above.
    """

    row: str
    number: str | None
    order: int
    table: int
    place: Place
    cells: dict[str, CellText]
    roles: tuple[RoleMention, ...] = ()
    deadline: Deadline | None = None
    columns: dict[str, str] = field(default_factory=dict)
    inherited: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    sentences: tuple[Provision, ...] = ()

    def text(self, name: str) -> str:
        """Return the cleaned words of a field, "" when the table has none."""
        cell = self.cells.get(name)
        return cell.value if cell else ""

    def is_given(self, name: str) -> bool:
        """Return whether a field's value is not the row's own words: taken from a merged cell, or set right by a person."""
        return name in self.inherited or name in self.corrected


@dataclass(frozen=True, slots=True)
class Corrected:
    """A value that a person set right (curated/corrections.csv): of which row or provision, and the words before and after."""

    of: Literal["row", "provision"]
    id: str
    field: str
    old: str
    new: str
    reason: str = ""
    who: str = ""
    date: str = ""

    @property
    def note(self) -> str:
        """Return what stood there, why it was changed, who did and when, on one line."""
        by = "，".join(part for part in (self.who, self.date) if part)
        return f"原为“{self.old}”。{self.reason}" + (f"（{by}）" if by else "")


@dataclass(frozen=True, slots=True)
class Skipped:
    place: Place
    reason: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Ingest:
    """What became of every row: ``rows_seen == rows_kept + len(skipped)``.

    ``columns`` are the task tables' columns by header as published, with the role each took (None: kept as published, not used);
    ``paragraphs_left`` are those that gave neither metadata nor a provision nor a note.
    """

    rows_seen: int = 0
    rows_kept: int = 0
    skipped: tuple[Skipped, ...] = ()
    tables_seen: int = 0
    paragraphs_seen: int = 0
    paragraphs_used: int = 0
    columns: tuple[tuple[str, str | None], ...] = ()
    paragraphs_left: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceInfo:
    path: str
    format: str
    sha256: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says about itself; None or empty where it says nothing.

    ``notice`` is the title of the notice that only transmits the document; ``inferred`` names fields the words do not give outright.
    """

    title: str = ""
    title_place: Place | None = None
    number: str | None = None
    genre: str = ""
    issuers: tuple[str, ...] = ()
    index_no: str | None = None
    written_on: str | None = None
    published_on: str | None = None
    effective_on: str | None = None
    addressees: tuple[str, ...] = ()
    cites: tuple[Citation, ...] = ()
    attachments: tuple[dict[str, str], ...] = ()
    status: str | None = None
    disclosure: str | None = None
    notice: str = ""
    inferred: tuple[Inferred, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """One document, read. ``raw_runs`` maps the normalised text back to the raw file (see loaders.blocks)."""

    kind: Literal["policy", "task_table", "mixed", "other"]
    text: str
    source: SourceInfo
    meta: Metadata
    provisions: tuple[Provision, ...] = ()
    rows: tuple[TaskRow, ...] = ()
    footnotes: tuple[CellText, ...] = ()
    ingest: Ingest = Ingest()
    findings: tuple[Finding, ...] = ()
    raw_runs: tuple[tuple[int, int, int], ...] = ()
    raw_length: int = 0
    masked: tuple[tuple[int, int], ...] = ()
    corrected: tuple[Corrected, ...] = ()
