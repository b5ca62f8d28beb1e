"""A table that came back from reviewers, into the decisions file: every good row or none of the writing, every bad row named.

Each row stands alone: one that cannot be used is refused with its place and costs no other. What is good is written in one go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lineage.records import Quote
from lineage.relation import codebook_version
from lineage.review.check import checked
from lineage.review.log import Log, add_records, read_log
from lineage.review.pairs import ReviewPair, read_pairs
from lineage.review.people import reviewer_id
from lineage.review.reading import GivenRow, GivenTable, read_table
from lineage.review.records import Fault, Item, Record, RecordKind
from lineage.review.refusals import Refused, coded, refuse_damage, stale, unknown, unplaced
from lineage.review.settle import Settled, find_item, settle
from lineage.review.sheet import MACHINE_ROW
from lineage.review.table import COLUMNS, NO_TERM, from_cells, is_day, join_quotes, one_line, split_quotes, to_cells
from zhengmai.errors import BadDecision
from zhengmai.workspace import Workspace

NO_KEY = "k-000000000000-000000000000"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a table: records written, rows that said nothing new, rows refused, columns not used."""

    records: tuple[Record, ...]
    unchanged: int
    refused: tuple[Fault, ...]
    not_used: tuple[str, ...]


def import_table(
    workspace: Workspace, path: Path, *, reviewer: str = "", on: str = "", adjudicate: bool = False, dry_run: bool = False
) -> Taken:
    """Take the decisions of a table into the workspace; nothing is written twice when the same table comes again.

    ``reviewer`` and ``on`` stand for rows that do not name their own; ``adjudicate`` makes what is filled in
    adjudications between reviewers who differ. Records of another copy of the workspace are taken as they are.

    :raises BadReviewFile: when the file is no table of decisions.
    :raises BadDecision: when ``reviewer`` or ``on`` is none.
    """
    who = reviewer_id(reviewer) if reviewer else None
    if on and not is_day(on):
        raise BadDecision(where="--date", found=repr(on), expected="a day as 2026-01-31", fix="write it so", zh="日期应写作 2026-01-31。")
    table = read_table(path)
    taken = _Intake(read_pairs(workspace), who, on, "adjudication" if adjudicate else "coding")
    if dry_run:
        taken.choose(table, read_log(workspace.curated_dir))
        return Taken(tuple(taken.good), taken.unchanged, tuple(taken.refused), table.not_used)
    records = add_records(workspace.curated_dir, lambda log: taken.choose(table, log))
    return Taken(records, taken.unchanged, tuple(taken.refused), table.not_used)


