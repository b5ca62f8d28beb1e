"""What may leave this machine: the graph without its internal documents and without anything that derives from them.

``sources.yaml`` says ``access: public`` or ``internal`` of each document, and so does the built graph (``zm:access``); what either calls
internal is. Exports, ``publish`` and ``serve`` beyond loopback all go through :func:`without_internal`. It works on N-Quads lines:

* every named graph of an internal document, and every alignment it is a side of, goes;
* a line elsewhere that names the document, its parts, its source, its actors or its findings goes;
* the inferred lineage is not filtered but inferred anew from what is left, for a chain may have led through an internal document;
* of the reference graph, what is left is what the remaining documents use: an authority or department that only internal documents
  name goes, and so does a way of writing a name that only they have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from zhengmai.settings import BASE_IRI
from zhengmai.workspace import SourceEntry

INTERNAL = "internal"
_GRAPH = BASE_IRI + "graph/"
_REFERENCE, _ONTOLOGY, _LINEAGE = _GRAPH + "reference", _GRAPH + "ontology", _GRAPH + "inferred/lineage"
_ID = BASE_IRI + "id/"
_ACCESS = f"<{BASE_IRI}ns#access> <{BASE_IRI}scheme/access/{INTERNAL}>"
_RAW_TEXT = f'<{BASE_IRI}ns#rawText> "'
_OUR_IRI = re.compile(rf"{re.escape(BASE_IRI)}(?:id/(?!org/)[a-z-]+|graph/(?:doc|alignment))/([^/>\"\s]+)")
_NODE = re.compile(rf"<({re.escape(_ID)}[^>]+)>")
_LABEL = re.compile(r'^<[^>]+> <http://www\.w3\.org/2004/02/skos/core#(?:alt|hidden)Label> "(.*)"@')
_LEADS_ON = re.compile(r"(?:org#unitOf|ns#withinAuthority|ns#subordinateTo)>")


@dataclass(frozen=True, slots=True)
class Shared:
    """What may be shared: sorted N-Quads lines, and the slugs of the documents left out."""

    lines: list[str]
    left_out: tuple[str, ...]

    @property
    def said(self) -> tuple[str, str]:
        """Return how many documents were left out, in Chinese and English; two empty texts when none was."""
        count = len(self.left_out)
        if not count:
            return "", ""
        zh = f"另有 {count} 份内部文件及由其得出的内容未列入（点名要求方可列入）。"
        many = "s, and what derives from them," if count > 1 else ", and what derives from it,"
        return zh, f"{count} internal document{many} left out unless asked for by name."


def internal_slugs(entries: Iterable[SourceEntry], *, named: Collection[str] = ()) -> frozenset[str]:
    """Return the slugs of the documents that stay here; those ``named`` were asked for."""
    return frozenset(e.slug for e in entries if e.access == INTERNAL) - frozenset(named)


def without_internal(
    lines: Sequence[str],
    internal: Collection[str],
    *,
    infer: Callable[[Iterable[str]], Iterable[str]],
    named: Collection[str] = (),
) -> Shared:
    """Return the graph without its internal documents.

    :param lines: all N-Quads lines of the graph, without line ends.
    :param internal: their slugs, from :func:`internal_slugs`; those that the graph itself calls internal are added.
    :param infer: gives the lineage lines that follow from others: ``lineage.reasoning.inferred_lineage``.
    :param named: slugs that were asked for by name and stay in.
    """
    graphs = {line[line.rindex("<") + 1 : -3] for line in lines}
    held = {graph.removeprefix(f"{_GRAPH}doc/").partition("/")[0] for graph in graphs if graph.startswith(f"{_GRAPH}doc/")}
    said = {slug for line in lines if _ACCESS in line for slug in _slugs(line.partition(" ")[0])}
    hidden = frozenset((held & {*internal, *said}) - set(named))
    if not hidden:
        return Shared(sorted(lines), ())
    kept: list[str] = []
    reference: list[str] = []
    theirs: set[str] = set()
    for line in lines:
        graph = line[line.rindex("<") + 1 : -3]
        if graph == _REFERENCE:
            reference.append(line)
        elif graph == _ONTOLOGY:
            kept.append(line)
        elif not hidden.isdisjoint(_slugs(line)):
            theirs.update(_NODE.findall(line))
        elif graph != _LINEAGE:
            kept.append(line)
    kept += _still_used([line for line in reference if hidden.isdisjoint(_slugs(line))], kept, theirs)
    return Shared(sorted({*kept, *infer(kept)}), tuple(sorted(hidden)))


def _slugs(text: str) -> set[str]:
    """Return the slugs of documents that the IRIs in a text speak of (…/doc/a/…, …/alignment/a.27--b.5.2, …/pair/a--b)."""
    return {part.partition(".")[0] for segment in _OUR_IRI.findall(text) for part in segment.split("--")}


def _still_used(reference: Sequence[str], kept: Sequence[str], theirs: Collection[str]) -> list[str]:
    """Return the reference lines about nodes that the kept lines use, and about the authorities those belong to.

    ``theirs`` are nodes that internal documents use too: of these, a way of writing goes that no kept document has.
    """
    used = {node for line in kept for node in _NODE.findall(line)}
    leads = [_NODE.findall(line)[:2] for line in reference if _LEADS_ON.search(line)]
    more = used
    while more:
        more = {to for pair in leads if len(pair) == 2 for at, to in [pair] if at in used and to not in used}
        used |= more
    written = {part for line in kept if _RAW_TEXT in line for part in line.split('"')[1].split("或")}

    def stays(line: str) -> bool:
        nodes = _NODE.findall(line)
        if not used.issuperset(nodes):
            return False
        label = _LABEL.match(line)
        return not (label and nodes[0] in theirs and label[1] not in written)

    return [line for line in reference if stays(line)]
