"""Shared text in the graph: how much two documents have in common, apart from what an upper text explains, and the passages only they have.

Never a link of lineage, and without direction unless both are dated. The graph's name holds neither slug; the node's holds both, so that
what is shared with an internal document stays here with it (zhengmai/access.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from lineage.records import PairResult
from lineage.sideways.records import Part, Sharing
from loaders.describe import iris
from loaders.describe.nquads import Sheet, integer, iri, plain
from loaders.records import Extraction
from ontology.terms import ZM, concept

GRAPH = f"{iris.GRAPH}sharing"
LEAST_OWN = 30  # characters no upper text explains; fewer are a phrase
LEAST_LINKED = 30  # characters of a pair's links in runs of ten and more
_RUN = 10
_COUNTS = {
    "shared": ZM.sharedCount,
    "from-upper": ZM.fromUpperCount,
    "altered-alike": ZM.alteredAlikeCount,
    "only-these": ZM.onlyTheseCount,
}
_OWN = ("shared", "altered-alike", "only-these")


def describe_sharing(found: Sharing, one: tuple[str, Extraction], other: tuple[str, Extraction], upper: str | None) -> list[str]:
    """Return the sorted lines of two documents that share wording of their own.

    None where all of it is the upper text's or a title's, but for a phrase.
    """
    if found.chars("shared", "altered-alike", "only-these") < LEAST_OWN:
        return []
    sheet = Sheet(GRAPH)
    node = _node(sheet, one[0], other[0])
    if upper:
        sheet.add(node, ZM.upperDocument, iri(f"{iris.ID}doc/{upper}"))
    for origin, prop in _COUNTS.items():
        if chars := found.chars(origin):  # type: ignore[arg-type]
            sheet.add(node, prop, integer(chars))
    if found.earlier is not None:
        sheet.add(node, ZM.earlierDocument, iri(f"{iris.ID}doc/{(one if found.earlier == found.one else other)[0]}"))
    names = [iris.Iris(slug, document.source.sha256) for slug, document in (one, other)]
    for number, part in enumerate(_passages(found), 1):
        passage = f"{node}/passage/{number}"
        sheet.a(passage, ZM.SharedPassage)
        sheet.add(node, ZM.hasPassage, iri(passage))
        sheet.add(passage, ZM.origin, iri(concept("origin", part.origin)))
        sheet.add(passage, ZM.quote, plain(part.one.quote))
        for own, quote in zip(names, (part.one, part.other), strict=True):
            sheet.add(passage, ZM.evidence, iri(own.span(quote.start, quote.end)))
    return sorted(set(sheet.lines))


def describe_linked(result: PairResult, upper: str, lower: str) -> list[str]:
    """Return the lines of a pair whose links say already what is shared: that it is, and how much of the upper text."""
    spans = {(q.start, q.end) for k in result.links if k.status != "rejected" for q in k.provision_evidence if len(q.quote) >= _RUN}
    chars = len({at for start, end in spans for at in range(start, end)})
    if chars < LEAST_LINKED:
        return []
    sheet = Sheet(GRAPH)
    sheet.add(_node(sheet, *sorted((lower, upper))), ZM.sharedCount, integer(chars))
    return sorted(set(sheet.lines))


def _node(sheet: Sheet, one: str, other: str) -> str:
    node = f"{iris.ID}sharing/{one}--{other}"
    documents = [f"{iris.ID}doc/{slug}" for slug in (one, other)]
    sheet.a(node, ZM.TextSharing)
    for document, its_other in (documents, documents[::-1]):
        sheet.add(node, ZM.sharedBy, iri(document))
        sheet.add(document, ZM.sharesTextWith, iri(its_other))
    return node


def _passages(found: Sharing) -> Iterator[Part]:
    yield from (part for item in found.shared for part in item.parts if part.origin in _OWN)