class _Intake:
    """The rows of one table held against the workspace as it is while the lock is held."""

    def __init__(self, pairs: Sequence[ReviewPair], who: tuple[str, str] | None, on: str, kind: RecordKind) -> None:
        self.pairs = {(pair.lower, pair.upper): pair for pair in pairs}
        self.who, self.on, self.kind = who, on, kind
        self.good: list[Record] = []
        self.refused: list[Fault] = []
        self.unchanged = 0

    def choose(self, table: GivenTable, log: Log) -> list[Record]:
        self.known = {record.id: record for record in log.records}
        self.settled: dict[tuple[str, str], Settled] = {}
        self.log = log
        self.said: dict[tuple[str, str], tuple[Record, str]] = {}
        for row in table.rows:
            try:
                record = self.record(row)
            except Refused as error:
                self.refuse(row, error.zh, error.en)
            except BadDecision as error:
                self.refuse(row, error.zh or error.found, f"found {error.found}, expected {error.expected}")
            else:
                self.keep(row, record)
        return self.good

    def keep(self, row: GivenRow, record: Record | None) -> None:
        if record is None:
            self.unchanged += 1
            return
        if not record.id:
            first = self.said.setdefault((record.item, record.reviewer), (record, _place(row)[0]))
            if first[0] is not record:
                if _same_said(first[0], record):
                    self.unchanged += 1
                else:
                    zh = f"同一事项在本表中已判断过（{first[1]}），结论不同"
                    self.refuse(row, zh, f"decided otherwise in this table already ({first[1]})")
                return
        self.good.append(record)

    def refuse(self, row: GivenRow, zh: str, en: str) -> None:
        place_zh, place_en = _place(row)
        self.refused.append(Fault(row.at, f"{place_zh}：{zh.rstrip('。')}。", f"{place_en}: {en.rstrip('.')}."))

    def record(self, row: GivenRow) -> Record | None:
        """Return what a row says, None when it says nothing new.

        :raises Refused: when it cannot be used.
        """
        refuse_damage(row)
        own = row.text("record_id")
        is_record = bool(row.text("record_kind")) or (own and not own.startswith(MACHINE_ROW))
        return self.foreign_record(row) if is_record else self.filled_in(row)

    def foreign_record(self, row: GivenRow) -> Record | None:
        """A record as it stands: known already, or of another copy of the workspace."""
        made = from_cells({**{name: row.text(name) for name in COLUMNS}, **coded(row)}, row.at)
        if isinstance(made, Fault):
            raise Refused(*unplaced(made))
        if made.id in self.known:
            known = self.known[made.id]
            if made != known and _shown(made) != _shown(known):
                raise Refused(
                    f"记录 {made.id} 已存在且内容不同；记录永不改动，改变看法请在复核表中另填一行",
                    f"{made.id} is on file with other words; records are never changed: fill in the item's own row instead",
                )
            return None
        pair = self.pair(made.lower, made.upper)
        item, holds = _there(pair, made)
        if not holds:
            raise stale(item, made.task_label, made.provision_label)
        self.known[made.id] = made
        return made

    def filled_in(self, row: GivenRow) -> Record | None:
        """An item's row with what a person wrote into it."""
        words = coded(row)
        if not words["decision"] and not words["relation"] and not words["gap_reason"]:
            return None
        item, pair = self.item(row)
        state = self.state_of_pair(pair).state(item)
        blind = row.text("blind") == "yes"
        relation_changed = words["relation"] not in ("", item.relation, state.relation) and not blind
        reason_changed = item.kind == "gap" and words["gap_reason"] not in ("", item.reason, state.reason) and not blind
        if not words["decision"]:
            if not relation_changed and not reason_changed:
                if blind:
                    raise Refused("只填了类型，没有复核判断", "a relation without a decision")
                return None
            words["decision"] = "edited" if item.kind == "link" and item.status != "none" else "accepted"
        who = self.reviewer(row)
        is_link = item.kind == "link"
        given = Record(
            id="", record_kind=self.kind, kind=item.kind, lower="", upper="", task="", provision="", key="", decision=words["decision"],  # type: ignore[arg-type]
            reviewer=who[0], reviewer_label=who[1], on=self.day(row), relation=words["relation"] if is_link else "",
            reason=words["gap_reason"] if item.kind == "gap" else "", comment=row.text("comment"), blind=blind,
            codebook_version=codebook_version(), sample=row.text("sample"),
            task_quotes=_quotes(row, "match_string", item.task_evidence, blind),
            provision_quotes=_quotes(row, "object_match_string", item.provision_evidence, blind),
        )  # fmt: skip
        record = checked(given, item, pair)
        if self.kind == "adjudication":
            if len(state.codings) < 2:
                raise Refused("尚无两人以上的复核意见，无需裁定", "fewer than two reviewers have spoken: nothing to adjudicate")
            return None if state.adjudication and _same_said(state.adjudication, record) else record
        mine = next((r for r in state.codings if r.reviewer == record.reviewer), None)
        return None if mine and _same_said(mine, record) else record

    def item(self, row: GivenRow) -> tuple[Item, ReviewPair]:
        """Return the item a row is about.

        :raises Refused: for ids that are none, that the workspace lacks, that contradict each other, or whose words have changed.
        """
        cells = {name: row.text(name) for name in ("subject_id", "object_id", "subject_source", "object_source", "content_key")}
        cells |= {"record_id": "review:x", "decision": "accepted", "reviewer_id": "person:x", "review_date": "2000-01-01"}
        cells["content_key"] = cells["content_key"] or NO_KEY
        cells["subject_source"] = cells["subject_source"] or self.only_lower(cells)
        made = from_cells(cells, row.at)
        if isinstance(made, Fault):
            raise Refused(*unplaced(made))
        pair = self.pair(made.lower, made.upper)
        for name, own in (("task", made.task), ("provision", made.provision)):
            if row.text(name) and own and row.text(name) != own:
                raise Refused(
                    f"“{row.text(name)}”与标识中的“{own}”不符，可能被表格软件改动",
                    f"{row.text(name)!r} beside an id that says {own!r}; a spreadsheet may have changed it",
                )
        item, holds = _there(pair, made)
        if not holds and row.text("content_key"):
            raise stale(item, row.text("subject_label"), row.text("object_label"))
        return item, pair

    def only_lower(self, cells: dict[str, str]) -> str:
        """Return the lower document of a gap whose row does not name it, where the upper one has no other."""
        upper = cells["object_id"].partition("/")[0].removeprefix("doc:")
        lowers = [lower for lower, above in self.pairs if above == upper]
        return f"doc:{lowers[0]}" if cells["subject_id"] == NO_TERM and len(lowers) == 1 else ""

    def pair(self, lower: str, upper: str) -> ReviewPair:
        found = self.pairs.get((lower, upper))
        if found is None:
            shown = "、".join(f"{a} → {b}" for a, b in self.pairs) or "（尚未构建）"
            raise Refused(
                f"工作区没有 {lower} 与 {upper} 这一对文件；现有：{shown}",
                f"the workspace holds no pair {lower}, {upper}; it has {shown if self.pairs else 'none: run zhengmai build'}",
            )
        return found

    def state_of_pair(self, pair: ReviewPair) -> Settled:
        name = (pair.lower, pair.upper)
        if name not in self.settled:
            self.settled[name] = settle(pair, self.log.records)
        return self.settled[name]

    def reviewer(self, row: GivenRow) -> tuple[str, str]:
        own = row.text("reviewer_id") or row.text("reviewer_label")
        if own:
            found = reviewer_id(own)
            return found[0], row.text("reviewer_label") or found[1]
        if self.who is None:
            raise Refused("未写明复核人，请用 --reviewer 指明", "nobody's name to it; add --reviewer NAME")
        return self.who

    def day(self, row: GivenRow) -> str:
        own = row.text("review_date") or self.on
        if not own:
            raise Refused("没有复核日期，请用 --date 指明", "no review date; add --date")
        return own


