"""People's decisions laid over what the aligner found: their word holds, whatever the rule said, and coverage follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lineage.divergence import divergences_of
from lineage.records import Link, PairResult, Quote, Uncovered, Unmatched
from lineage.review.records import Item, State, Text
from lineage.review.settle import Settled
from lineage.upper_rows import as_upper
from loaders.actors.levels import addressed_levels, level_of
from loaders.records import Extraction

METHOD = "reviewer-link"
_NOTHING = {"heading": 0.0, "text": 0.0, "order": 0.0, "numbers": 0.0}


def apply_decisions(result: PairResult, settled: Settled, upper: Extraction, lower: Extraction) -> PairResult:
    """Return a pair's result with every decision in it.

    Links people rejected stay, as rejected; links they made are added. A sentence that lost its last link becomes uncovered, one that
    gained one no longer is, and the same for tasks; a link from headings goes when its task has a sentence that people accepted.
    """
    upper = as_upper(upper)
    links = [_decided(link, settled, upper, lower) for link in result.links]
    ruled_out = result.basis.verdict == "no" and result.basis.decided_by != "rule"
    known = {(link.task, link.sentence or link.provision) for link in links}
    for own, item in settled.items.items():
        if item.kind == "link" and not ruled_out and (item.task, item.provision) not in known and _is_made(settled.states[own]):
            links.append(_made(item, settled.states[own], settled, upper, lower))
    by_people = {link.task for link in links if link.status == "accepted" and link.sentence and link.decided_by != "rule"}
    links = [link for link in links if link.sentence or link.task not in by_people or link.decided_by != "rule"]
    order = {task: at for at, task in enumerate(settled.pair.tasks)}
    links.sort(key=lambda link: (order[link.task], link.provision, link.sentence or ""))
    return replace(
        result,
        links=tuple(links),
        divergences=divergences_of(upper, lower, links, result.counterparts),
        uncovered=_uncovered(result, links, settled, upper, lower),
        unmatched=_unmatched(result, links, order),
    )


def _decided(link: Link, settled: Settled, upper: Extraction, lower: Extraction) -> Link:
    item = settled.pair.item("link", link.task, link.sentence or link.provision)
    state = settled.states[item.id] if item else None
    if item is None or state is None or (state.decided_by == "rule" and not state.reopened):
        return link
    status = state.status if state.status != "none" else link.status
    task, provision = _quotes(state, item, settled, upper, lower)
    return replace(
        link,
        status=status,
        decided_by=state.decided_by,
        relation=state.relation or link.relation,  # type: ignore[arg-type]
        task_evidence=task or link.task_evidence,
        provision_evidence=provision or link.provision_evidence,
    )


def _is_made(state: State) -> bool:
    """A pair the machine left alone becomes a link when people accept it, or some do and others do not."""
    accepts = any(record.decision in ("accepted", "edited") for record in state.codings)
    return state.status == "accepted" or (state.disputed and accepts)


def _made(item: Item, state: State, settled: Settled, upper: Extraction, lower: Extraction) -> Link:
    task, provision = _quotes(state, item, settled, upper, lower)
    texts = settled.pair.provisions
    is_sentence = texts[item.provision].level == "sentence"
    relation = state.relation or next((r.relation for r in state.codings if r.relation), "") or "adapted"
    return Link(
        task=item.task,
        provision=item.provision.rpartition(".")[0] if is_sentence else item.provision,
        sentence=item.provision if is_sentence else None,
        relation=relation,  # type: ignore[arg-type]
        structure="one-to-one",
        confidence=1.0 if state.status == "accepted" else 0.5,
        status="accepted" if state.status == "accepted" else "proposed",
        method=METHOD,
        features=dict(_NOTHING),
        task_evidence=task or _whole(settled.pair.tasks[item.task], lower.text),
        provision_evidence=provision or _whole(texts[item.provision], upper.text),
        decided_by=state.decided_by,
    )


def _quotes(
    state: State, item: Item, settled: Settled, upper: Extraction, lower: Extraction
) -> tuple[tuple[Quote, ...], tuple[Quote, ...]]:
    """Return where the words that reviewers marked stand now; () where they marked none."""
    last = state.decisive
    if last is None or not item.task or not item.provision:
        return (), ()
    return (
        _located(last.task_quotes, settled.pair.tasks[item.task], lower.text),
        _located(last.provision_quotes, settled.pair.provisions[item.provision], upper.text),
    )


def _whole(side: Text, text: str) -> tuple[Quote, ...]:
    return tuple(Quote(start, end, text[start:end]) for start, end in side.spans if start < end)


def _located(quotes: Sequence[str], side: Text, text: str) -> tuple[Quote, ...]:
    found = []
    for quote in quotes:
        wanted = "".join(quote.split())
        for start, end in side.spans:
            at = [i for i in range(start, end) if not text[i].isspace()]
            begin = "".join(text[i] for i in at).find(wanted)
            if wanted and begin >= 0:
                first, last = at[begin], at[begin + len(wanted) - 1] + 1
                found.append(Quote(first, last, text[first:last]))
                break
    return tuple(sorted(found, key=lambda quote: quote.start))


def _uncovered(result: PairResult, links: Sequence[Link], settled: Settled, upper: Extraction, lower: Extraction) -> tuple[Uncovered, ...]:
    covered = {link.sentence for link in links if link.status != "rejected"}
    gaps = {gap.sentence: _with_reason(gap, settled) for gap in result.uncovered if gap.sentence not in covered}
    own = level_of(lower)
    for link in links:
        if link.sentence and link.sentence not in covered and link.sentence not in gaps:
            levels = addressed_levels(settled.pair.provisions[link.sentence].words)
            bound = not levels or "all" in levels or own in levels
            reason = "level-unclear" if not levels or own is None else "none-found" if bound else "addressed-to-other-level"
            gap = Uncovered(link.sentence, link.provision, reason, "|".join(levels) or None, link.task, link.confidence)  # type: ignore[arg-type]
            gaps[link.sentence] = _with_reason(gap, settled)
    order = {own: at for at, own in enumerate(settled.pair.provisions)}
    return tuple(sorted(gaps.values(), key=lambda gap: order[gap.sentence]))


def _with_reason(gap: Uncovered, settled: Settled) -> Uncovered:
    item = settled.pair.item("gap", "", gap.sentence)
    state = settled.states.get(item.id) if item else None
    return replace(gap, reason=state.reason) if state and state.status == "accepted" and state.reason else gap  # type: ignore[arg-type]


def _unmatched(result: PairResult, links: Sequence[Link], order: dict[str, int]) -> tuple[Unmatched, ...]:
    linked = {link.task for link in links if link.status != "rejected"}
    left = {task.task: task for task in result.unmatched if task.task not in linked}
    for link in links:
        if link.task not in linked and link.task not in left:
            left[link.task] = Unmatched(link.task, "below-threshold")
    return tuple(sorted(left.values(), key=lambda task: order[task.task]))
