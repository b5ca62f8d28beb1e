"""Shapes that are not ours: run by pySHACL in a process of its own, which is ended when it takes too long.

Nothing of a result is lost on the way: focus node, path, value, severity, component, shape, and every message with its language (pySHACL
drops the language of a SPARQL constraint's message; it is taken from the shape). A shape that cannot be understood is an error.
"""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from validation.findings import ReportFinding, Rule, Severity, ShaclResult, in_order
from validation.foreign_worker import judge
from validation.graph import check_syntax
from validation.making import Seen, Voice, make_finding, with_keys
from validation.places import Places
from validation.shape_faults import line_of
from zhengmai.errors import BadShapes, MissingFile

if TYPE_CHECKING:
    from pyoxigraph import Store

START_S = 60.0  # for a process to start and read its files
SH = "http://www.w3.org/ns/shacl#"
SEVERITY: dict[str, Severity] = {SH + "Violation": "violation", SH + "Warning": "warning", SH + "Info": "info"}


@dataclass(frozen=True, slots=True)
class Judged:
    """What one shape with a target is called, how many nodes it looked at, and its severity."""

    shape: str
    looked_at: int | None
    severity: Severity
    title: tuple[str, str]


def validate_foreign(
    store: Store, data: Path, shapes: Path, *, timeout_s: float = 300.0
) -> tuple[tuple[ReportFinding, ...], tuple[Rule, ...]]:
    """Return what pySHACL finds in a file by the shapes of another, and every shape with a target as a rule.

    :param store: The same data, for places and labels.
    :raises MissingFile: when a file is not there.
    :raises BadShapes: when a file is no RDF, a shape cannot be understood, or the shapes do not end in time.
    """
    for path in (data, shapes):
        if not path.is_file():
            raise MissingFile(where=str(path), found="no such file", expected="an RDF file", fix="check the path", zh="找不到该文件。")
    check_syntax(shapes)
    results, judged = _in_a_process(data, shapes, timeout_s)
    places = Places(store)
    findings = with_keys(in_order({_finding(result, places) for result in results}), places)
    rules = {one.shape: Rule(_code(one.shape), one.severity, *one.title, "shacl", one.looked_at, "pyshacl") for one in judged}
    for finding in findings:
        rules.setdefault(finding.rule, Rule(finding.code, finding.severity, finding.code, finding.code, "shacl", engine="pyshacl"))
    by_code = {rule.code: rule for rule in rules.values()}
    return findings, tuple(sorted(by_code.values(), key=lambda rule: rule.code))


def _in_a_process(data: Path, shapes: Path, timeout_s: float) -> tuple[list[ShaclResult], list[Judged]]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=judge, args=(theirs, str(data), str(shapes)), daemon=True)
    worker.start()
    theirs.close()
    try:
        return _listen(ours, str(shapes), timeout_s)
    finally:
        worker.kill()
        worker.join()
        ours.close()


def _listen(pipe: Connection, shapes: str, timeout_s: float) -> tuple[list[ShaclResult], list[Judged]]:
    """Hear from the worker which shape it is at, until it hands over the results, an error, or the time is up."""
    from time import monotonic

    ends, at, begun = monotonic() + timeout_s + START_S, "", False  # the time runs from when the files are read
    while True:
        left = ends - monotonic()
        line = line_of(Path(shapes), at) if at else None
        here = f"{shapes}{f', line {line}' if line else ''}{f', shape {at}' if at else ''}"
        if left <= 0 or not pipe.poll(left):
            raise BadShapes(
                where=here,
                found=f"no end after {timeout_s:g} s",
                expected="shapes that come to an end",
                fix="look at this shape's path or query, or give more time with --timeout",
                zh="该形状在时限内没有结束。",
            )
        try:
            kind, *said = pipe.recv()
        except EOFError:
            kind, said = "error", [here, "the engine ended", "shapes pySHACL can run"]
        if kind == "at":
            at = said[0]
            ends, begun = (ends, True) if begun else (monotonic() + timeout_s, True)
        elif kind == "error":
            where, found, expected = said
            raise BadShapes(where=where, found=found, expected=expected, fix="mend the line or shape named", zh="数据或形状文件有误。")
        else:
            results, judged = said
            return [ShaclResult(**one) for one in results], [Judged(s, n, SEVERITY.get(level, "violation"), t) for s, n, level, t in judged]


def _finding(result: ShaclResult, places: Places) -> ReportFinding:
    from dataclasses import replace

    said = {lang: text for text, lang in reversed(result.messages)}
    first = result.messages[0][0] if result.messages else ""
    message = said.get("zh", said.get("zh-cn", first)), said.get("en", first)
    focus, path, value, shape = (_plain(term) for term in (result.focus, result.path, result.value, result.owner or result.shape))
    severity = SEVERITY.get(_plain(result.severity), "violation")
    component = _plain(result.component)
    voice = Voice(_code(shape or component), severity, ("", ""), ("", ""), shape, component, source="shacl", engine="pyshacl")
    single = path if result.path.startswith("<") else ""
    found = make_finding(Seen(focus, message, path=single, value="" if value == focus else value), voice, places)
    return replace(found, shacl=result)


def _plain(term: str) -> str:
    """Return an IRI without its brackets, a literal's words, a blank node's label."""
    if term.startswith("<") and term.endswith(">"):
        return term[1:-1]
    if term.startswith('"'):
        from rdflib.util import from_n3

        return str(from_n3(term))
    return term


def _code(shape: str) -> str:
    return shape.rpartition("#")[2].rpartition("/")[2] or shape
