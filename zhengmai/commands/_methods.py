"""The paragraph a reviewer asks for: what the answer rests on, in Chinese and English, every figure from the graph or the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from zhengmai.workspace import Workspace

if TYPE_CHECKING:
    from queries.run import Answer
    from zhengmai.store import OpenStore


ZH = (
    "资料为 {documents} 份已收录文件（{titles}），共 {tasks} 行任务、{clauses} 个条目、{sentences} 句；"
    "另有 {named} 份文件仅被引用或提及，未收录。由政脉 {tool} 读取并比对，图谱版本 {graph}，专题查询 {query}，编码手册 {codebook}。"
    "对应关系由机器提出：匹配把握度不低于 {accept:g} 的按规则确认，{propose:g} 至 {accept:g} 的待复核，更低的不作对应；"
    "规则确认 {rule} 条、人工确认 {person} 条、待复核 {proposed} 条（单位：条）。{precision}"
    "对应关系只说明文字相承，不表示职责已经履行，也不表示起草时以该文为据；未见承接是检索后的结果。"
    "{skips}{units}机关和部门名称以文件成文时为准。"
)
EN = (
    "The material is {documents} documents held ({titles}) with {tasks} task rows, {clauses} clauses and {sentences} sentences; "
    "{named} more are only cited or mentioned and are not held. Read and aligned by zhengmai {tool}, graph {graph}, "
    "saved question {query}, codebook {codebook}. Links are proposed by machine: accepted by rule at a confidence of {accept:g} or more, "
    "awaiting review from {propose:g} to {accept:g}, not made below; {rule} accepted by rule, {person} by people, {proposed} awaiting "
    "review. {precision} A link says that words correspond, not that a duty was performed nor that the drafters worked from this text; "
    "none found is the result of a search. {skips}{units}Names are those of the time of writing."
)
SKIPS = (
    "其中 {n} 对文件为越级对照，中间层级文件未收录，差异不能直接归因于本级。",
    "In {n} of the pairs a level between is not held; differences cannot be put down to the lower level. ",
)
NAMED = 6  # titles that are spelt out


def methods(answer: Answer, store: OpenStore, workspace: Workspace) -> tuple[str, str]:
    """Return the paragraph in Chinese and in English; it says what is not known, such as a precision nobody has measured."""
    from lineage.model import model
    from lineage.relation import codebook_version
    from queries.run import run_query
    from zhengmai import __version__

    counted = {str(row["kind"]).removeprefix("counted-"): row["amount"] for row in run_query("graph-counts", {}, store).rows}
    decided = {str(row["decided"]): row["amount"] for row in run_query("all-links-by-decision", {}, store).rows}
    titles = [str(row["name"]) for row in run_query("list-documents", {}, store).rows]
    skipped = sum(1 for row in run_query("list-pairs", {}, store).rows if row["skips_level"])
    facts = {
        "documents": len(titles),
        **{key: counted[key] for key in ("tasks", "clauses", "sentences")},
        "named": counted["documents-named"],
        "tool": __version__,
        "graph": answer.graph_version,
        "query": f"{answer.query.name} {answer.query.version}",
        "codebook": codebook_version(),
        "accept": model().accept,
        "propose": model().propose,
        **decided,
    }
    more = len(titles) > NAMED
    said = (
        {"titles": "、".join(f"《{title}》" for title in titles[:NAMED]) + ("等" if more else "")},
        {"titles": "; ".join(titles[:NAMED]) + (" and others" if more else "")},
    )
    parts = zip(said, _precision(workspace), _units(answer), SKIPS, (ZH, EN), strict=True)
    zh, en = (
        text.format(**facts, **own, precision=precision, units=units, skips=skips.format(n=skipped) if skipped else "")
        for own, precision, units, skips, text in parts
    )
    return zh, en


def _precision(workspace: Workspace) -> tuple[str, str]:
    """Say how precise accepted links are by people's decisions, with a 95% Wilson interval, or that nobody has looked."""
    from lineage.review.report import make_report

    report = make_report(workspace, times=1)
    share = next((share for group, part, share in report.precision if (group, part) in (("all", ""), ("status", "accepted"))), None)
    if share is None or not share.of:
        return "尚无人工复核，精确率未经估计。", "No link has been reviewed by people; their precision is not estimated."
    low, high = share.interval if share.interval else (0.0, 1.0)
    figures = f"{share.right}/{share.of}"
    return (
        f"经人工复核的对应关系中正确的为 {figures}（95% 区间 {low:.2f}–{high:.2f}）。",
        f"Of the links reviewed by people {figures} are right (95% interval {low:.2f}–{high:.2f}).",
    )


def _units(answer: Answer) -> tuple[str, str]:
    """Say in what the answer counts, where it counts."""
    from ontology.labels import label

    rows: list[Mapping[str, object]] = list(answer.rows)
    units = list(dict.fromkeys(str(row["counted"]) for row in rows if row.get("counted")))
    if not units:
        return "", ""
    zh, en = (("、" if lang == "zh" else ", ").join(label(f"term/{unit}", lang) for unit in units) for lang in ("zh", "en"))
    return f"本表计数单位为{zh}。", f"This table counts in {en}. "
