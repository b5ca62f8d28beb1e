"""One document's records as N-Quads: asserted, inferred, findings and provenance apart, actors in the reference graph.

A pure function of the records and the listing; lines come sorted and unique, so the same input gives the same bytes.
"""

from __future__ import annotations

import hashlib

from loaders.describe import iris
from loaders.describe.actors import Scope, authority_node
from loaders.describe.cited import cited_otherwise
from loaders.describe.deadlines import Sheets
from loaders.describe.listing import Listing
from loaders.describe.nquads import Sheet, boolean, integer, iri, plain, text, typed
from loaders.describe.provisions import describe_provisions
from loaders.describe.rows import describe_rows
from loaders.records import Citation, Extraction, Finding, Place
from ontology.outside import DCAT, DCT, ELI, OA, PROV, RDFS, XSD
from ontology.terms import ZM, concept, rule


def describe_document(extraction: Extraction, listing: Listing) -> list[str]:
    """Return the sorted N-Quads lines (without line ends) that one document adds to the graph."""
    names = iris.Iris(listing.slug, extraction.source.sha256)
    asserted, inferred, findings, provenance = (Sheet(names.graph(kind)) for kind in ("asserted", "inferred", "findings", "provenance"))
    sheets = Sheets(names, asserted, inferred, findings, provenance, Sheet(iris.REFERENCE_GRAPH))
    issuer = listing.issuer or (extraction.meta.issuers[0] if extraction.meta.issuers else "")
    scope = Scope(listing.slug, issuer, listing.names, issuer or listing.title or extraction.meta.title)
    _document(sheets, extraction, listing, issuer)
    _source(sheets, extraction)
    describe_provisions(sheets, extraction, scope)
    describe_rows(sheets, extraction, scope)
    for finding in extraction.findings:
        _finding(sheets, finding, masked=(finding.place.start, finding.place.end) in extraction.masked)
    sheets_all = (sheets.asserted, sheets.inferred, sheets.findings, sheets.provenance, sheets.reference)
    return sorted({line for sheet in sheets_all for line in sheet.lines})


def _document(sheets: Sheets, extraction: Extraction, listing: Listing, issuer: str) -> None:
    node, out, meta = sheets.iris.document, sheets.asserted, extraction.meta
    out.a(node, ZM.PolicyDocument, *([ZM.TaskTable] if extraction.rows else []))
    out.add(node, DCT.title, text(listing.title or meta.title or extraction.source.path))
    out.add(node, DCT.identifier, plain(listing.slug))
    day = meta.written_on or listing.date
    if day:
        out.add(node, ELI.date_document, typed(day, XSD.date))
    else:
        out.add(node, ZM.dateUnknown, boolean(True))
    for prop, said in ((ELI.date_publication, meta.published_on), (ELI.first_date_entry_in_force, meta.effective_on)):
        if said:
            out.add(node, prop, typed(said, XSD.date))
    for prop, said in ((ZM.indexNumber, meta.index_no), (ZM.validityStatement, meta.status), (ZM.disclosureStatement, meta.disclosure)):
        if said:
            out.add(node, prop, plain(said))
    for name in dict.fromkeys((issuer, *(meta.issuers[1:] if issuer == (*meta.issuers, "")[0] else ()))):
        if name:
            out.add(node, ELI.passed_by, iri(authority_node(sheets.reference, name, listing.names, listing.level)))
    if listing.level:
        out.add(node, ZM.level, iri(concept("level", listing.level)))
    if meta.number:
        out.add(node, ELI.number, plain(meta.number))
    out.add(node, ZM.corpusStatus, iri(concept("corpus-status", "held")))
    if listing.access:
        out.add(node, ZM.access, iri(concept("access", listing.access)))
    out.add(node, ZM.source, iri(sheets.iris.source))
    out.add(node, PROV.wasDerivedFrom, iri(sheets.iris.source))
    for cite in meta.cites:
        _cite(sheets, cite, extraction.text[cite.place.start : cite.place.end], listing)


def _cite(sheets: Sheets, cite: Citation, quote: str, listing: Listing) -> None:
    """A document that is listed is linked; any other is a node of its own with what the citing words say, and nothing more."""
    out, title, number, place = sheets.asserted, cite.title or cite.number, cite.number, cite.place
    held = listing.held.get(number) or listing.held.get(title)
    for found in cited_otherwise(cite, quote, listing):
        _finding(sheets, found)
    prop = {"carries_out": ZM.carriesOut, "based_on": ZM.basedOn}.get(cite.relation, ZM.mentionsDocument)
    if held:
        out.add(sheets.iris.document, prop, iri(f"{iris.ID}doc/{held}"))
        return
    node = iris.cited_document(listing.names.slug(number or title))
    out.add(sheets.iris.document, prop, iri(node))
    out.a(node, ZM.PolicyDocument)
    out.add(node, DCT.title, text(title))
    if number:
        out.add(node, ELI.number, plain(number))
    out.add(node, ZM.corpusStatus, iri(concept("corpus-status", "citedOnly" if number else "mentionedOnly")))
    span = sheets.iris.span_of(place)
    out.add(node, ZM.evidence, iri(span))
    write_span(sheets.provenance, sheets.iris, place.start or 0, place.end or 0, quote)


