"""The same duty in two rows, with the same or with different terms; the same sentence twice in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.doubts.telling import at_cell, at_text, own
from loaders.outline.sentences import split_sentences
from loaders.records import Extraction, Finding, Provision, TaskRow
from loaders.tables.columns import fold

LEAST, ALIKE, MOST = 16, 86, 4000
TITLE = 5  # characters of a whole measure that another row has too
SHORT = 10  # characters of a sentence that is told where it stands in another row to the letter
_N = "[0-9一二两三四五六七八九十百半]"
_COUNT = re.compile(rf"(?<![第每]){_N}+个?(?:工作日|小时|天|%|次|家|人|名|场|篇)")
_YEAR = re.compile(r"[12]\d{3}年|年底|月底")  # 到2025年80%，到2030年90% is a path, no contradiction
TERMS = (("deadline", "完成时限", "deadline"), ("lead", "牵头", "lead"), ("responsible", "责任", "responsible"))


@dataclass(frozen=True, slots=True)
class _Sentence:
    row: TaskRow
    words: str
    folded: str


def twin_doubts(document: Extraction) -> Iterator[Finding]:
    yield from _rows(document)
    yield from _titles(document)
    yield from _short(document)
    for row in document.rows:
        yield from _inside(row)
    yield from _text(document)


def _rows(document: Extraction) -> Iterator[Finding]:
    """Sentences of two rows that are alike but for a few characters. Rows with the same terms are only noted when wholly the same."""
    from rapidfuzz import fuzz, process

    said = [
        _Sentence(row, words, folded)
        for row in document.rows
        for words in _sentences(f"{own(row, 'measure')}\n{own(row, 'sub_measure')}")
        if len(folded := fold(words)) >= LEAST
    ]
    if not 2 <= len(said) <= MOST:
        return
    told: set[tuple[str, str]] = set()
    choices = [sentence.folded for sentence in said]
    for at, sentence in enumerate(said):
        later = process.extract(sentence.folded, choices[at + 1 :], scorer=fuzz.ratio, score_cutoff=ALIKE, limit=5)
        for _, score, offset in later:
            other = said[at + 1 + offset]
            pair = (sentence.row.row, other.row.row)
            if sentence.row is other.row or pair in told:
                continue
            told.add(pair)
            differ = [names for field, *names in TERMS if fold(sentence.row.text(field)) != fold(other.row.text(field))]
            zh = "、".join(name for name, _ in differ)
            en = ", ".join(name for _, name in differ)
            if differ:
                message = (
                    f"与第{sentence.row.row}项的要求相近，{zh}却不同。",
                    f"Much the same duty as row {sentence.row.row}, with another {en}.",
                )
                yield from _told(other, sentence, message)
            elif score == 100:
                message = f"与第{sentence.row.row}项文字相同。", f"The same words as row {sentence.row.row}."
                yield from _told(other, sentence, message)


def _titles(document: Extraction) -> Iterator[Finding]:
    """A short measure (欠税信息公告) that is the whole of one other row's too, with other terms; met oftener it is a phrase."""
    whole: dict[str, list[TaskRow]] = {}
    for row in document.rows:
        words = fold(own(row, "sub_measure") or own(row, "measure"))
        if TITLE <= len(words) < LEAST:
            whole.setdefault(f"{fold(row.text('group'))}\n{words}", []).append(row)
    for rows in whole.values():
        if len(rows) == 2 and any(fold(rows[0].text(field)) != fold(rows[1].text(field)) for field, *_ in TERMS):
            earlier, later = (_Sentence(row, own(row, "sub_measure") or own(row, "measure"), "") for row in rows)
            message = (
                f"与第{earlier.row.row}项的内容相同，牵头、责任或完成时限却不同。",
                f"The same as row {earlier.row.row}, with another lead, responsible body or deadline.",
            )
            yield from _told(later, earlier, message)


