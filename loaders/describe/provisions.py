"""Sections, clauses, items, lead-ins and sentences as nodes, with their notes, deadlines and whom they address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from loaders.actors.levels import addressed_levels
from loaders.describe.actors import Scope, participations
from loaders.describe.deadlines import Sheets, describe_deadline, describe_frequency, infer
from loaders.describe.nquads import integer, iri, plain, text
from loaders.records import Corrected, Extraction, Provision
from ontology.outside import ELI
from ontology.terms import ZM, concept

ByHand: TypeAlias = "dict[tuple[str, str], Corrected]"
_CORRECTABLE = {"heading": ZM.heading, "note": ZM.responsibilityNote}
_CLASS = {"section": ZM.Section, "clause": ZM.Clause, "item": ZM.Item, "lead_in": ZM.LeadIn, "sentence": ZM.Sentence}


def describe_provisions(sheets: Sheets, extraction: Extraction, scope: Scope) -> None:
    """Write every provision of a running text."""
    by_id = {p.id: p for p in extraction.provisions}
    by_hand: ByHand = {(done.id, done.field): done for done in extraction.corrected if done.of == "provision"}
    orders: dict[str | None, int] = {}
    for p in extraction.provisions:
        orders[p.parent] = orders.get(p.parent, 0) + 1
        _provision(sheets, p, by_id, orders[p.parent], scope, by_hand)


def _provision(sheets: Sheets, p: Provision, by_id: dict[str, Provision], order: int, scope: Scope, by_hand: ByHand) -> None:
    names, out = sheets.iris, sheets.asserted
    node = names.provision(p.level, p.id)
    parent = by_id.get(p.parent or "")
    out.a(node, _CLASS[p.level], ZM.Provision)
    out.add(node, ZM.isPartOf, iri(names.provision(parent.level, parent.id) if parent else names.document))
    out.add(node, ZM.notation, plain(p.id))
    out.add(node, ZM.order, integer(order))
    if p.number:
        out.add(node, ELI.number, plain(_published(p, by_id)))
    if p.heading:
        (sheets.inferred if (p.id, "heading") in by_hand else out).add(node, ZM.heading, text(p.heading))
    if p.text and p.level != "clause":
        out.add(node, ZM.text, text(p.text))
    span = names.span_of(p.place)
    out.add(node, ZM.evidence, iri(span))
    if p.note:
        said = sheets.inferred if (p.id, "note") in by_hand else out
        said.add(node, ZM.responsibilityNote, text(p.note))
        participations(said, sheets.reference, node, p.roles, scope, names.span_of(p.note_place or p.place), shortcuts=False)
    for field, prop in _CORRECTABLE.items():
        if done := by_hand.get((p.id, field)):
            used = [names.span_of(p.note_place if field == "note" and p.note_place else p.place)]
            infer(sheets, node, prop, done.new, "correction", 1.0, used, f"{p.level}.{p.id}.{field}", done.note)
    _limits(sheets, p, node, span, taken=(p.id, "note") in by_hand)
    if p.level == "sentence":
        _sentence(sheets, p, node, span)


def _published(p: Provision, by_id: dict[str, Provision]) -> str:
    """The number as people write it: 十二(四)."""
    chain: Sequence[Provision] = [p]
    while chain[0].parent in by_id:
        chain = [by_id[chain[0].parent or ""], *chain]
    return "".join(part.number or "" for part in chain)


def _limits(sheets: Sheets, p: Provision, node: str, span: str, *, taken: bool) -> None:
    """The limits of a sentence's words, or of the note of what stands above sentences: each stays where it is written.

    ``taken`` when the note was set right by a person: its limits are in no text.
    """
    at = (p.place.start or 0) if p.level == "sentence" else 0
    used = sheets.iris.span_of(p.note_place) if p.note_place else span
    for number, found in enumerate(p.deadlines, 1):
        own = f"{node}/deadline/{number}"
        said = sheets.inferred if taken else sheets.asserted
        said.add(node, ZM.hasDeadline, iri(own))
        describe_deadline(sheets, own, found.deadline, sheets.iris.span(at + found.start, at + found.end), [used], sheet=said)


def _sentence(sheets: Sheets, p: Provision, node: str, span: str) -> None:
    at = p.place.start or 0
    for number, frequency in enumerate(p.frequencies, 1):
        own = f"{node}/frequency/{number}"
        sheets.asserted.add(node, ZM.hasFrequency, iri(own))
        describe_frequency(sheets.asserted, own, frequency, sheets.iris.span(at + frequency.start, at + frequency.end))
    levels = addressed_levels(p.text)
    for level in levels:
        sheets.inferred.add(node, ZM.addressedToLevel, iri(concept("level", level)))
        infer(sheets, node, ZM.addressedToLevel, concept("level", level), "addressee-level", 0.9, [span], f"sentence.{p.id}.level.{level}")
