"""How right the machine is and how well reviewers agree, from the decisions alone.

The truth about an item is what people settled: an adjudication, or what all who spoke say. What is unsure, disputed or reopened counts on
neither side and is counted apart. Agreement is told from *first* codings, before anybody saw what others said. The machine's word is the
one that stood when the decision was made.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from lineage.review.desk import settled_pairs
from lineage.review.records import Item, Record, State
from lineage.review.sample import NEAR, Stratum, band
from lineage.review.statistics import Interval, bootstrap, cohens_kappa, krippendorffs_alpha, wilson
from zhengmai.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Share:
    """``right`` of ``of``, with its 95% Wilson interval. ``value`` is weighted by strata where it comes from a sample."""

    right: int
    of: int
    value: float | None
    interval: Interval


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a random sample says of all links and non-links: how many were missed, and what share of all links was found.

    ``covers_links`` and ``covers_others`` are the shares of all links, and of all that was not linked, in strata with settled decisions:
    below 1 the sample is not finished, and the figures hold for that part alone.
    """

    seed: int
    decided: int
    precision: Share
    recall: float | None
    recall_interval: Interval
    missed: float
    covers_links: float
    covers_others: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far reviewers agree. ``who`` are two for κ, all for α; ``on`` decision, or relation (the decision with its relation)."""

    who: tuple[str, ...]
    on: str
    units: int
    agreed: int
    coefficient: str
    value: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a review. ``precision`` is by group (all, status, band, relation) over every settled link, drawn or not.
    ``names`` are those of the reviewers by id. A disagreement is one about the decision or about the relation.
    """

    settled: int
    undecided: int
    blind: int
    codings: int
    precision: tuple[tuple[str, str, Share], ...]
    relation: Share
    gaps: Share
    estimates: tuple[Estimate, ...]
    agreements: tuple[Agreement, ...]
    machine_table: tuple[tuple[str, str, int], ...]
    reviewer_tables: tuple[tuple[str, str, tuple[tuple[str, str, int], ...]], ...]
    disagreements: tuple[tuple[Item, State], ...]
    names: dict[str, str]


def make_report(workspace: Workspace, *, seed: int = 0, pair: tuple[str, str] | None = None, times: int = 1000) -> Report:
    """Return the figures of a workspace's review, or of one pair (lower slug, upper slug); ``seed`` is that of the intervals."""
    cases = [
        (s.items[own], state)
        for s in settled_pairs(workspace, pair=pair)
        for own, state in s.states.items()
        if state.codings and s.items[own].kind != "pair"
    ]
    truths = [(item, state, truth) for item, state in cases if (truth := truth_of(state)) is not None]
    links = [(item, state, truth) for item, state, truth in truths if item.kind == "link" and _was_link(state)]
    firsts = [record for _, state in cases for record in state.firsts]
    return Report(
        settled=len(truths),
        undecided=len(cases) - len(truths),
        blind=sum(record.blind for record in firsts),
        codings=len(firsts),
        precision=tuple(_precision(links)),
        relation=_share(_label(state) == _machine(state).machine_relation for _, state, truth in links if truth and _label(state)),
        gaps=_share(truth for item, _, truth in truths if item.kind == "gap"),
        estimates=tuple(_estimates(truths)),
        agreements=tuple(agreements([state.firsts for _, state in cases], seed=seed, times=times)),
        machine_table=_table((_machine(state).machine_relation, _label(state) if truth else "rejected") for _, state, truth in links),
        reviewer_tables=tuple(_reviewer_tables([state.firsts for _, state in cases])),
        disagreements=tuple((item, state) for item, state in cases if len({_said(r, relation=True) for r in state.firsts}) > 1),
        names={record.reviewer: record.reviewer_label or record.reviewer for record in firsts},
    )


def truth_of(state: State) -> bool | None:
    """Return whether people hold an item true; None while they have not settled it."""
    if state.disputed or state.decided_by == "rule" or state.status not in ("accepted", "rejected"):
        return None
    return state.status == "accepted"


def _machine(state: State) -> Record:
    return state.decisive or state.codings[-1]


def _was_link(state: State) -> bool:
    return _machine(state).machine_status in ("accepted", "proposed")


def _label(state: State) -> str:
    """Return the relation people settled on; "" where none named one."""
    last = state.decisive
    return last.relation if last else ""


def _share(values: Iterable[bool]) -> Share:
    counted = list(values)
    right, of = sum(counted), len(counted)
    return Share(right, of, right / of if of else None, wilson(right, of))


def _precision(links: Sequence[tuple[Item, State, bool]]) -> Iterable[tuple[str, str, Share]]:
    yield "all", "", _share(truth for *_, truth in links)
    for name, group in (
        ("status", lambda r: r.machine_status),
        ("band", lambda r: band(r.confidence)),
        ("relation", lambda r: r.machine_relation),
    ):
        parts: defaultdict[str, list[bool]] = defaultdict(list)
        for _, state, truth in links:
            parts[group(_machine(state))].append(truth)
        yield from ((name, part, _share(values)) for part, values in sorted(parts.items()))


