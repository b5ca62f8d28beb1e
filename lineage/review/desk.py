"""The reviewer's desk as plain functions: what waits, decide, undo, adjudicate, how far we are. Pages and commands call these.

    case = list_queue(workspace, reviewer="张三")[0]
    outcome = decide(workspace, case.item.id, "accepted", reviewer="张三", on="2026-11-22", seen=case.state.version)
    outcome.others        # what others said about it since the page was drawn; nothing of it is lost

No function reads a clock: the day is passed in. Every write is whole, under a lock, and at once on disk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from lineage.relation import codebook_version
from lineage.review.check import checked
from lineage.review.log import Log, add_records, read_log
from lineage.review.pairs import ReviewPair, read_pairs
from lineage.review.people import reviewer_id
from lineage.review.records import Case, Decision, Fault, Item, Record, State
from lineage.review.settle import Settled, find_item, settle, state_of
from zhengmai.errors import BadDecision
from zhengmai.workspace import Workspace

Order = Literal["confidence", "document"]
Show = Literal["open", "disputed", "reopened", "decided", "all"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was written, and what had been written about the same item since ``seen``."""

    records: tuple[Record, ...]
    state: State
    others: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review is, in items. ``by_status`` counts them by where they stand: by whom accepted, or proposed, rejected, none.

    ``lost`` are records about words or documents that the workspace does not hold now, ``faults`` rows that cannot be read.
    """

    items: int
    decided: int
    open: int
    disputed: int
    reopened: int
    by_reviewer: dict[str, int]
    by_status: dict[str, int]
    lost: tuple[Record, ...] = ()
    faults: tuple[Fault, ...] = ()


_settled: dict[Path, dict[tuple[str, str], tuple[Log, ReviewPair, Settled]]] = {}


def settled_pairs(workspace: Workspace, *, pair: tuple[str, str] | None = None) -> tuple[Settled, ...]:
    """Return all pairs of a workspace (or one: (lower slug, upper slug)) with where their items stand; () before the first build."""
    log = read_log(workspace.curated_dir)
    kept = _settled.setdefault(workspace.path, {})
    found = []
    for p in read_pairs(workspace):
        name = (p.lower, p.upper)
        if pair in (None, name):
            known = kept.get(name)
            if known is None or known[1] is not p or _said_more(known[0], log, name):
                known = (log, p, settle(p, log.records))
            kept[name] = (log, *known[1:])
            found.append(known[2])
    return tuple(found)


def _said_more(before: Log, log: Log, name: tuple[str, str]) -> bool:
    """Return whether a log says more about a pair than it did before; True also when it is another log."""
    count = len(before.records)
    if log is before:
        return False
    if len(log.records) < count or (count and log.records[count - 1] is not before.records[-1]):
        return True
    return any((r.lower, r.upper) == name for r in log.records[count:])


def list_queue(
    workspace: Workspace,
    *,
    reviewer: str = "",
    pair: tuple[str, str] | None = None,
    show: Show = "open",
    kinds: Iterable[str] = ("link",),
    order: Order = "confidence",
    blind: bool = False,
) -> list[Case]:
    """Return what waits for a reviewer, least sure first (order confidence), or in the order of the documents.

    ``open``: without a word of this reviewer (without ``reviewer``: of anybody), links the rule accepted included; ``disputed``: reviewers
    differ; ``reopened``: the words have changed since; ``decided``: this reviewer has spoken. ``kinds`` of item: link, gap, no-basis, pair.
    Blind cases carry no score, no machine label and nothing of what others said.
    """
    who = reviewer_id(reviewer)[0] if reviewer else ""
    wanted = set(kinds)
    cases = [
        Case(item, settled.states[own])
        for settled in settled_pairs(workspace, pair=pair)
        for own, item in settled.items.items()
        if item.kind in wanted and is_shown(settled.states[own], show, who)
    ]
    if order == "confidence":
        cases.sort(key=lambda case: case.item.confidence if case.item.confidence is not None else 1.0)
    return [hide(case, who) for case in cases] if blind else cases


def is_shown(state: State, show: Show, who: str) -> bool:
    spoke = any(who in ("", record.reviewer) for record in state.codings) or bool(state.adjudication and not who)
    return {
        "open": not spoke and not state.adjudication,
        "disputed": state.disputed,
        "reopened": bool(state.reopened),
        "decided": spoke,
        "all": True,
    }[show]


def get_case(workspace: Workspace, item: str, *, reviewer: str = "", blind: bool = False) -> Case | None:
    """Return one item by its id (also of two texts the machine did not link); None when the workspace has none such."""
    for settled in settled_pairs(workspace):
        found = settled.items.get(item) or settled.pair.find(item)
        if found:
            case = Case(found, settled.state(found))
            return hide(case, reviewer_id(reviewer)[0] if reviewer else "") if blind else case
    return None


def hide(case: Case, who: str) -> Case:
    """Return a case as a blind reviewer may see it: the words of both sides and the reviewer's own codings."""
    item = replace(case.item, status="none", relation="", structure="", confidence=None, method="", features={}, task_evidence=(),
                   provision_evidence=(), reason="", nearest_task="", nearest_confidence=None)  # fmt: skip
    own = tuple(record for record in case.state.codings if record.reviewer == who)
    firsts = tuple(record for record in case.state.firsts if record.reviewer == who)
    state = State("proposed", "", "", "rule", own, firsts, version=case.state.version)
    return Case(item, state, hidden=True)


