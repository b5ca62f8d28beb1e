"""Rows of a review table that cannot be used, in words for the person who filled them in; and the words people use for codes."""

from __future__ import annotations

from functools import cache

from lineage.review.reading import ID_COLUMNS, GivenRow
from lineage.review.records import DECISIONS, REASONS, RELATIONS, Fault, Item
from lineage.review.table import one_line
from loaders.words import words
from ontology.labels import labels

_CODES = {"decision": ("decision", DECISIONS), "relation": ("relation-type", RELATIONS), "gap_reason": ("gap-reason", REASONS)}
_NAMED = {"decision": "复核判断", "relation": "对应类型", "gap_reason": "未见承接的理由"}
_DAMAGE = {"number": "数字", "date": "日期", "truth value": "真假值", "error": "公式错误"}


class Refused(Exception):
    """A row that cannot be used: what is wrong, in both languages, without the row's place."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en


def coded(row: GivenRow) -> dict[str, str]:
    """Return decision, relation and reason as codes, whichever words people used."""
    found = {}
    for name in _CODES:
        word = row.text(name)
        code = _words_of(name).get(_plain(word), "") if word else ""
        if word and not code:
            expected = "、".join(labels()[f"{_CODES[name][0]}/{c}"][0] for c in _CODES[name][1])
            zh = f"“{word[:40]}”不是{_NAMED[name]}，应为：{expected}"
            raise Refused(zh, f"{name} {word[:40]!r}, expected {', '.join(_CODES[name][1])}")
        found[name] = code
    return found


@cache
def _words_of(name: str) -> dict[str, str]:
    topic, codes = _CODES[name]
    found = {_plain(code): code for code in codes}
    for code in codes:
        for word in labels()[f"{topic}/{code}"]:
            found.setdefault(_plain(word), code)
    if name == "decision":
        for code, others in words("review")["decisions"].items():
            for word in others:
                found.setdefault(_plain(str(word)), code)
    return found


def _plain(word: str) -> str:
    return " ".join(word.split()).casefold()


def refuse_damage(row: GivenRow) -> None:
    for name in ID_COLUMNS:
        cell = row.cells.get(name)
        if cell and cell.damaged:
            where, was = f"{row.letters[name]}{row.at}", f"{_DAMAGE[cell.damaged]} {cell.text}"
            raise Refused(
                f"单元格 {where}（{name}）的编号被表格软件变成了{was}，请从原导出文件复制该格，并设为文本格式",
                f"cell {where} ({name}): a spreadsheet turned the id into a {cell.damaged} ({cell.text}); copy it from the export, as text",
            )
    if row.too_long:
        raise Refused("该行的列数多于表头", "more cells than the header has")


def unknown(own: str, now: str = "") -> Refused:
    """Say that an id is none of the workspace's; ``now`` is the item whose words the row is about."""
    zh, en = (f"，其文字现为 {now}", f"; its words are those of {now} now") if now else ("", "")
    return Refused(
        f"工作区没有编号“{own}”{zh}，请核对标识列，或重新导出", f"the workspace has no {own!r}{en}; check the id columns, or export again"
    )


def stale(item: Item, task: str, provision: str) -> Refused:
    """Say which side's words are others now."""
    for was, now in ((task, one_line(item.task_text)), (provision, one_line(item.provision_text))):
        if was and one_line(was) != now:
            return Refused(
                f"原文已变，须重新判断：判断时为“{was[:60]}”，现为“{now[:60]}”",
                f"the words have changed since, decide anew: they were {was[:60]!r} and are now {now[:60]!r}",
            )
    en = "the content key is not that of the words as they are now; export again and decide anew"
    return Refused("原文校验码与现有文字不符，须重新导出后判断", en)


def unplaced(fault: Fault) -> tuple[str, str]:
    zh, en = fault.zh.partition("行")[2], fault.en.partition(", ")[2]
    return zh.rstrip("。"), en.rstrip(".")
