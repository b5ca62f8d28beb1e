"""``--table``: the pages people hand on, made from what of the graph may leave."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Callable, Collection

from lineage.tables.concordance import Pair, concordance, pairs
from lineage.tables.concordance_page import concordance_page
from lineage.tables.page import Page
from ontology.labels import Language
from zhengmai.errors import UsageError
from zhengmai.exports._graph import SharedGraph


def concordance_table(graph: SharedGraph, args: argparse.Namespace, lang: Language, *, compact: bool) -> Page:
    """Return 上下级条款对照表 of the documents named, else of the first upper document something rests on."""
    store = graph.opened()
    known = pairs(store)
    upper = args.upper or next((pair.upper.slug for pair in known if _chosen(pair, args.lower)), None)
    if upper is None:
        raise _nothing("no pair of documents of which one rests on the other", "没有可对照的上下级文件。", graph)
    _one_of(upper, {pair.upper.slug for pair in known}, "--upper", graph)
    for lower in args.lower:
        _one_of(lower, {pair.lower.slug for pair in known if pair.upper.slug == upper}, "--lower", graph)
    return concordance_page(concordance(store, upper, args.lower), lang, compact=compact, left_out=graph.said)


MAKERS: dict[str, Callable[..., Page]] = {"concordance": concordance_table}


def named(args: argparse.Namespace) -> list[str]:
    """Return the documents asked for by name: naming one for a table is asking for it."""
    return [*args.include, *args.lower, *([args.upper] if args.upper else [])]


def _chosen(pair: Pair, lowers: Collection[str]) -> bool:
    return pair.lower.slug in lowers if lowers else pair.verdict == "yes"


def _one_of(slug: str, known: Collection[str], option: str, graph: SharedGraph) -> None:
    if slug not in known:
        if not known:
            raise _nothing(f"{option} {slug}, which was held against no document", f"{slug} 没有可对照的文件。", graph)
        near = difflib.get_close_matches(slug, sorted(known), n=1, cutoff=0.4)
        raise UsageError(
            where=f"{option} {slug}",
            found="a document that has no such side in any pair",
            expected=", ".join(sorted(known)),
            fix=f"did you mean {near[0]}?" if near else "use one of these",
            zh="没有以该文件为这一方的上下级文件对。",
        )


def _nothing(found: str, zh: str, graph: SharedGraph) -> UsageError:
    said_zh, said_en = graph.said
    return UsageError(
        where="zhengmai export --table",
        found=f"{found}. {said_en}".strip(". "),
        expected="an upper and a lower document in the graph",
        fix="add both and build; name internal documents with --upper, --lower or --include",
        zh=f"{zh}{said_zh}",
    )
