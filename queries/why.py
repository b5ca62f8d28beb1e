"""Why is this here: read from a source cell, concluded by a rule from other triples, or linked by a method and confirmed by somebody.

A reason holds the triple, the kind of graph it stands in and its premises, down to what documents themselves say. What follows from
links is explained by the path that leads there; PATHS has a line for every rule of ontology/rules (a test holds them equal).
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ontology.terms import OA, ORG, PROV, RDFS, SKOS, SSSOM, ZM
from queries.edges import Edges
from queries.ids import code, place_code
from queries.run import masked_words
from zhengmai.masking import mask_words
from zhengmai.settings import BASE_IRI

if TYPE_CHECKING:
    from zhengmai.store import OpenStore

GRAPH = BASE_IRI + "graph/"
_SOURCE = BASE_IRI + "id/source/"
# The predicates of each rule: a first step, then any number of the next, and so on. Each stands for what the rule's query says.
PATHS: dict[str, tuple[tuple[tuple[str, ...], bool], ...]] = {
    ZM.contributesTo: (((ZM.implements,), False), ((ZM.isPartOf,), True)),
    ZM.tracesTo: (((ZM.implements,), False), ((ZM.isPartOf,), True), ((ZM.carriesOut, ZM.basedOn, ZM.hasBasis), True)),
    ZM.hasBasis: (((ZM.carriesOut, ZM.basedOn), False),),
    ZM.involves: (((ZM.ledBy, ZM.responsible, ZM.supportedBy, ZM.jointWith, ZM.addressedTo), False),),
    ZM.counterpartOf: (((f"^{ZM.counterpartOf}",), False),),
}
ROLES = {ZM.ledBy: "lead", ZM.responsible: "responsible", ZM.supportedBy: "supporting", ZM.jointWith: "joint", ZM.addressedTo: "addressee"}
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a source: ``place`` as table/1/row/28/cell/4 or span/5-9, ``raw`` its words where the graph has them."""

    document: str
    place: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one triple stands in one graph.

    ``kind``: asserted (a document says it), inferred (a rule concluded it), linked (texts were compared), found (a reader remarked on it),
    curated (names and counterparts, kept by hand or read), vocabulary. ``details`` hold what applies of method, confidence, status,
    decided_by, reviewers, note, evidence; ``premises`` are the reasons of the triples it follows from.
    """

    subject: str
    predicate: str
    object: str
    kind: str
    graph: str
    rule: str = ""
    sources: tuple[Source, ...] = ()
    premises: tuple[Reason, ...] = ()
    details: tuple[tuple[str, str], ...] = ()


def why(store: OpenStore, subject: str, predicate: str = "", object_: str = "") -> tuple[Reason, ...]:
    """Return the reasons of the triples of a subject (of one predicate, of one object), sorted; () when there is no such triple.

    :param object_: an IRI, or the text of a literal.
    """
    return tuple(_Why(store).reasons(subject, predicate, object_))


class _Why:
    def __init__(self, store: OpenStore) -> None:
        self.store, self.edges, self.hidden = store.store, Edges(store.store), masked_words(store)

    def reasons(self, subject: str, predicate: str = "", object_: str = "", on: frozenset[Triple] = frozenset()) -> Iterator[Reason]:
        for triple, graph in self._quads(subject, predicate, object_):
            if triple not in on:
                yield self._reason(triple, graph, on | {triple})

    def _quads(self, subject: str, predicate: str, object_: str) -> list[tuple[Triple, str]]:
        from pyoxigraph import NamedNode

        wanted = NamedNode(predicate) if predicate else None
        quads: Any = self.store.quads_for_pattern(NamedNode(subject), wanted, None, None)
        found = {((subject, q.predicate.value, q.object.value), q.graph_name.value) for q in quads if object_ in ("", q.object.value)}
        return sorted(found)

    def _reason(self, triple: Triple, graph: str, on: frozenset[Triple]) -> Reason:
        short = graph.removeprefix(GRAPH)
        if short == "inferred/lineage":
            return self._followed(triple, short, on)
        if short.endswith("/inferred"):
            return self._concluded(triple, short, on)
        if short.startswith("alignment/"):
            return self._linked(triple, short, on)
        kind = {"findings": "found", "reference": "curated", "ontology": "vocabulary"}.get(short.rpartition("/")[2], "asserted")
        return self._plain(triple, kind, short)

    def _plain(self, triple: Triple, kind: str, graph: str, **more: Any) -> Reason:
        subject, predicate, value = triple
        sources = () if kind == "vocabulary" else self._sources(subject, predicate, value)
        return Reason(subject, predicate, self._shown(value), kind, graph, sources=sources, **more)

    def _sources(self, subject: str, predicate: str, value: str) -> tuple[Source, ...]:
        """Where a document says it: the thing's own place, the participation that a role stands for, where an actor is named."""
        own = self._places(subject)
        if predicate in ROLES:
            parts = [part for part in self.edges.into(subject, ZM.participatesIn) if value in self.edges.of(part).get(ZM.participant, ())]
            roles = [part for part in parts if code(self.edges.first(part, ZM.hasRole)) == ROLES[predicate]]
            own = [place for part in roles or parts for place in self._places(part)] or own
        if not own and predicate in (ZM.isPartOf, ZM.hasDeadline, ZM.hasMeasure):
            own = self._places(value)
        if not own:
            named = [*self.edges.into(subject, ZM.participant)[:3], *self.edges.into(subject, ORG.unitOf)[:1]]
            own = [place for part in named for place in self._places(part)]
        return tuple(dict.fromkeys(self._source(place) for place in own))

    def _places(self, iri: str) -> list[str]:
        if iri.startswith(_SOURCE):
            return [iri]
        facts = self.edges.of(iri)
        found = [place for name in (PROV.wasDerivedFrom, PROV.wasQuotedFrom, ZM.evidence) for place in facts.get(name, ())]
        return found or (self._places(iri.rpartition("/")[0]) if iri.count("/") > 6 else [])

    def _source(self, iri: str) -> Source:
        document, _, rest = iri.removeprefix(_SOURCE).partition("/")
        raw = self.edges.first(iri, ZM.rawText)
        for selector in self.edges.of(iri).get(OA.hasSelector, ()):
            raw = raw or self.edges.first(selector, OA.exact)
        return Source(document, place_code(iri) if "/" in rest else "", self._shown(raw))

    def _followed(self, triple: Triple, graph: str, on: frozenset[Triple]) -> Reason:
        subject, predicate, value = triple
        premises = tuple(reason for step in self._path(subject, PATHS.get(predicate, ()), value) for reason in self._premise(step, on))
        return Reason(subject, predicate, value, "inferred", graph, rule=_rule_name(predicate), premises=premises)

    def _premise(self, step: Triple, on: frozenset[Triple]) -> list[Reason]:
        """The reasons of one step; where it is asserted and inferred too, the asserted one will do."""
        found = list(self.reasons(*step, on=on))
        return [one for one in found if one.kind != "inferred"][:1] or found[:1]

    def _path(self, subject: str, phases: tuple[tuple[tuple[str, ...], bool], ...], goal: str) -> list[Triple]:
        """Return the shortest way through the phases of a rule, [] when there is none."""
        start = (subject, 0)
        came: dict[tuple[str, int], tuple[tuple[str, int], Triple | None]] = {start: (start, None)}
        waiting = deque([start])
        while waiting:
            at = waiting.popleft()
            if at[0] == goal and at[1] >= 1 and all(many for _, many in phases[at[1] :]) and at != start:
                return self._back(came, at)
            for phase in range(at[1], len(phases)):
                predicates, many = phases[phase]
                for step, to in self._steps(at[0], predicates):
                    after = (to, phase if many else phase + 1)
                    if after not in came:
                        came[after] = (at, step)
                        waiting.append(after)
                if not many:
                    break
        return []

    def _steps(self, node: str, predicates: tuple[str, ...]) -> Iterator[tuple[Triple, str]]:
        for predicate in predicates:
            if predicate.startswith("^"):
                for to in self.edges.into(node, predicate[1:]):
                    yield (to, predicate[1:], node), to
            else:
                for to in self.edges.of(node).get(predicate, ()):
                    yield (node, predicate, to), to

    @staticmethod
    def _back(came: dict[tuple[str, int], tuple[tuple[str, int], Triple | None]], at: tuple[str, int]) -> list[Triple]:
        steps: list[Triple] = []
        while came[at][1] is not None:
            at, step = came[at][0], came[at][1]
            if step:
                steps.append(step)
        return steps[::-1]

    def _concluded(self, triple: Triple, graph: str, on: frozenset[Triple]) -> Reason:
        subject, predicate, value = triple
        node = subject if "/id/inference/" in subject else self._inference(triple)
        if not node and predicate in ROLES:
            return self._by_participation(triple, graph, on)
        if not node:
            return self._plain(triple, "inferred", graph)
        facts = self.edges.of(node)
        used = tuple(self._source(place) for place in facts.get(PROV.used, ()) if place.startswith(_SOURCE))
        details = _details(confidence=self.edges.first(node, ZM.confidence), note=self.edges.first(node, SKOS.note, RDFS.comment))
        others = [place for place in facts.get(PROV.used, ()) if not place.startswith(_SOURCE)]
        premises = tuple(reason for other in others for reason in list(self.reasons(other, on=on))[:1])
        return Reason(
            subject,
            predicate,
            self._shown(value),
            "inferred",
            graph,
            rule=code(self.edges.first(node, ZM.appliedRule)),
            sources=used,
            premises=premises,
            details=details,
        )

    def _inference(self, triple: Triple) -> str:
        """Return the record of the conclusion a triple belongs to: of its very value, of its subject, or of what brought the subject in."""
        subject, predicate, value = triple
        about = [node for node in self.edges.into(subject, ZM.about) if "/id/inference/" in node]
        exact = [node for node in about if self.edges.first(node, ZM.inferredProperty) == predicate]
        same = [node for node in exact if self.edges.first(node, ZM.inferredValue) == value]
        if predicate in ROLES and not exact:
            return ""
        for found in (same, exact, about):
            if found:
                return found[0]
        brought = [holder for name in (ZM.hasDeadline, ZM.hasPart, ZM.hasMeasure, ZM.inGroup) for holder in self.edges.into(subject, name)]
        for holder in brought:
            for node in self.edges.into(holder, ZM.about):
                if self.edges.first(node, ZM.inferredValue) == subject:
                    return node
        return ""

    def _by_participation(self, triple: Triple, graph: str, on: frozenset[Triple]) -> Reason:
        subject, predicate, value = triple
        parts = [part for part in self.edges.into(subject, ZM.participatesIn) if value in self.edges.of(part).get(ZM.participant, ())]
        mine = [part for part in parts if code(self.edges.first(part, ZM.hasRole)) == ROLES[predicate]] or parts
        premises = tuple(reason for part in mine for reason in self._premise((part, ZM.participant, value), on))
        rule = next((reason.rule for reason in premises if reason.rule), "")
        return Reason(subject, predicate, value, "inferred", graph, rule=rule, premises=premises)

    def _linked(self, triple: Triple, graph: str, on: frozenset[Triple]) -> Reason:
        subject, predicate, value = triple
        node = subject
        if predicate == ZM.implements:
            node = next(
                (one for one in self.edges.into(subject, ZM.alignsTask) if value in self.edges.of(one).get(ZM.alignsProvision, ())), ""
            )
        first, facts = self.edges.first, self.edges.of(node) if node else {}
        reviewers = "、".join(first(person, SKOS.prefLabel) or person.rpartition("/")[2] for person in facts.get(SSSOM.reviewer_id, ()))
        details = _details(
            method=code(first(node, ZM.appliedRule)) if node else "",
            features=_features(first(node, ZM.features)) if node else "",
            confidence=first(node, SSSOM.confidence) if node else "",
            status=code(first(node, ZM.status)) if node else "",
            decided_by=code(first(node, ZM.decidedBy)) if node else "",
            reviewers=reviewers,
            note=first(node, RDFS.comment) if node else "",
        )
        spans = [place for name in (ZM.taskEvidence, ZM.provisionEvidence, ZM.evidence) for place in facts.get(name, ())]
        premises: tuple[Reason, ...] = ()
        if predicate == ZM.implements:
            premises = (*self._texts(subject, on), *self._texts(value, on))
        rule = code(first(node, ZM.appliedRule)) if node else ""
        sources = tuple(self._source(span) for span in spans)
        return Reason(subject, predicate, self._shown(value), "linked", graph, rule, sources, premises, details)

    def _texts(self, iri: str, on: frozenset[Triple]) -> list[Reason]:
        """The words of one side, as its document says them."""
        holders = [iri, *self.edges.of(iri).get(ZM.hasMeasure, ())]
        return [reason for holder in holders for reason in self.reasons(holder, ZM.text, on=on)]

    def _shown(self, text: str) -> str:
        return mask_words(text, self.hidden)


def as_json(reason: Reason) -> dict[str, Any]:
    """Return a reason as plain JSON values; what does not apply is absent."""
    said: dict[str, Any] = {"subject": reason.subject, "predicate": reason.predicate, "object": reason.object, "kind": reason.kind}
    said |= {"graph": reason.graph, **({"rule": reason.rule} if reason.rule else {}), **dict(reason.details)}
    if reason.sources:
        names = ("document", "place", "raw")
        said["sources"] = [{name: getattr(one, name) for name in names if getattr(one, name)} for one in reason.sources]
    if reason.premises:
        said["premises"] = [as_json(premise) for premise in reason.premises]
    return said


def _details(**given: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in given.items() if value)


def _features(text: str) -> str:
    try:
        return ", ".join(f"{name} {value}" for name, value in json.loads(text).items() if value)
    except (ValueError, AttributeError):
        return text


def _rule_name(predicate: str) -> str:
    """Return the name of the rule file that makes a predicate: contributesTo → contributes-to."""
    name = predicate.rpartition("#")[2]
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name)