def _there(pair: ReviewPair, record: Record) -> tuple[Item, bool]:
    """Return the item a row names, and whether its words are those the row is about.

    :raises Refused: for an id that there is none of, with where the words stand now, if they do.
    """
    item, holds = find_item(pair, record)
    for own, texts in ((record.task, pair.tasks), (record.provision, pair.provisions)):
        if own and own not in texts:
            raise unknown(own, item.id if item and holds else "")
    assert item is not None
    return item, holds


def _quotes(row: GivenRow, name: str, machine: Sequence[Quote], blind: bool) -> tuple[str, ...]:
    """Return the quotes a person put in the place of the machine's; () where they are the machine's own."""
    given = row.text(name)
    return () if blind or one_line(given) == one_line(join_quotes(q.quote for q in machine)) else split_quotes(given)


def _place(row: GivenRow) -> tuple[str, str]:
    sheet = (f"“{row.sheet}”", f"sheet {row.sheet!r}, ") if row.sheet else ("", "")
    return f"{sheet[0]}第 {row.at} 行", f"{sheet[1]}row {row.at}"


def _same_said(one: Record, other: Record) -> bool:
    def said(r: Record) -> tuple[object, ...]:
        return r.key, r.decision, r.relation, r.reason, r.comment, r.task_quotes, r.provision_quotes

    return said(one) == said(other)


def _shown(record: Record) -> dict[str, str]:
    return {name: one_line(value) for name, value in to_cells(replace(record, task_label="", provision_label="")).items()}
