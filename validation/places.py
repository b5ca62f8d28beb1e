"""Where a finding stands, in words: which document, which row or clause, which cell, and what the source says there.

Most of it is in the IRIs (…/doc/{slug}/task/27/role/lead/1, …/table/1/row/28/cell/5); the graph adds titles and words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ontology.labels import Language, labels
from ontology.terms import DCT, OA, PROV, SKOS, ZM
from validation.facts import Facts
from validation.spots import THING, Spots
from zhengmai.settings import BASE_IRI

if TYPE_CHECKING:
    from pyoxigraph import Store

DOCUMENT = re.compile(r"/id/(?:doc|source|finding|inference|actor)/((?:cited/)?[^/]+)")
INSIDE = re.compile(r"/id/doc/[^/]+/(.+)")
POINTS_TO = (ZM.alignsTask, ZM.about, ZM.lowerDocument)
WORDS = (ZM.quote, ZM.rawText, ZM.text, ZM.heading, OA.exact, SKOS.prefLabel, DCT.title)
WORDS_BELOW = (ZM.hasMeasure, ZM.taskEvidence, OA.hasSelector, ZM.about)
SOURCES = (PROV.wasQuotedFrom, PROV.wasDerivedFrom, ZM.evidence, ZM.taskEvidence)
SOURCE_STEP = re.compile(r"/(page|table|sheet|paragraph|row|cell)/([^/]+)")
SOURCE_SPAN = re.compile(r"/span/(\d+)-(\d+)")
# What the steps of an IRI are called; roles and columns are in labels.csv.
STEPS = {
    "task": ("第{}项", "task {}"),
    "section": ("第{}部分", "section {}"),
    "clause": ("条目{}", "clause {}"),
    "item": ("项{}", "item {}"),
    "lead-in": ("引言{}", "lead-in {}"),
    "sentence": ("句{}", "sentence {}"),
    "group": ("任务组{}", "task group {}"),
    "measure": ("举措", "measure"),
    "parent": ("上级举措", "parent measure"),
    "deadline": ("完成时限", "deadline"),
    "part": ("第{}部分", "part {}"),
    "offset": ("时长", "duration"),
    "frequency": ("频次要求", "frequency"),
    "page": ("第{}页", "page {}"),
    "table": ("表{}", "table {}"),
    "sheet": ("工作表{}", "sheet {}"),
    "paragraph": ("第{}段", "paragraph {}"),
    "row": ("第{}行", "row {}"),
    "cell": ("第{}列", "column {}"),
}


class Places:
    """Answers for one store; keeps what it was asked before."""

    def __init__(self, store: Store) -> None:
        self._facts = Facts(store)
        self.spots = Spots(self._facts)
        self.row_words = cache(self._row_words)
        self._departments_of = cache(self._read_departments)
        self.document = cache(self._document)
        self.title = cache(self._title)
        self.quote = cache(self._quote)

    def _document(self, iri: str) -> str:
        """Return the slug of the document a node belongs to, "" for what belongs to none (an authority, a scheme)."""
        found = DOCUMENT.search(iri)
        if found:
            return found[1]
        pointed = next((node for predicate in POINTS_TO for node in self.values(iri, predicate)), "")
        return self.document(pointed) if pointed and pointed != iri else ""

    def _title(self, slug: str) -> str:
        return next(iter(self.values(f"{BASE_IRI}id/doc/{slug}", DCT.title)), slug)

    def _quote(self, iri: str) -> str:
        """Return the words a node stands for: its own, else those of what it points to, else of what it is part of."""
        own = next((words for predicate in WORDS for words in self.values(iri, predicate)), "")
        if own:
            return own
        below = (self.quote(node) for predicate in WORDS_BELOW for node in self.values(iri, predicate) if node != iri)
        return next((words for words in below if words), "")

    def _row_words(self, iri: str) -> str:
        """Return the words of the task or provision a node is part of, "" for what is part of none."""
        spot = self.spots.spot(iri) if "/id/finding/" in iri or "/id/source/" in iri else None
        if spot and spot.row and "/row/" in iri:
            iri = self.spots.task_of_row(iri.partition("/cell/")[0]) or iri
        thing = THING.search(iri)
        return self.quote(f"{BASE_IRI}id/doc/{thing[1]}/{thing[2]}/{thing[3]}") if thing else ""

    def departments(self, iri: str) -> tuple[str, ...]:
        """Return the names of those who lead or are responsible where a node stands: of its task, or of the clause around it."""
        if "/row/" in iri:
            iri = self.spots.task_of_row(iri.partition("/cell/")[0])
        elif "/id/finding/" in iri:
            return self.departments(next(iter(self.values(iri, ZM.about)), ""))
        thing = THING.search(iri)
        return self._departments_of(f"{BASE_IRI}id/doc/{thing[1]}/{thing[2]}/{thing[3]}") if thing else ()

    def _read_departments(self, node: str) -> tuple[str, ...]:
        found: set[str] = set()
        while "/id/doc/" in node:
            found = {
                name
                for part in self.spots.participations(node)
                for actor in self.values(part, ZM.participant)
                for name in self.values(actor, SKOS.prefLabel, "zh")[:1]
            }
            if found:
                break
            node = next(iter(self.values(node, ZM.isPartOf)), "")
        return tuple(sorted(found))

    def place(self, iri: str, lang: Language) -> str:
        """Return e.g. 第27项 · 牵头（表1 第28行 第5列）; "" for what stands in no document."""
        asked = self.values(iri, ZM.placeText, lang)
        if asked:  # the readers say it in Chinese; in English the cell or span says it
            words = asked[0] if lang == "zh" else _source_words(next(iter(self.values(iri, ZM.evidence)), iri), lang)
            return self._with_number(iri, words, lang)
        owner = iri if INSIDE.search(iri) else next((node for predicate in POINTS_TO for node in self.values(iri, predicate)), iri)
        inside = INSIDE.search(owner)
        steps = " · ".join(_steps(inside[1], lang)) if inside else ""
        source = _source_words(self._source(iri) or self._source(owner) or iri, lang)
        if not steps or not source:
            return steps or source
        return f"{steps}（{source}）" if lang == "zh" else f"{steps} ({source})"

    def _with_number(self, iri: str, words: str, lang: Language) -> str:
        number = self.spots.spot(iri).notation
        steps = f"第{number}项" if lang == "zh" else f"task {number}"
        return words if not number else f"{steps}（{words}）" if lang == "zh" else f"{steps} ({words})"

    def name(self, iri: str, lang: Language) -> str:
        """Return what people call a node: its label or title, else its place, else the end of its IRI."""
        label = next((words for key in (SKOS.prefLabel, DCT.title) for words in self.values(iri, key, lang)), "")
        if label:
            return label
        if iri.startswith(ZM.NS):
            return labels().get(f"column/{iri.removeprefix(ZM.NS)}", (iri.removeprefix(ZM.NS),) * 2)[lang != "zh"]
        place = self.place(iri, lang)
        title = self.title(self.document(iri)) if place else ""
        return (f"{title} {place}" if title else place) or iri.removeprefix(BASE_IRI)

    def values(self, iri: str, predicate: str, lang: Language | None = None) -> list[str]:
        """Return objects as text, sorted; those in a language first when one is asked for."""
        said = self._facts.of(iri).get(predicate, ())
        if lang is None or len(said) < 2:
            return [text for text, _ in said]
        return [text for text, own in sorted(said, key=lambda one: (one[1] is not None and one[1] != lang, one[0]))]

    def _source(self, iri: str) -> str:
        """Return the cell, row or span of the node, else of what it stands in."""
        while "/id/" in iri:
            here = next((node for predicate in SOURCES for node in self.values(iri, predicate)), "")
            if here:
                return here
            iri = iri.rpartition("/")[0] if "/id/doc/" in iri else ""
        return ""


def _steps(inside: str, lang: Language) -> list[str]:
    parts, words = inside.split("/"), []
    while parts:
        step, code = parts[0], unquote(parts[1]) if len(parts) > 1 else ""
        if step == "role":
            role = labels().get(f"role/{code}", (code, code))
            words.append(role[lang != "zh"])
            parts = parts[3:]
            continue
        said = STEPS.get(step)
        words.append(said[lang != "zh"].format(code) if said else f"{step} {code}".strip())
        parts = parts[2:]
    return words


def _source_words(iri: str, lang: Language) -> str:
    named = [STEPS[step][lang != "zh"].format(code) for step, code in SOURCE_STEP.findall(iri)]
    span = SOURCE_SPAN.search(iri)
    if span:
        named.append(f"第{span[1]}–{span[2]}字" if lang == "zh" else f"characters {span[1]}–{span[2]}")
    return (" " if lang == "zh" else ", ").join(named)
