"""为何有这一条 · Why is this here: the source cell, the rule and what it used, or the method and the reviewer.

  zhengmai why gz-stb-openness-tasks:27                              every triple of task 27
  zhengmai why gz-stb-openness-tasks:27 ledBy                        who leads it, and where that is written
  zhengmai why gz-stb-openness-tasks:27 tracesTo sat-20170427-openness:5.2 --format json
A subject may be typed as for trace, or as an id such as doc/…/task/27/deadline/1 or a whole IRI.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from zhengmai.commands import Subparsers
from zhengmai.errors import BadQuery
from zhengmai.progress import language

if TYPE_CHECKING:
    from queries.why import Source
    from zhengmai.store import OpenStore
    from zhengmai.workspace import Workspace

ROUND = 20  # characters shown on both sides of a span


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("why", help="为何有这一条 · why is this in the graph")
    parser.add_argument("subject", metavar="SUBJECT", help="任务、条目、部门、文件或编号 · a thing")
    parser.add_argument("predicate", metavar="PREDICATE", nargs="?", help="属性，如 ledBy、implements · a property")
    parser.add_argument("object", metavar="OBJECT", nargs="?", help="值 · a thing or a text")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式 · default: text")
    return parser


def run(args: argparse.Namespace) -> int:
    """Print the reasons of some triples."""
    from queries.why import as_json, why
    from queries.why_text import write_text
    from zhengmai.store import open_store
    from zhengmai.workspace import current_workspace

    store = open_store()
    subject = _thing(args.subject, store)
    predicate = _predicate(args.predicate, subject, store) if args.predicate else ""
    value = _object(args.object, store) if args.object else ""
    reasons = why(store, subject, predicate, value)
    if not reasons:
        there = "、".join(sorted({reason.object for reason in why(store, subject, predicate)})[:8]) if args.object else ""
        raise _bad(
            f"no such triple; {args.predicate} has {there}" if there else "no triple of it",
            "a triple of the graph",
            "leave out the object to see them all" if args.object else "check the subject",
            "图谱中没有这一条。",
        )
    if args.format == "json":
        sys.stdout.write(json.dumps([as_json(reason) for reason in reasons], ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(write_text(reasons, language(), _context(current_workspace(), store)))
    return 0


def _thing(typed: str, store: OpenStore) -> str:
    from pyoxigraph import NamedNode

    from queries.resolve import find_thing
    from zhengmai.settings import BASE_IRI

    try:
        for iri in (typed, f"{BASE_IRI}id/{typed}") if "/" in typed else ():
            node = NamedNode(iri) if "://" in iri else None
            if node and next(iter(store.store.quads_for_pattern(node, None, None, None)), None):
                return node.value
    except ValueError as error:
        raise _bad(repr(typed), "an id or an IRI", str(error), "不是有效的编号。") from error
    return find_thing(typed, store, where="zhengmai why")[1]


def _object(typed: str, store: OpenStore) -> str:
    """Return the IRI of a thing, or what was typed as the text of a literal."""
    try:
        return _thing(typed, store)
    except BadQuery:
        return typed


def _predicate(typed: str, subject: str, store: OpenStore) -> str:
    """Return the one predicate of the subject that ends in what was typed."""
    import difflib

    from pyoxigraph import NamedNode

    found = {quad.predicate.value for quad in store.store.quads_for_pattern(NamedNode(subject), None, None, None)}
    names = {iri.rpartition("#")[2].rpartition("/")[2]: iri for iri in sorted(found)}
    name = typed.rpartition(":")[2].rpartition("#")[2].rpartition("/")[2]
    if name in names:
        return names[name]
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    fix = f"did you mean {near[0]}?" if near else "use one of these"
    raise _bad(f"no {typed!r} of {subject}", ", ".join(sorted(names)), fix, "该项没有这个属性。")


def _context(workspace: Workspace, store: OpenStore) -> Callable[[Source], str]:
    """Return what gives the words round a place, read from the sources themselves, each at most once."""
    from functools import cache

    from loaders.extract import extract_file
    from loaders.records import Extraction
    from queries.run import masked_words
    from zhengmai.masking import mask_words
    from zhengmai.workspace import read_sources

    entries = {entry.slug: entry for entry in read_sources(workspace)}

    @cache
    def extraction(slug: str) -> Extraction | None:
        return extract_file(entries[slug].path) if slug in entries else None

    def words(source: Source) -> str:
        found = extraction(source.document)
        parts = source.place.split("/")
        if not found or not source.place:
            return source.raw
        if parts[0] == "span":
            start, end = (int(number) for number in parts[1].split("-"))
            text = found.text
            before, after = text[max(0, start - ROUND) : start], text[end : end + ROUND]
            return f"{'…' if start > ROUND else ''}{before}【{text[start:end]}】{after}{'…' if end + ROUND < len(text) else ''}"
        numbers = {kind: int(number) for kind, number in zip(parts[::2], parts[1::2], strict=False) if number.isdigit()}
        for row in found.rows:
            if (row.place.table, row.place.row) == (numbers.get("table"), numbers.get("row")):
                cells = row.cells.values()
                own = [
                    cell.raw or cell.value for cell in cells if cell.place.column == numbers.get("cell") and cell.place.row == row.place.row
                ]
                return " ".join(own) if "cell" in numbers else " | ".join(cell.raw or cell.value for cell in cells)
        return source.raw

    hidden = masked_words(store)
    return lambda source: mask_words(words(source), hidden)


def _bad(found: str, expected: str, fix: str, zh: str) -> BadQuery:
    return BadQuery(where="zhengmai why", found=found, expected=expected, fix=fix, zh=zh)
