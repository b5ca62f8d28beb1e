"""``--table``: the pages people hand on, made from what of the graph may leave."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Callable, Collection

from lineage.review.pairs import read_pairs
from lineage.tables.concordance import Pair, concordance, pairs
from lineage.tables.concordance_page import concordance_page
from lineage.tables.filled_in import read_filled_in
from lineage.tables.ledger import ledger
from lineage.tables.ledger_page import ledger_page
from lineage.tables.page import Page
from lineage.tables.progress import FILE, lost, merged, read_progress, write_progress
from lineage.tables.reading import held
from ontology.labels import Language
from zhengmai.errors import UsageError
from zhengmai.exports._graph import SharedGraph
from zhengmai.progress import say
from zhengmai.workspace import current_workspace


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
    return concordance_page(
        concordance(store, upper, args.lower), lang, compact=compact, left_out=graph.said, review=read_pairs(current_workspace())
    )


def ledger_table(graph: SharedGraph, args: argparse.Namespace, lang: Language, *, compact: bool) -> Page:
    """Return 任务台账 of the documents named, else of all that have a task table, with the progress the office has written down."""
    store = graph.opened()
    known = held(store)
    for slug in args.document:
        _one_of(slug, known, "--document", graph)
    table = ledger(store, args.document)
    if not table.entries:
        raise _nothing("no document with tasks", "没有带任务的文件。", graph)
    names = {one.name for one in table.departments}
    if args.department:
        _one_of(args.department, names, "--department", graph)
    curated = current_workspace().curated_dir
    progress = read_progress(curated)
    if args.progress_from:
        progress, changed = merged(progress, read_filled_in(args.progress_from, progress))
        write_progress(curated, progress.values())
        say(f"收回进展 {len(changed)} 项，已记入 {curated / FILE}", f"progress of {len(changed)} tasks taken over into {curated / FILE}")
    gone = lost(progress, table.entries)
    if gone:
        say(f"注意：{len(gone)} 条进展记录的任务文字已变，见“说明”表", f"note: the words of {len(gone)} tasks with progress have changed")
    return ledger_page(table, lang, progress=progress, department=args.department or "", compact=compact, left_out=graph.said)


MAKERS: dict[str, Callable[..., Page]] = {"concordance": concordance_table, "ledger": ledger_table}


def named(args: argparse.Namespace) -> list[str]:
    """Return the documents asked for by name: naming one for a table is asking for it."""
    return [*args.include, *args.document, *args.lower, *([args.upper] if args.upper else [])]


def _chosen(pair: Pair, lowers: Collection[str]) -> bool:
    return pair.lower.slug in lowers if lowers else pair.verdict == "yes"


def _one_of(name: str, known: Collection[str], option: str, graph: SharedGraph) -> None:
    if name not in known:
        if not known:
            raise _nothing(f"{option} {name}, for which there is nothing", f"没有可用于 {option} 的内容。", graph)
        near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.4)
        raise UsageError(
            where=f"{option} {name}",
            found="none of that name",
            expected=", ".join(sorted(known)),
            fix=f"did you mean {near[0]}?" if near else "use one of these",
            zh="没有这个名称，可用的见上。",
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
