"""One document of the graph as plain values: its provisions, tasks, roles and time limits, each with its place.

Texts come with certainly foreign words masked, one sign a character, so that offsets stay those of the normalised text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from queries.bind import bind
from queries.ids import code
from queries.run import masked_words
from zhengmai.masking import mask_words
from zhengmai.settings import BASE_IRI

if TYPE_CHECKING:
    from queries.meant import Asks

QUESTIONS = Path(__file__).resolve().parent / "questions"
DOCUMENT = BASE_IRI + "id/doc/"
_SPAN = re.compile(r"/span/(\d+)-(\d+)$")
_LEVEL = re.compile(r"/(section|clause|item|lead-in|sentence)/[^/]+$")
Solution = dict[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """A text of a document; ``start`` counts code points of its normalised text, -1 when the graph does not say."""

    text: str
    start: int
    place: str


@dataclass(frozen=True, slots=True)
class Role:
    """Who takes which part, as written. ``rule`` and ``sure`` (0 to 1) tell how it was concluded when the cell itself does not say it."""

    role: str
    name: str
    actor: str
    generic: bool
    alternative: str
    rule: str
    sure: float
    node: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A deadline or a frequency: the words, and what was understood (``kind`` a code, ``due`` an ISO day or ""); ``rule`` as in Role.
    ``part``: one of those a composite deadline is made of."""

    raw: str
    kind: str
    due: str
    every: str
    month: str
    day: str
    amount: str
    unit: str
    trigger: str
    ongoing: bool
    part: bool
    rule: str
    sure: float
    node: str


@dataclass(frozen=True, slots=True)
class Part:
    """A provision or a task: what holds words, roles and time limits.

    ``number`` is as published ("" when there is none), ``headings`` run from the outermost to the nearest, its own last.
    """

    iri: str
    id: str
    level: str
    number: str
    parent: str
    headings: tuple[str, ...]
    words: tuple[Words, ...]
    roles: tuple[Role, ...]
    deadlines: tuple[Limit, ...]
    frequencies: tuple[Limit, ...]
    place: str

    @property
    def text(self) -> str:
        return "\n".join(words.text for words in self.words)

    def names(self, *roles: str) -> str:
        """Return the actors of some roles, as written, each once."""
        return "、".join(dict.fromkeys(role.name for role in self.roles if role.role in roles))


@dataclass(frozen=True, slots=True)
class Held:
    """A document that is held."""

    slug: str
    title: str
    number: str
    issuer: str
    written: str
    level: str

    @property
    def iri(self) -> str:
        return DOCUMENT + self.slug


def ask(store: Asks, question: str, **terms: str) -> list[Solution]:
    """Return the solutions of one of our questions as texts, unbound variables as ""; ``terms`` are IRIs."""
    from pyoxigraph import NamedNode

    solutions: Any = store.query(bind(_text(question), {name: NamedNode(value) for name, value in terms.items()}))
    names = [variable.value for variable in solutions.variables]
    return [{name: "" if row[name] is None else row[name].value for name in names} for row in solutions]


def held(store: Asks) -> dict[str, Held]:
    """Return the documents that are held, by slug."""
    found: dict[str, Held] = {}
    for row in ask(store, "documents"):
        slug = row["document"].removeprefix(DOCUMENT)
        found.setdefault(slug, Held(slug, row["title"], row["number"], row["issuer"], row["written"], code(row["level"])))
    return found


def provisions(store: Asks, slug: str) -> dict[str, Part]:
    """Return a document's sections, clauses, items and sentences by IRI, in the order of its text."""
    mine = DOCUMENT + slug
    roles, limits, hidden = _roles(store, mine), _limits(store, mine), masked_words(store)
    rows: dict[str, Solution] = {}
    for row in ask(store, "provisions", document=mine):
        rows.setdefault(row["provision"], row)
    found = {}
    for iri, row in sorted(rows.items(), key=lambda item: (_start(item[1]["place"]), -len(item[1]["text"]), item[0])):
        words = (Words(mask_words(row["text"], hidden), _start(row["place"]), row["place"]),) if row["text"] else ()
        found[iri] = Part(
            iri=iri,
            id=row["notation"],
            level=(_LEVEL.search(iri) or ["", "provision"])[1],
            number=row["number"],
            parent=row["parent"],
            headings=_headings(rows, iri, "heading"),
            words=words,
            roles=tuple(roles[iri]),
            deadlines=tuple(limits[iri, "false"]),
            frequencies=tuple(limits[iri, "true"]),
            place=row["place"],
        )
    return found