def _estimates(truths: Sequence[tuple[Item, State, bool]]) -> Iterable[Estimate]:
    """One estimate a sample (a seed). A non-link that people say is one, is a link that was missed."""
    samples: defaultdict[int, defaultdict[Stratum, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for _, state, truth in truths:
        for stratum in _strata(state):
            samples[stratum.seed][stratum].append(truth if stratum.kind in ("link", NEAR) else not truth)
    return [_estimate(seed, right) for seed, right in sorted(samples.items())]


def _strata(state: State) -> set[Stratum]:
    return {stratum for record in state.firsts if (stratum := Stratum.read(record.sample))}


def _estimate(seed: int, right: Mapping[Stratum, Sequence[bool]]) -> Estimate:
    links = [(s, sum(right[s]), len(right[s])) for s in sorted(right, key=str) if s.kind == "link"]
    others = [(s, sum(right[s]), len(right[s])) for s in sorted(right, key=str) if s.kind != "link"]
    precision = stratified([(s.size, hits, of) for s, hits, of in links])
    size = sum(s.size for s, *_ in links)
    found, found_low, found_high = (size * x for x in (precision.value or 0.0, *precision.interval))
    missed = sum(s.size * hits / of for s, hits, of in others)
    bounds = [(s.size, wilson(hits, of)) for s, hits, of in others]
    missed_low, missed_high = (sum(n * interval[side] for n, interval in bounds) for side in (0, 1))
    known = bool(others and links)
    return Estimate(
        seed=seed,
        decided=sum(of for *_, of in (*links, *others)),
        precision=precision,
        recall=found / (found + missed) if known and found + missed else None,
        recall_interval=(_ratio(found_low, missed_high), _ratio(found_high, missed_low)) if known else (0.0, 1.0),
        missed=missed,
        covers_links=size / links[0][0].of if links else 0.0,
        covers_others=sum(s.size for s, *_ in others) / others[0][0].of if others else 0.0,
    )


def _ratio(part: float, rest: float) -> float:
    return part / (part + rest) if part + rest else 0.0


def stratified(parts: Sequence[tuple[int, int, int]]) -> Share:
    """Return a share over strata given as (size, right, decided): weighted by size, its interval a Wilson interval for the number of
    simple draws that would be as precise (Korn and Graubard 1998; Franco et al. 2019, Journal of Survey Statistics and Methodology 7:334).
    """
    right, of, size = sum(r for _, r, _ in parts), sum(n for *_, n in parts), sum(s for s, *_ in parts)
    if not of:
        return Share(0, 0, None, (0.0, 1.0))
    value = sum(s / size * r / n for s, r, n in parts)
    spread = sum((s / size) ** 2 * (r / n) * (1 - r / n) / n for s, r, n in parts)
    as_many = min(float(of), value * (1 - value) / spread) if spread > 0 else float(of)
    return Share(right, of, value, wilson(value * as_many, as_many))


def _said(record: Record, *, relation: bool = False) -> str:
    """Return what a reviewer said as a category; an edit is an acceptance with another relation."""
    decision = "accepted" if record.decision == "edited" else record.decision
    return record.relation or decision if relation and decision == "accepted" else decision


def agreements(firsts: Sequence[Sequence[Record]], *, seed: int, times: int = 1000) -> Iterable[Agreement]:
    """Return κ of every two reviewers and α of all, on the decision and on the relation, over what both or more of them coded."""
    everybody = tuple(sorted({record.reviewer for records in firsts for record in records}))
    for on in ("decision", "relation"):
        for two in combinations(everybody, 2):
            pairs: Counter[tuple[str, str]] = Counter()
            for records in firsts:
                said = {r.reviewer: _said(r, relation=on == "relation") for r in records}
                if said.keys() >= set(two):
                    pairs[said[two[0]], said[two[1]]] += 1
            if pairs:
                same = sum(n for (one, other), n in pairs.items() if one == other)
                interval = bootstrap(pairs, cohens_kappa, seed=seed, times=times)
                yield Agreement(two, on, pairs.total(), same, "kappa", cohens_kappa(pairs), interval)
        units = Counter(tuple(sorted(_said(r, relation=on == "relation") for r in records)) for records in firsts if len(records) > 1)
        if units:
            same = sum(n for values, n in units.items() if len(set(values)) == 1)
            interval = bootstrap(units, krippendorffs_alpha, seed=seed, times=times)
            yield Agreement(everybody, on, units.total(), same, "alpha", krippendorffs_alpha(units), interval)


def _table(cells: Iterable[tuple[str, str]]) -> tuple[tuple[str, str, int], ...]:
    return tuple((one, other, count) for (one, other), count in sorted(Counter(cells).items()))


def _reviewer_tables(firsts: Sequence[Sequence[Record]]) -> Iterable[tuple[str, str, tuple[tuple[str, str, int], ...]]]:
    """The confusion table of every two reviewers: what one said, what the other said, how often."""
    for one, other in combinations(sorted({record.reviewer for records in firsts for record in records}), 2):
        said = [{r.reviewer: _said(r, relation=True) for r in records} for records in firsts]
        cells = _table((s[one], s[other]) for s in said if s.keys() >= {one, other})
        if cells:
            yield one, other, cells
