"""Changes and divergences of a pair as N-Quads. Quotes are literals; their spans are IRIs that carry the place, nothing more."""

from __future__ import annotations

import json
from collections.abc import Sequence

from lineage.pair_nodes import Pair
from lineage.records import Change, Divergence, Quote
from loaders.describe import iris
from loaders.describe.nquads import Sheet, iri, plain, safe, text
from loaders.records import Provision
from ontology.terms import ZM, concept, rule


def describe_changes(sheet: Sheet, link: str, changes: Sequence[Change], pair: Pair) -> None:
    """Write the changes of one alignment, numbered in the order of the sentence."""
    for number, change in enumerate(changes, 1):
        node = f"{link}/change/{number}"
        sheet.a(node, ZM.Change)
        sheet.add(link, ZM.hasChange, iri(node))
        sheet.add(node, ZM.changeKind, iri(concept("change-kind", change.kind)))
        sheet.add(node, ZM.changeSubject, iri(concept("change-subject", change.what)))
        sheet.add(node, ZM.direction, iri(concept("direction", change.direction)))
        _quotes(sheet, node, (change.upper,), (change.lower,), pair)


def describe_divergences(sheet: Sheet, divergences: Sequence[Divergence], pair: Pair) -> None:
    """Write every comparison of a pair, numbered for each link and aspect."""
    numbers: dict[tuple[str, str, str], int] = {}
    for found in divergences:
        if (found.aspect, found.difference) == ("duty-word", "same"):
            continue  # nearly every link has one; align's JSON has them
        key = (found.task, found.sentence, found.aspect)
        numbers[key] = numbers.get(key, 0) + 1
        _divergence(sheet, found, numbers[key], pair)


def _divergence(sheet: Sheet, found: Divergence, number: int, pair: Pair) -> None:
    lower, upper = pair.lower_iris.slug, pair.upper_iris.slug
    node = f"{iris.ID}divergence/{lower}.{safe(found.task)}--{upper}.{safe(found.sentence)}/{found.aspect}/{number}"
    sheet.a(node, ZM.Divergence)
    sheet.add(node, ZM.divergenceOf, iri(iris.alignment(lower, found.task, upper, found.sentence)))
    sheet.add(node, ZM.aspect, iri(concept("aspect", found.aspect)))
    if found.aspect == "lead":
        sheet.add(node, ZM.leadMatch, iri(concept("lead-match", found.difference)))
    else:
        sheet.add(node, ZM.difference, iri(concept("difference", found.difference)))
    sheet.add(node, ZM.direction, iri(concept("direction", found.direction)))
    sheet.add(node, ZM.reason, text(found.reason[0]), text(found.reason[1], "en"))
    sheet.add(node, ZM.appliedRule, iri(rule(found.rule)))
    if not (found.upper_nodes and found.lower_nodes):  # else those nodes say what was compared
        sheet.add(node, ZM.features, plain(json.dumps(found.parts, ensure_ascii=False, sort_keys=True)))
    if lexicon := found.parts.get("lexicon"):
        sheet.add(node, ZM.lexiconVersion, plain(str(lexicon)))
    upper_nodes = tuple(_row_node(pair, *named) for named in found.upper_nodes)
    _quotes(sheet, node, found.upper, found.lower, pair, placed=(all(upper_nodes) and bool(upper_nodes), bool(found.lower_nodes)))
    deadline, lead = (ZM.upperDeadline, ZM.lowerDeadline), (ZM.upperParticipation, ZM.lowerParticipation)
    for own, path in filter(None, upper_nodes):
        sheet.add(node, (lead if path.startswith("role/") else deadline)[0], iri(f"{pair.provision(own)}/{path}"))
    for own, path in found.lower_nodes:
        sheet.add(node, (lead if path.startswith("role/") else deadline)[1], iri(f"{pair.task(own)}/{path}"))


def _row_node(pair: Pair, own: str, path: str) -> tuple[str, str] | None:
    """Return the node of what was compared. A limit of an upper table's row has one only in its deadline column, None in its words."""
    if own not in pair.row_sentences or path.startswith("role/"):
        return own, path
    sentence = next(p for p in pair.upper.provisions if p.id == own)
    number, *parts = path.removeprefix("deadline/").split("/", 1)
    outside = sentence.deadlines[int(number) - 1].start + (sentence.place.start or 0) not in range(*_span(sentence))
    return (sentence.parent or "", "/".join(("deadline/1", *parts))) if outside else None


def _span(sentence: Provision) -> tuple[int, int]:
    return sentence.place.start or 0, sentence.place.end or 0


def _quotes(
    sheet: Sheet, node: str, upper: Sequence[Quote], lower: Sequence[Quote], pair: Pair, *, placed: tuple[bool, bool] = (False, False)
) -> None:
    """Write the words of both sides, and where they stand unless a node that knows its place is named beside them."""
    for quotes, words, place, names, known in (
        (upper, ZM.upperQuote, ZM.upperEvidence, pair.upper_iris, placed[0]),
        (lower, ZM.lowerQuote, ZM.lowerEvidence, pair.lower_iris, placed[1]),
    ):
        for quote in quotes:
            if quote.quote:
                sheet.add(node, words, text(quote.quote))
                sheet.add(node, place, "" if known else iri(names.span(quote.start, quote.end)))
