"""What follows from all that was said: where each item stands.

A record finds its item by the words it was about (:mod:`lineage.review.keys`), so it survives ids that moved; where the words under it
have changed it counts for nothing and is shown as reopened. What holds: an adjudication; else what all reviewers say who said
something; where they differ the item is disputed and stands as proposed until somebody adjudicates. ``edited`` is an acceptance
with another relation or other quotes.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lineage.review.keys import split_key
from lineage.review.pairs import ReviewPair
from lineage.review.records import DecidedBy, Item, Record, State, Status

_STATUS: dict[str, Status] = {"accepted": "accepted", "edited": "accepted", "rejected": "rejected", "unsure": "proposed"}


@dataclass(frozen=True)
class Settled:
    """The items of a pair with where each stands: those the machine made and those people decided on beside them.

    ``lost`` are records about words that neither their ids nor any others hold now.
    """

    pair: ReviewPair
    items: dict[str, Item]
    states: dict[str, State]
    lost: tuple[Record, ...] = ()

    def state(self, item: Item) -> State:
        """Return where an item stands, also one nobody spoke about and the machine did not make."""
        return self.states.get(item.id) or state_of(item, ())


def settle(pair: ReviewPair, records: Iterable[Record]) -> Settled:
    """Return where the items of a pair stand, given all records of the workspace in order."""
    about: defaultdict[str, list[Record]] = defaultdict(list)
    stale: defaultdict[str, list[Record]] = defaultdict(list)
    lost: list[Record] = []
    items = dict(pair.items)
    for record in records:
        if (record.lower, record.upper) != (pair.lower, pair.upper):
            continue
        item, holds = find_item(pair, record)
        if item is None:
            lost.append(record)
            continue
        if holds or item.id in pair.items:
            items.setdefault(item.id, item)
            (about if holds else stale)[item.id].append(record)
        else:
            lost.append(record)
    states = {own: state_of(item, about.get(own, ()), stale.get(own, ())) for own, item in items.items()}
    return Settled(pair, items, states, tuple(record for record in lost if record.record_kind != "withdrawal"))


def find_item(pair: ReviewPair, record: Record) -> tuple[Item | None, bool]:
    """Return the item a record is about, and whether its words are those that were decided on.

    By its ids when the words there are the same; else where the same words stand now, if in one place only; else by its ids, changed.
    """
    item = pair.item(record.kind, record.task, record.provision)
    if item and item.key == record.key:
        return item, True
    hashes = split_key(record.key)
    if hashes:
        tasks = [""] if record.kind in ("gap", "pair") else pair.tasks_by_hash.get(hashes[0], [])
        provisions = [""] if record.kind in ("no-basis", "pair") else pair.provisions_by_hash.get(hashes[1], [])
        task = record.task if record.task in tasks else tasks[0] if len(tasks) == 1 else None
        provision = record.provision if record.provision in provisions else provisions[0] if len(provisions) == 1 else None
        if task is not None and provision is not None:
            moved = pair.item(record.kind, task, provision)
            if moved and moved.key == record.key:
                return moved, True
    return item, False


def state_of(item: Item, records: Sequence[Record], reopened: Sequence[Record] = ()) -> State:
    """Return where one item stands, given the records about its words in order."""
    gone = {record.withdraws for record in records if record.record_kind == "withdrawal"}
    said = [record for record in records if record.record_kind != "withdrawal" and record.id not in gone]
    firsts: dict[str, Record] = {}
    codings: dict[str, Record] = {}
    for record in said:
        if record.record_kind == "coding":
            firsts.setdefault(record.reviewer, record)
            codings.pop(record.reviewer, None)
            codings[record.reviewer] = record
    adjudication = next((record for record in reversed(said) if record.record_kind == "adjudication"), None)
    version = hashlib.sha256("\0".join([item.key, *(record.id for record in records)]).encode()).hexdigest()[:12]
    # A person's word about words that have changed since is no longer one; the rule's own acceptance is looked at again too.
    bare: Status = "proposed" if reopened and item.status == "accepted" else item.status
    state = State(bare, item.relation, item.reason, "rule", tuple(codings.values()), tuple(firsts.values()), adjudication,
                  reopened=_still(reopened), version=version)  # fmt: skip
    if not codings and not adjudication:
        return state
    return _decided(state, item)


def _still(reopened: Sequence[Record]) -> tuple[Record, ...]:
    gone = {record.withdraws for record in reopened if record.record_kind == "withdrawal"}
    return tuple(record for record in reopened if record.record_kind != "withdrawal" and record.id not in gone)


def _decided(state: State, item: Item) -> State:
    """Apply the adjudication, or what the reviewers agree on; a new decision closes what was reopened."""
    statuses = {_STATUS[record.decision] for record in state.codings}
    if state.adjudication is None and len(statuses) > 1:
        return replace(state, status="proposed", decided_by="person", disputed=True, reopened=())
    last = state.adjudication or state.codings[-1]
    by: DecidedBy = "adjudicated" if state.adjudication else "two-persons" if len(state.codings) > 1 else "person"
    words = (last,) if state.adjudication else state.codings
    return replace(
        state,
        status=_STATUS[last.decision],
        relation=_common((record.relation for record in words), item.relation),
        reason=_common((record.reason for record in words), item.reason),
        decided_by=by,
        reopened=(),
    )


def _common(values: Iterable[str], otherwise: str) -> str:
    """Return what all say; where they differ or say nothing, the machine's."""
    said = {value or otherwise for value in values}
    return said.pop() if len(said) == 1 else otherwise