def tasks(store: Asks, slug: str) -> dict[str, Part]:
    """Return a document's tasks by IRI in its order: the rows of its tables, else (running text) what holds sentences."""
    mine = DOCUMENT + slug
    rows: dict[str, Solution] = {}
    for row in ask(store, "tasks", document=mine):
        rows.setdefault(row["task"], row)
    if not rows:
        return _spoken(provisions(store, slug))
    roles, limits, hidden = _roles(store, mine), _limits(store, mine), masked_words(store)
    groups = {row["group"]: row for row in ask(store, "groups", document=mine)}
    measures: dict[str, list[Words]] = defaultdict(list)
    for row in ask(store, "measures", document=mine):
        measures[row["task"]].append(Words(mask_words(row["text"], hidden), _start(row["place"]), row["place"]))
    return {
        iri: Part(
            iri=iri,
            id=row["notation"],
            level="task",
            number=row["number"],
            parent=mine,
            headings=_headings(groups, row["group"], "heading"),
            words=_in_order(measures[iri]),
            roles=tuple(roles[iri]),
            deadlines=tuple(limits[iri, "false"]),
            frequencies=tuple(limits[iri, "true"]),
            place=row["place"],
        )
        for iri, row in rows.items()
    }


def span_of(iri: str) -> tuple[int, int]:
    """Return start and end of a span's IRI, (-1, -1) for other places."""
    met = _SPAN.search(iri)
    return (int(met[1]), int(met[2])) if met else (-1, -1)


def _start(place: str) -> int:
    return span_of(place)[0]


def _spoken(parts: Mapping[str, Part]) -> dict[str, Part]:
    """Running text: a provision stands for a task, with the words of its sentences, and their time limits before those of its note."""
    below: dict[str, list[Part]] = defaultdict(list)
    for part in parts.values():
        if part.level == "sentence" and part.parent in parts and parts[part.parent].id != "0.0":
            below[part.parent].append(part)
    return {
        iri: Part(
            **{name: getattr(parts[iri], name) for name in ("iri", "id", "level", "number", "parent", "headings", "roles", "place")},
            words=tuple(words for part in sentences for words in part.words),
            deadlines=tuple(limit for part in (*sentences, parts[iri]) for limit in part.deadlines),
            frequencies=tuple(limit for part in sentences for limit in part.frequencies),
        )
        for iri, sentences in below.items()
    }


def _headings(rows: Mapping[str, Solution], iri: str, name: str) -> tuple[str, ...]:
    chain: list[str] = []
    while iri in rows:
        chain.append(rows[iri][name])
        iri = rows[iri]["parent"]
    return tuple(heading for heading in reversed(chain) if heading)


def _in_order(found: Iterable[Words]) -> tuple[Words, ...]:
    """Measures in the order of the text; a part that repeats words of the whole stands in it already."""
    ordered: list[Words] = []
    for words in sorted(found, key=lambda w: (w.start, -len(w.text))):
        last = ordered[-1] if ordered else None
        if not last or words.start < 0 or words.start >= last.start + len(last.text):
            ordered.append(words)
    return tuple(ordered)


def _roles(store: Asks, document: str) -> dict[str, list[Role]]:
    found: dict[str, dict[str, Role]] = defaultdict(dict)
    rows = ask(store, "roles", document=document)
    for row in sorted(rows, key=lambda row: (row["thing"], row["role"], int(row["order"] or 0), row["part"])):
        role = Role(
            role=code(row["role"]),
            name=row["name"],
            actor=row["actor"],
            generic=row["generic"] == "true",
            alternative=row["group"],
            rule=code(row["rule"]),
            sure=float(row["sure"] or 1),
            node=row["part"],
        )
        found[row["thing"]].setdefault(row["part"], role)
    return defaultdict(list, {thing: list(parts.values()) for thing, parts in found.items()})


def _limits(store: Asks, document: str) -> dict[tuple[str, str], list[Limit]]:
    found: dict[tuple[str, str], dict[str, Limit]] = defaultdict(dict)
    for row in ask(store, "deadlines", document=document):
        plain = {name: row[name] for name in ("raw", "due", "every", "month", "day", "amount", "trigger", "node")}
        unit = row["unit"].rpartition("#")[2].removeprefix("unit")
        ongoing, sure = row["ongoing"] == "true", float(row["sure"] or 1)
        limit = Limit(
            **plain, unit=unit, ongoing=ongoing, part=row["part"] == "true", kind=code(row["kind"]), rule=code(row["rule"]), sure=sure
        )
        found[row["thing"], row["frequency"]].setdefault(row["node"], limit)
    return defaultdict(list, {key: list(limits.values()) for key, limits in found.items()})


@cache
def _text(question: str) -> str:
    return (QUESTIONS / f"{question}.rq").read_text(encoding="utf-8")


def joined(limits: Sequence[Limit]) -> str:
    """Return time limits as written, each once; the parts of a composite one stand in its words."""
    return "；".join(dict.fromkeys(limit.raw for limit in limits if not limit.part))
