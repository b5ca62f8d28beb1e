"""Is the graph right? Shapes, checks across rows and the readers' own findings, in one list.

A shape's constraints are one SELECT each (core_select), what must look across rows is one SELECT over the whole graph; what a reader
noticed while reading is already in the graph. The same graph gives the same list in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.labels import labels
from ontology.terms import OA, RDF, RDFS, ZM, concept
from validation.asking import counts
from validation.check_files import Check, load_checks, run_checks
from validation.core_select import questions
from validation.findings import SEVERITIES, ReportFinding, Rule, Severity, in_order, natural_key
from validation.graph import load_data
from validation.making import SHAPES_NS, Seen, Voice, make_finding, with_keys
from validation.once import told_once
from validation.places import Places
from validation.shapes import looked_at, run_shapes, shape_rules, target_classes
from zhengmai.masking import mask_words
from zhengmai.settings import BASE_IRI

if TYPE_CHECKING:
    from pyoxigraph import Store

TARGET_PREFIXES = {"zm": ZM.NS, "oa": OA.NS}
FIELD_OF_CODE = {
    "number-order": "number",
    "number-repeated": "number",
    "number-gap": "number",
    "unnumbered-row": "number",
}  # findings about a whole row that mean one column of it
NUMBER_QUOTED = ("cell-blank",)  # a line that is no task: its printed number is all that names it
READER_FIX = ("核对原文；有误的，在 curated/ 中更正", "look at the source; where it is wrong, record the correction in curated/")


def validate(data: Path, *, document: str | None = None) -> tuple[ReportFinding, ...]:
    """Return everything that should be looked at in a graph file (a snapshot's graph.nq, or .ttl/.trig/.nt).

    :param document: Slug of a document; only what stands in it or points into it. The whole graph is judged either way.
    :raises MissingFile: when there is no such file.
    :raises BadShapes: when the file is no RDF.
    """
    return validate_store(load_data(data), document=document)


def validate_store(store: Store, *, document: str | None = None) -> tuple[ReportFinding, ...]:
    """As ``validate``, for a store that validation.graph loaded."""
    places = Places(store)
    found = set(run_shapes(store, places))
    found.update(run_checks(load_checks(), store, places))
    found.update(_of_readers(store, places))
    kept = {finding for finding in told_once(in_order(found)) if document is None or _is_about(finding, document, places)}
    return with_keys(in_order(_masked(kept, _masked_words(store, places))), places)


def all_rules(findings: tuple[ReportFinding, ...] = (), store: Store | None = None) -> tuple[Rule, ...]:
    """Return every rule there is, sorted by severity and code; readers' finding types only where one was met.

    With the store that was judged each rule says how many things it looked at.
    """
    counts = _looked_at(store) if store is not None else {}
    engine = "select" if not questions()[1] else "select, pyshacl"
    rules = {rule.code: replace(rule, engine=engine) for rule in shape_rules()}
    for check in load_checks():
        known = rules.get(check.code)
        title = labels().get(f"finding-rule/{check.code}") or ((known.title_zh, known.title_en) if known else check.texts["title"])
        severity = known.severity if known else check.severity
        source = "shacl, check" if known and "shacl" in known.source else "check"
        rules[check.code] = Rule(check.code, severity, title[0], title[1], source, engine="select")
    for finding in findings:
        if finding.source == "reader":
            title = labels().get(f"finding-type/{finding.code}", (finding.code, finding.code))
            rules.setdefault(finding.code, Rule(finding.code, finding.severity, title[0], title[1], "reader", engine="reader"))
    if store is not None:
        rules = {code: replace(rule, looked_at=counts.get(code)) for code, rule in rules.items()}
    return tuple(sorted(rules.values(), key=lambda rule: (SEVERITIES.index(rule.severity), rule.code)))


def _looked_at(store: Store) -> dict[str, int]:
    """Return how many nodes each rule looked at: those its shapes or checks target."""
    found = looked_at(store)
    asked = [(check.code, _counting(check, target)) for check in load_checks() for target in check.targets]
    known = counts(store, [select for _, select in asked])
    for code, select in asked:
        found[code] = found.get(code, 0) + known[select]
    return found


def _counting(check: Check, target: str) -> str:
    prefixes = {**TARGET_PREFIXES, **check.prefixes}
    named = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(prefixes.items()) if f"{name}:" in target)
    pattern = f"?this {target.split(' ')[1]} ?any" if target.startswith("subjects-of ") else f"?this a {target}"
    return f"{named}SELECT (COUNT(DISTINCT ?this) AS ?count) WHERE {{ {pattern} }}"


def has_our_classes(store: Store) -> bool:
    """Return whether a store holds at least one thing of a class our shapes look at."""
    from pyoxigraph import NamedNode

    types = (store.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(one), None) for one in target_classes())
    return any(True for quads in types for _ in quads)


def documents(store: Store) -> tuple[str, ...]:
    """Return the slugs of the documents held, sorted; those only cited cannot be asked for."""
    from pyoxigraph import NamedNode

    held = store.quads_for_pattern(None, NamedNode(ZM.corpusStatus), NamedNode(concept("corpus-status", "held")), None)
    return tuple(sorted({quad.subject.value.rpartition("/")[2] for quad in held if isinstance(quad.subject, NamedNode)}))


def _of_readers(store: Store, places: Places) -> Iterator[ReportFinding]:
    from pyoxigraph import NamedNode

    for quad in store.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(ZM.Finding), None):
        if isinstance(quad.subject, NamedNode):
            yield _reader_finding(quad.subject.value, places)


def _masked_words(store: Store, places: Places) -> list[str]:
    """Return the words that no report shows: the quotes of the findings that are flagged certain."""
    from pyoxigraph import NamedNode

    flagged = {quad.subject for quad in store.quads_for_pattern(None, NamedNode(ZM.masked), None, None)}
    return sorted({words for node in flagged if isinstance(node, NamedNode) for words in places.values(node.value, ZM.quote)})


def _masked(findings: set[ReportFinding], hidden: Sequence[str]) -> set[ReportFinding]:
    """Return the findings with every masked word in their texts as ▇; the graph keeps the words."""
    if not hidden:
        return findings
    return {
        replace(
            f,
            value=mask_words(f.value, hidden),
            message_zh=mask_words(f.message_zh, hidden),
            message_en=mask_words(f.message_en, hidden),
            document_title=mask_words(f.document_title, hidden),
            quote=mask_words(f.quote, hidden),
            expected_zh=mask_words(f.expected_zh, hidden),
            expected_en=mask_words(f.expected_en, hidden),
            context=mask_words(f.context, hidden),
            related=tuple(replace(r, quote=mask_words(r.quote, hidden)) for r in f.related),
        )
        if _has_any(f, hidden)
        else f
        for f in findings
    }


def _has_any(finding: ReportFinding, words: Sequence[str]) -> bool:
    f = finding
    texts = (f.value, f.message_zh, f.message_en, f.document_title, f.quote, f.expected_zh, f.expected_en, f.context)
    return any(word in text for text in (*texts, *(r.quote for r in f.related)) for word in words)


def _reader_finding(iri: str, places: Places) -> ReportFinding:
    def first(predicate: str) -> str:
        return next(iter(places.values(iri, predicate)), "")

    kind, about = first(ZM.findingType), first(ZM.about)
    names = places.name(kind, "zh"), places.name(kind, "en")
    message = tuple(next(iter(places.values(iri, ZM.message, lang)), names[lang != "zh"]) for lang in ("zh", "en"))
    severity: Severity = next((level for level in SEVERITIES if first(ZM.severity).endswith(level)), "warning")
    code = kind.rpartition("/")[2] or "finding"
    expected, fix = labels().get(f"finding-expected/{code}", ("", "")), labels().get(f"finding-fix/{code}", READER_FIX)
    voice = Voice(code, severity, expected, fix, kind, SHAPES_NS + "ReaderFinding", source="reader", engine="reader")
    quote = first(ZM.quote)
    others = sorted(places.values(iri, RDFS.seeAlso), key=natural_key)
    seen = Seen(iri, (message[0], message[1]), value=quote, fault=quote, words=quote, related=others)
    found = make_finding(seen, voice, places)
    notation = quote if code in NUMBER_QUOTED and found.row and len(quote) <= 12 else ""
    field = found.field or (FIELD_OF_CODE.get(code, "") if found.row else "")
    return replace(found, focus=about or iri, field=field, notation=found.notation or notation)


def _is_about(finding: ReportFinding, document: str, places: Places) -> bool:
    return document in (finding.document, places.document(finding.value) if finding.value.startswith(BASE_IRI) else None)