def decide(
    workspace: Workspace,
    item: str,
    decision: Decision,
    *,
    reviewer: str,
    on: str,
    relation: str = "",
    reason: str = "",
    comment: str = "",
    task_quotes: Sequence[str] | None = None,
    provision_quotes: Sequence[str] | None = None,
    blind: bool = False,
    sample: str = "",
    seen: str = "",
) -> Outcome:
    """Write down what a reviewer says about an item; an earlier word of theirs stays and this one holds from now on.

    ``relation`` (links) and ``reason`` (gaps) are needed only where they differ from the machine's; an accepted link with another relation
    or other quotes is stored as edited, unless it was judged blind. Quotes must stand in the item's words. ``on`` is an ISO day.
    ``seen`` is the ``state.version`` the person saw: what was written since is in ``others``, and is not lost.

    :raises BadDecision: when there is no such item, its words changed since it was seen, or a value does not fit. Nothing is written then.
    """
    given = Record(
        id="", record_kind="coding", kind="link", lower="", upper="", task="", provision="", key="", decision=decision, reviewer="",
        on=on, relation=relation, reason=reason, comment=comment, blind=blind, sample=sample,
        task_quotes=tuple(task_quotes or ()), provision_quotes=tuple(provision_quotes or ()),
    )  # fmt: skip
    return _write(workspace, item, given, reviewer, seen)


def adjudicate(
    workspace: Workspace,
    item: str,
    decision: Decision,
    *,
    reviewer: str,
    on: str,
    relation: str = "",
    reason: str = "",
    comment: str = "",
    seen: str = "",
) -> Outcome:
    """Settle an item on which two or more reviewers have spoken. Their codings stay as they are; this is a further record.

    :raises BadDecision: as :func:`decide`, and when fewer than two reviewers have spoken.
    """
    given = Record(
        id="", record_kind="adjudication", kind="link", lower="", upper="", task="", provision="", key="", decision=decision, reviewer="",
        on=on, relation=relation, reason=reason, comment=comment,
    )  # fmt: skip
    return _write(workspace, item, given, reviewer, seen)


def _write(workspace: Workspace, item: str, given: Record, reviewer: str, seen: str) -> Outcome:
    who, label = reviewer_id(reviewer)
    pairs = read_pairs(workspace)
    told: list[Record] = []
    before: list[Record] = []

    def choose(log: Log) -> list[Record]:
        pair, found = _find(pairs, item)
        before[:] = _records_about(pair, found, log.records)
        told.extend(_since(found, before, seen))
        state = state_of(found, before)
        if given.record_kind == "adjudication" and len(state.codings) < 2:
            raise BadDecision(
                where=item,
                found=f"{len(state.codings)} reviewers who have spoken",
                expected="two or more to adjudicate between",
                fix="decide as a reviewer instead",
                zh="尚无两人以上的复核意见，无需裁定。",
            )
        return [checked(replace(given, reviewer=who, reviewer_label=label, codebook_version=codebook_version()), found, pair)]

    records = add_records(workspace.curated_dir, choose)
    return Outcome(records, state_of(_find(pairs, item)[1], [*before, *records]), tuple(told))


