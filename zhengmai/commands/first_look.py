"""构建、核查并回答一个承接问题：make run 所做的事 · build, validate, and answer one lineage question: what make run does."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from zhengmai.commands import Subparsers

if TYPE_CHECKING:
    from queries.run import Row
    from zhengmai.store import OpenStore
    from zhengmai.workspace import Workspace

WIDTH = 76


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    return subparsers.add_parser("first-look", help="构建、核查并回答一个问题 · build, validate and answer one question")


def run(args: argparse.Namespace) -> int:
    """Print one answer with both quotes, the counts, where the report is and what to try next; exit 1 when a Violation was found."""
    from validation.graph import load_data
    from validation.report import make_report
    from validation.runner import validate_store
    from zhengmai.commands._pipeline import build
    from zhengmai.commands._sources import source_documents
    from zhengmai.commands.validate import write_report
    from zhengmai.progress import step
    from zhengmai.store import open_store
    from zhengmai.workspace import current_workspace

    workspace = current_workspace()
    build(workspace)
    store = open_store(workspace)
    with step("一致性核查", "validating"):
        found = validate_store(load_data(store.path / "graph.nq"))
        report = make_report(found, graph_version=store.version, sources=source_documents(workspace))
    task = _show_answer(store)
    _show_counts(store, {severity: report.count(severity) for severity in ("violation", "warning", "info")})
    print("核查清单 Report: ", end="", flush=True)
    write_report(report, "html", workspace.built_dir / "report.html")
    _write_concordance(store, workspace)
    _show_next(task)
    return int(bool(report.count("violation")))


def _show_answer(store: OpenStore) -> Row | None:
    """Show the whole clause of a task whose words moved between clauses, else of the first link there is; return the task's row."""
    from queries.run import run_query

    for structure in ("moved", "split", "joined", "one-to-one"):
        found = run_query("links-by-structure", {"structure": structure}, store).rows
        if found:
            break
    else:
        print("未见承接关系：图谱中没有一对上下级文件有文本对应。No links: no pair of documents in the graph shares text.")
        return None
    first = found[0]
    task = f"{first['lower']}:{first['task']}"
    links = run_query("sentences-of-task", {"task": task}, store).rows
    print("\n" + _rule(f"问：任务 {first['task']} 承接上级哪些条款？"))
    for row in links:
        status, relation = _word("status", row["status"]), _word("relation-type", row["relation"])
        print(f"\n■ {row['clause_number']} {row['heading'] or ''}  〔{relation} · 匹配把握度 {row['confidence']} · {status}〕")
        print(_quoted("上级", str(row["provision_text"] or ""), str(row["provision_quote"] or "")))
        print(_quoted("任务", str(row["task_text"] or ""), str(row["task_quote"] or "")))
        print(f"  牵头  上级 {row['upper_lead'] or '未定'} → 本级 {row['lead'] or '未定'}")
    if links and links[0]["skips_level"]:
        print("\n  越级对照：中间层级文件未收录，差异不能直接归因于本级。")
    print(f"\n  承接指文本对应，不表示职责已经履行。「」内为双方共有的文字。\n{'─' * WIDTH}")
    return {**first, "clause": links[0]["clause"] if links else first["clause"]}


def _write_concordance(store: OpenStore, workspace: Workspace) -> None:
    """Write 上下级条款对照表 of the first pair into the workspace (what leaves it goes through export) and print its path."""
    from lineage.review.pairs import read_pairs
    from lineage.tables.concordance import concordance, pairs
    from lineage.tables.concordance_page import concordance_page
    from lineage.tables.write_xlsx import write_xlsx
    from zhengmai.output import write_file
    from zhengmai.progress import language

    first = next((pair for pair in pairs(store) if pair.verdict == "yes"), None)
    if first:
        data = write_xlsx(
            concordance_page(concordance(store, first.upper.slug, [first.lower.slug]), language(), review=read_pairs(workspace))
        )
        path = workspace.built_dir / "concordance.xlsx"
        write_file(path, lambda out: out.write(data))
        print(f"上下级条款对照表 Concordance: {path}")


def _rule(text: str) -> str:
    return f"── {text} {'─' * max(2, WIDTH - 4 - 2 * len(text))}"


def _word(topic: str, code: object) -> str:
    from ontology.labels import label
    from zhengmai.progress import language

    return label(f"{topic}/{code}", language())


def _quoted(side: str, whole: str, quotes: str) -> str:
    """Show a text with the shared words between 「」."""
    shown = whole
    for quote in quotes.split(" … "):
        if quote and quote in shown:
            shown = shown.replace(quote, f"「{quote}」", 1)
    return f"  {side}  {shown}"


def _show_counts(store: OpenStore, findings: dict[str, int]) -> None:
    from queries.run import run_query

    rows = run_query("graph-counts", {}, store).rows
    print("、".join(f"{_word('term', row['kind'])} {row['amount']}" for row in rows) + f"；图谱 {store.version}")
    counts = run_query("all-links-by-decision", {}, store).rows
    print("对应关系：" + " · ".join(f"{_word('counted', row['decided'])} {row['amount']}" for row in counts))
    print("核查：" + " · ".join(f"{_word('severity', severity)} {count}" for severity, count in findings.items()))


def _show_next(task: Row | None) -> None:
    clause = f"{task['upper']}:{task['clause']}" if task else "5.2"
    short = clause.rpartition(":")[2]
    print("下一步 Try next:")
    print(f"  zhengmai query which-tasks-implement-clause -p clause={short}")
    print("  zhengmai query uncovered-provisions")
    print("  zhengmai export --table concordance --format docx --output concordance.docx")
    print("  zhengmai validate")
