"""Does a decision fit its item? Checked the same way whether it comes from a page or from a file."""

from __future__ import annotations

from dataclasses import replace

from lineage.review.pairs import ReviewPair
from lineage.review.records import DECISIONS, REASONS, RELATIONS, REVIEWER_REASONS, Item, Record
from lineage.review.table import clean, is_day
from ontology.labels import label
from zhengmai.errors import BadDecision

_LONGEST_COMMENT, _LONGEST_LABEL = 5_000, 8_000  # both fit a spreadsheet's cell


def checked(record: Record, item: Item, pair: ReviewPair) -> Record:
    """Return a record filled in from its item: ids, key, labels, and what the machine said.

    :raises BadDecision: for a word that is unknown or does not fit this kind of item, a day that is none, or quotes of other words.
    """
    _one_of(record.decision, DECISIONS, item, "decision")
    _one_of(record.relation, ("", *RELATIONS) if item.kind == "link" else ("",), item, "relation")
    _one_of(record.reason, ("", *REASONS) if item.kind == "gap" else ("",), item, "reason")
    comment = clean(record.comment)
    if not is_day(record.on):
        raise _unfit(item, f"date {record.on!r}", "a day as 2026-01-31", "日期应写作 2026-01-31。")
    if len(comment) > _LONGEST_COMMENT:
        raise _unfit(item, f"a comment of {len(comment)} characters", f"at most {_LONGEST_COMMENT}", "备注过长。")
    if record.reason in REVIEWER_REASONS and record.decision != "rejected" and not comment:
        raise _unfit(item, f"{record.reason} without a comment", "the reason in words, as a comment", "请在备注中写明理由。")
    for side, quotes, words in (("task", record.task_quotes, item.task_text), ("provision", record.provision_quotes, item.provision_text)):
        for quote in quotes:
            if not _holds(words, quote):
                raise _unfit(item, f"{side} words {quote[:40]!r}", "words that stand in its text", "所引文字不在原文之中。")
    accepts = item.kind == "link" and record.decision in ("accepted", "edited")
    if accepts and item.status == "none" and not record.relation:
        zh = f"机器未作此对应，请选择对应类型：{'、'.join(label(f'relation-type/{one}', 'zh') for one in RELATIONS)}。"
        raise _unfit(item, "no relation for a link the machine did not make", ", ".join(RELATIONS), zh)
    changed = bool(record.task_quotes or record.provision_quotes or (item.kind == "link" and record.relation not in ("", item.relation)))
    if record.decision == "edited" and not changed:
        zh = "未见修改之处：请改类型或引文，或填“接受”。"
        raise _unfit(item, "edited without another relation or other quotes", "a change, or accepted", zh)
    decision = "edited" if record.decision == "accepted" and changed and item.status != "none" and not record.blind else record.decision
    return replace(
        record,
        kind=item.kind,
        lower=item.lower,
        upper=item.upper,
        task=item.task,
        provision=item.provision,
        key=item.key,
        decision=decision,
        comment=comment,
        relation=(record.relation or ("" if record.blind else item.relation)) if accepts else "",
        confidence=item.confidence,
        machine_status=item.status,
        machine_relation=item.relation,
        task_label=item.task_text[:_LONGEST_LABEL],
        provision_label=item.provision_text[:_LONGEST_LABEL],
        task_level=pair.tasks[item.task].level if item.task else "",
        provision_level=pair.provisions[item.provision].level if item.provision else "",
    )


def _holds(words: str, quote: str) -> bool:
    return bool(quote.split()) and "".join(quote.split()) in "".join(words.split())


def _one_of(word: str, choices: tuple[str, ...], item: Item, what: str) -> None:
    if word not in choices:
        shown = ", ".join(c for c in choices if c) or "nothing here"
        raise _unfit(item, f"{what} {word[:40]!r}", shown, f"{what} 应为：{shown}。")


def _unfit(item: Item, found: str, expected: str, zh: str) -> BadDecision:
    return BadDecision(where=item.id, found=found, expected=expected, fix="correct it and decide again; nothing was written", zh=zh)