def _find(pairs: Iterable[ReviewPair], item: str) -> tuple[ReviewPair, Item]:
    for pair in pairs:
        if found := pair.find(item):
            return pair, found
    raise BadDecision(
        where=item[:120],
        found="no such item in this workspace",
        expected="an id of the review queue, such as LOWER.27--UPPER.5.2.s1",
        fix="build again (zhengmai build) and take the id from the queue",
        zh="没有这一对应关系，请重新构建后再选。",
    )


def _records_about(pair: ReviewPair, item: Item, records: Iterable[Record]) -> list[Record]:
    """Return the records about an item's words (their key is its own), where those words do not rather stand elsewhere too."""
    same = (r for r in records if r.key == item.key and (r.lower, r.upper) == (pair.lower, pair.upper))
    return [record for record in same if (there := find_item(pair, record)[0]) and there.id == item.id]


def _since(item: Item, records: Sequence[Record], seen: str) -> list[Record]:
    """Return the records written since a version was seen; refuse when the words themselves are others now."""
    if not seen:
        return []
    for count in range(len(records) + 1):
        if state_of(item, records[:count]).version == seen:
            return list(records[count:])
    raise BadDecision(
        where=item.id,
        found="other words than those that were shown",
        expected="the words of the current graph",
        fix="look at it again: the graph was built anew since",
        zh="所判断的文字已变，请刷新后重新判断。",
    )


def undo(workspace: Workspace, *, reviewer: str, on: str, record: str = "") -> Outcome | None:
    """Take back a reviewer's last word (or the record named); it stays in the file, followed by its withdrawal. None when there is none.

    :raises BadDecision: when the named record is not this reviewer's, or was taken back before.
    """
    who, label = reviewer_id(reviewer)
    back: list[Record] = []

    def choose(log: Log) -> list[Record]:
        gone = {r.withdraws for r in log.records}
        own = [r for r in log.records if r.reviewer == who and r.record_kind != "withdrawal" and r.id not in gone]
        named = [r for r in own if record in ("", r.id)]
        if record and not named:
            raise BadDecision(
                where=record,
                found="no decision of this reviewer that still stands",
                expected="one of their own",
                fix="a reviewer takes back only their own decisions",
                zh="只能撤回本人尚未撤回的意见。",
            )
        back[:] = named[-1:]
        return [replace(r, id="", record_kind="withdrawal", withdraws=r.id, on=on, reviewer_label=label) for r in back]

    records = add_records(workspace.curated_dir, choose)
    if not records:
        return None
    for settled in settled_pairs(workspace, pair=(back[0].lower, back[0].upper)):
        item, holds = find_item(settled.pair, back[0])
        if item and holds:
            return Outcome(records, settled.states[item.id])
    return Outcome(records, State("none", "", "", "rule"))


def progress(workspace: Workspace, *, pair: tuple[str, str] | None = None, kinds: Iterable[str] = ("link",)) -> Progress:
    """Return how far the review is. An item counts as decided when somebody spoke and nobody differs."""
    wanted = set(kinds)
    states: list[State] = []
    lost: list[Record] = []
    for settled in settled_pairs(workspace, pair=pair):
        states += [state for own, state in settled.states.items() if settled.items[own].kind in wanted]
        lost += settled.lost
    there = {(p.lower, p.upper) for p in read_pairs(workspace)}
    log = read_log(workspace.curated_dir)
    if pair is None:
        lost += [r for r in log.records if (r.lower, r.upper) not in there and r.record_kind != "withdrawal"]
    decided = [s for s in states if s.decided_by != "rule" and not s.disputed and s.status != "proposed"]
    return Progress(
        items=len(states),
        decided=len(decided),
        open=sum(not s.codings and not s.adjudication for s in states),
        disputed=sum(s.disputed for s in states),
        reopened=sum(bool(s.reopened) for s in states),
        by_reviewer=dict(sorted(Counter(record.reviewer for s in states for record in s.codings).items())),
        by_status=dict(sorted(Counter(s.decided_by if s.status == "accepted" else s.status for s in states).items())),
        lost=tuple(lost),
        faults=log.faults,
    )
