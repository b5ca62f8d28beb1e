"""The whole chain of a thing: document → clause → sentence → task → department → deadline, and over several levels of government.

Up leads from a task to the sentences its words correspond to, their clauses, the document and what that rests on; down leads the other
way. A step that goes over a link carries the words both sides share and how sure the link is; nothing is walked twice on one path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ontology.terms import DCT, ELI, OA, ORG, PROV, SKOS, SSSOM, ZM
from queries.edges import Edges
from queries.ids import code, full_id, place_code
from queries.run import masked_words
from zhengmai.masking import mask_words

if TYPE_CHECKING:
    from zhengmai.store import OpenStore

DEPTH, MOST = 8, 20_000


@dataclass(frozen=True, slots=True)
class Step:
    """How one gets from a thing to the next: ``kind`` is implements, part-of, role/lead …; the rest only for links and roles."""

    kind: str
    status: str = ""
    confidence: float | None = None
    relation: str = ""
    task_quotes: tuple[str, ...] = ()
    provision_quotes: tuple[str, ...] = ()
    words: str = ""
    place: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing with what is reached from it. ``number`` is as published; ``cut``: there is more beyond the depth."""

    iri: str
    id: str
    kind: str
    number: str
    name: str
    words: str
    place: str
    step: Step | None = None
    children: tuple[Node, ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """The chains of a thing, up and down; ``left_out`` counts the links that were too unsure, or await review, and were not walked;
    ``skips_level``: a link that was walked passes over a level whose document is not held."""

    up: Node | None
    down: Node | None
    left_out: int
    skips_level: bool
    graph_version: str


def trace(
    store: OpenStore,
    iri: str,
    *,
    up: bool = True,
    down: bool = True,
    depth: int = DEPTH,
    confidence: float = 0.0,
    accepted_only: bool = False,
) -> Trace:
    """Return the chains of a thing.

    :param iri: from ``queries.resolve.find_thing``.
    :param depth: how many steps to go each way.
    :param confidence: links below it are not walked, but counted.
    """
    walk = _Walk(store, depth, confidence, accepted_only)
    chains = [walk.tree(iri, way, None, frozenset(), 0) if wanted else None for way, wanted in ((_up, up), (_down, down))]
    return Trace(chains[0], chains[1], len(walk.left_out), walk.skips_level, store.version)


Hop = tuple[str, str, str]  # kind, to, the link or participation it goes over ("" when none)
Way = Callable[[Edges, str, bool], Iterator[Hop]]


def _up(edges: Edges, iri: str, start: bool) -> Iterator[Hop]:
    """Yield what a thing is part of, corresponds to and rests on; from a department (only at the start) its tasks."""
    facts = edges.of(iri)
    for link in edges.into(iri, ZM.alignsTask):
        for to in edges.of(link).get(ZM.alignsProvision, ()):
            yield "implements", to, link
    for kind, predicates in _UPWARDS:
        for predicate in predicates:
            for to in facts.get(predicate, ()):
                if kind != "part-of" or to not in facts.get(ZM.taskOf, ()):  # a row of an upper table is both: told once
                    yield kind, to, ""
    for part in edges.into(iri, ZM.participant) if start else ():
        for to in edges.of(part).get(ZM.participatesIn, ()):
            yield f"role/{code(edges.first(part, ZM.hasRole))}", to, part


def _down(edges: Edges, iri: str, start: bool) -> Iterator[Hop]:
    """Yield a thing's parts, the tasks that correspond, who takes part and until when; tasks of a table only from the table itself."""
    for part in edges.into(iri, ZM.isPartOf):
        if ZM.Provision in edges.of(part).get(_TYPE, ()):
            yield "has-part", part, ""
    for link in edges.into(iri, ZM.alignsProvision):
        for to in edges.of(link).get(ZM.alignsTask, ()):
            yield "implemented-by", to, link
    for kind, predicate in _DOWNWARDS:
        for to in edges.into(iri, predicate):
            yield kind, to, ""
    if start:
        for to in edges.into(iri, ZM.taskOf):
            yield "has-task", to, ""
    for part in edges.into(iri, ZM.participatesIn):
        for to in edges.of(part).get(ZM.participant, ()):
            yield f"role/{code(edges.first(part, ZM.hasRole))}", to, part
    for to in edges.of(iri).get(ZM.hasDeadline, ()):
        yield "deadline", to, ""


class _Walk:
    def __init__(self, store: OpenStore, depth: int, confidence: float, accepted_only: bool) -> None:
        self.edges, self.hidden = Edges(store.store), masked_words(store)
        self.depth, self.confidence, self.accepted_only = depth, confidence, accepted_only
        self.left_out: set[str] = set()
        self.nodes, self.skips_level = 0, False

    def tree(self, iri: str, way: Way, step: Step | None, path: frozenset[str], depth: int) -> Node:
        self.nodes += 1
        hops = [hop for hop in dict.fromkeys(way(self.edges, iri, not path)) if hop[1] not in path and self._walked(hop)]
        inside = depth < self.depth and self.nodes < MOST
        children = (
            tuple(self.tree(hop[1], way, self._step(hop), path | {iri}, depth + 1) for hop in sorted(hops, key=_order)) if inside else ()
        )
        return Node(iri=iri, step=step, children=children, cut=bool(hops) and not inside, **self._about(iri))

    def _walked(self, hop: Hop) -> bool:
        kind, _, link = hop
        if kind not in ("implements", "implemented-by"):
            return True
        status = code(self.edges.first(link, ZM.status))
        sure = float(self.edges.first(link, SSSOM.confidence) or 0) >= self.confidence and (status == "accepted" or not self.accepted_only)
        if not sure and status != "rejected":
            self.left_out.add(link)
        return sure and status != "rejected"

    def _step(self, hop: Hop) -> Step:
        kind, _, over = hop
        if not over:
            return Step(kind)
        first = self.edges.first
        place = first(over, PROV.wasDerivedFrom)
        self.skips_level = self.skips_level or first(over, ZM.skipsLevel) == "true"
        return Step(
            kind=kind,
            status=code(first(over, ZM.status)),
            confidence=float(first(over, SSSOM.confidence)) if first(over, SSSOM.confidence) else None,
            relation=code(first(over, ZM.relationType)),
            task_quotes=self._quotes(over, ZM.taskEvidence),
            provision_quotes=self._quotes(over, ZM.provisionEvidence),
            words=self._shown(first(over, ZM.rawText)),
            place=place_code(place) if place else "",
            link=over,
        )

    def _quotes(self, link: str, evidence: str) -> tuple[str, ...]:
        found = []
        for span in self.edges.of(link).get(evidence, ()):
            selectors = self.edges.of(span).get(OA.hasSelector, ())
            start = next((int(value) for one in selectors if (value := self.edges.first(one, OA.start))), 0)
            found.append((start, next((words for one in selectors if (words := self.edges.first(one, OA.exact))), "")))
        return tuple(self._shown(words) for _, words in sorted(found))

    def _about(self, iri: str) -> dict[str, str]:
        edges, first = self.edges, self.edges.first
        kind = _kind(iri, code(first(iri, ZM.corpusStatus)))
        words = [first(iri, ZM.text, ZM.rawText)] if kind != "task" or first(iri, ZM.text) else []
        words += [first(measure, ZM.text) for measure in sorted(edges.of(iri).get(ZM.hasMeasure, ()))]
        name = first(iri, DCT.title, ZM.heading, SKOS.prefLabel)
        if kind == "deadline":
            name = " ".join(part for part in (code(first(iri, ZM.kind)), first(iri, ZM.dueDate)) if part)
        if kind == "actor":
            name = first(first(iri, ORG.unitOf, ZM.withinAuthority), SKOS.prefLabel) + name
        place = "" if kind == "document" else first(iri, PROV.wasDerivedFrom, ZM.evidence)
        return {
            "id": full_id(iri),
            "kind": kind,
            "number": first(iri, ELI.number, ZM.number),
            "name": name,
            "words": self._shown("\n".join(dict.fromkeys(one for one in words if one))),
            "place": place_code(place) if place else "",
        }

    def _shown(self, text: str) -> str:
        return mask_words(text, self.hidden)


def as_json(node: Node | None) -> dict[str, Any] | None:
    """Return a chain as plain JSON values; what does not apply is absent."""
    if node is None:
        return None
    names = ("id", "kind", "number", "name", "words", "place", "iri")
    said: dict[str, Any] = {name: getattr(node, name) for name in names if getattr(node, name)}
    if node.step:
        fields = ("kind", "status", "confidence", "relation", "words", "place", "link", "task_quotes", "provision_quotes")
        said["step"] = {name: getattr(node.step, name) for name in fields if getattr(node.step, name) not in ("", None, ())}
    if node.cut:
        said["cut"] = True
    return {**said, "children": [as_json(child) for child in node.children]}


_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_UPWARDS = (
    ("part-of", (ZM.isPartOf,)),
    ("task-of", (ZM.taskOf,)),
    ("concluded-basis", (ZM.concludedBasis,)),
    ("stated-basis", (ZM.carriesOut, ZM.basedOn)),
)
_DOWNWARDS = (("concluded-basis-of", ZM.concludedBasis), ("stated-basis-of", ZM.carriesOut), ("stated-basis-of", ZM.basedOn))
_RANK = (
    "implements",
    "part-of",
    "task-of",
    "has-part",
    "implemented-by",
    "has-task",
    "concluded-basis",
    "concluded-basis-of",
    "stated-basis",
)
_FOLDERS = ("section", "clause", "item", "lead-in", "sentence", "task", "group")
_NUMBERS = re.compile(r"(\d+)")


def _order(hop: Hop) -> tuple[int, int, str, list[str]]:
    """Links first, then parts, people (the lead before others), deadlines; by number within each."""
    kind, to, _ = hop
    rank = _RANK.index(kind) if kind in _RANK else len(_RANK) + (kind == "deadline")
    number = [part.zfill(6) if part.isdigit() else part for part in _NUMBERS.split(to)]
    return rank, kind != "role/lead", kind, number


def _kind(iri: str, status: str) -> str:
    if "/deadline/" in iri:
        return "deadline"
    if "/id/doc/" not in iri:
        return "actor"
    found = next((folder for folder in _FOLDERS if f"/{folder}/" in iri), "")
    return found or ("cited-document" if status in ("citedOnly", "mentionedOnly") else "document")