def _short(document: Extraction) -> Iterator[Finding]:
    """A short sentence that also ends a sentence of one other row, whose limit is another; one met oftener is a phrase of the table."""
    rows = document.rows
    if len(rows) > MOST // 10:
        return
    texts = {row.row: fold(f"{own(row, 'measure')}\n{own(row, 'sub_measure')}") for row in rows}
    for row in rows:
        for words in _sentences(f"{own(row, 'measure')}\n{own(row, 'sub_measure')}"):
            short = fold(words).rstrip("。；;.")
            if not SHORT <= len(short) < LEAST or not own(row, "deadline"):
                continue
            there = [other for other in rows if other is not row and f"{short}。" in f"{texts[other.row]}。"]
            if len(there) != 1 or not own(there[0], "deadline") or fold(own(there[0], "deadline")) == fold(own(row, "deadline")):
                continue
            for one, other in ((row, there[0]), (there[0], row)):
                message = (
                    f"与第{other.row}项有一句相同，完成时限却不同。",
                    f"A sentence of row {other.row} again, with another deadline.",
                )
                field = "measure" if own(one, "measure") else "sub_measure"
                quote = words if words in own(one, field) else None
                yield at_cell("duty-repeated", "info", one, field, message, quote, related=[other.place])


def _told(later: _Sentence, earlier: _Sentence, message: tuple[str, str]) -> Iterator[Finding]:
    """Tell the later row, and the earlier one as the other side of it: either may be the wrong one."""
    yield at_cell("duty-repeated", "warning", later.row, _field(later), message, later.words, related=[earlier.row.place])
    other = f"与第{later.row.row}项的要求相近或相同。", f"Much the same duty as row {later.row.row}."
    yield at_cell("duty-repeated", "info", earlier.row, _field(earlier), other, earlier.words, related=[later.row.place])


def _inside(row: TaskRow) -> Iterator[Finding]:
    """One sentence twice in one row."""
    seen: set[str] = set()
    for words in _sentences(f"{own(row, 'measure')}\n{own(row, 'sub_measure')}"):
        folded = fold(words)
        if folded in seen and len(folded) >= LEAST:
            message = "同一项内文句重复。", "The same sentence stands twice in one row."
            yield at_cell("sentence-repeated", "warning", row, "measure" if words in own(row, "measure") else "sub_measure", message, words)
        seen.add(folded)


def _text(document: Extraction) -> Iterator[Finding]:
    """One sentence twice in a text; in one clause also two that differ in nothing but how much (cycles: cycles_apart)."""
    seen: dict[str, tuple[int, int]] = {}
    near: dict[str, tuple[str, str]] = {}
    for provision in document.provisions:
        if provision.level != "sentence" or provision.place.start is None or provision.place.end is None:
            continue
        folded = fold(provision.text)
        span = (provision.place.start, provision.place.end)
        if len(folded) >= LEAST and folded in seen:
            message = "与前文一句相同。", "The same sentence stands earlier in the text."
            yield at_text("sentence-repeated", "warning", document, *span, message)
        seen.setdefault(folded, span)
        yield from _otherwise(document, provision, folded, span, near)


def _otherwise(
    document: Extraction, provision: Provision, folded: str, span: tuple[int, int], near: dict[str, tuple[str, str]]
) -> Iterator[Finding]:
    bare = _COUNT.sub("", folded)
    before = near.setdefault(f"{provision.parent}\n{bare}", (folded, provision.text))
    if before[0] != folded and len(bare) >= SHORT and not _YEAR.search(folded):
        message = (
            f"与同条“{before[1]}”只有数量不同。",
            f"The clause also says {before[1]}; they differ in how much.",
        )
        yield at_text("duty-repeated", "warning", document, *span, message)


def _sentences(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from (line[start:end] for start, end in split_sentences(line))


def _field(sentence: _Sentence) -> str:
    return "measure" if sentence.words in own(sentence.row, "measure") else "sub_measure"