def write_span(sheet: Sheet, names: iris.Iris, start: int, end: int, quote: str) -> str:
    """Describe a stretch of the normalised text as a Web Annotation specific resource; return its IRI."""
    node = names.span(start, end)
    sheet.a(node, OA.SpecificResource)
    sheet.add(node, OA.hasSource, iri(names.text))
    sheet.add(node, OA.hasSelector, iri(f"{node}/position"), iri(f"{node}/quote"))
    sheet.a(f"{node}/position", OA.TextPositionSelector)
    sheet.add(f"{node}/position", OA.start, integer(start))
    sheet.add(f"{node}/position", OA.end, integer(end))
    sheet.a(f"{node}/quote", OA.TextQuoteSelector)
    sheet.add(f"{node}/quote", OA.exact, text(quote))
    return node


def _source(sheets: Sheets, extraction: Extraction) -> None:
    out, names, source = sheets.asserted, sheets.iris, extraction.source
    out.a(names.source, ZM.SourceFile, DCAT.Distribution)
    out.add(names.source, ZM.sha256, plain(source.sha256))
    out.add(names.source, ZM.characterCount, integer(extraction.raw_length or len(extraction.text)))
    out.add(names.source, ZM.fileName, plain(source.path))
    out.add(names.source, ZM.mediaFormat, plain(source.format))
    out.a(names.text, ZM.NormalisedText)
    out.add(names.text, PROV.wasDerivedFrom, iri(names.source))
    out.add(names.text, ZM.characterCount, integer(len(extraction.text)))
    out.add(names.text, ZM.sha256, plain(hashlib.sha256(extraction.text.encode()).hexdigest()))
    if any(f.code == "noise-run" for f in extraction.findings):
        out.add(names.text, ZM.appliedRule, iri(rule("strip-noise-runs")))
    if any(f.code == "personal-data" for f in extraction.findings):
        out.add(names.text, ZM.appliedRule, iri(rule("mask-personal-data")))


def _finding(sheets: Sheets, finding: Finding, *, masked: bool = False) -> None:
    place, names, out = finding.place, sheets.iris, sheets.findings
    others = "".join(f"-{other.start}-{other.row}" for other in finding.related)
    remark = "" if finding.quote or place.start is not None else finding.message.zh  # two remarks about the whole file are two findings
    where = f"{place.start}-{place.end}-{place.row}-{place.column}-{finding.quote}{others}{remark}"
    node = f"{iris.ID}finding/{names.slug}/{finding.code}-{hashlib.sha256(where.encode()).hexdigest()[:8]}"
    out.a(node, ZM.Finding)
    out.add(node, ZM.about, iri(names.row(place) if place.row else names.document))
    out.add(node, ZM.findingType, iri(concept("finding-type", finding.code)))
    out.add(node, ZM.severity, iri(concept("severity", finding.severity)))
    out.add(node, ZM.message, text(finding.message.zh), text(finding.message.en, "en"))
    words = place_words(place)
    out.add(node, ZM.placeText, text(words) if words else "")
    if finding.quote:
        out.add(node, ZM.quote, text(finding.quote))
    if place.start is not None and place.end is not None:
        out.add(node, ZM.evidence, iri(names.cell(place) if place.column and not masked else names.span(place.start, place.end)))
    for other in finding.related:
        out.add(node, RDFS.seeAlso, iri(names.cell(other) if other.row else names.span_of(other)))
    if masked:
        out.add(node, ZM.masked, boolean(True))


def place_words(place: Place) -> str:
    """Return a place as people say it: 表1 第28行 第4列, 第3段, 字符 604–611."""
    said = [
        f"{word}{value}{unit}"
        for word, value, unit in (
            ("工作表 ", place.sheet, ""),
            ("表", place.table, ""),
            ("第", place.row, "行"),
            ("第", place.column, "列"),
            ("第", place.paragraph, "段"),
        )
        if value
    ]
    if not place.row and place.start is not None:
        said.append(f"字符 {place.start}–{place.end}")
    return " ".join(said)
