"""Chains, and what changed when a document between came in, as N-Quads in the graph ``chains``.

A chain's IRI names every document it passes, so that what leads over an internal one stays here with it (zhengmai/access.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lineage.chains import Chain, Corpus, Step
from lineage.levels import LevelChange
from lineage.pair_nodes import Pair
from loaders.describe import iris
from loaders.describe.nquads import Sheet, decimal, integer, iri, safe
from ontology.terms import ZM

_NAMED = 10  # links that are spelt out


def describe_chains(chains: Sequence[Chain], corpus: Corpus, changes: Sequence[LevelChange]) -> list[str]:
    """Return the sorted N-Quads of every chain; one that takes the place of a direct link names that alignment."""
    sheet = Sheet(f"{iris.GRAPH}chains")
    replaced = {(c.upper, c.lower, *pair) for c in changes for pair in c.replaced}
    numbers: dict[str, int] = {}
    pairs: dict[tuple[str, str], Pair] = {}
    for chain in chains:
        first, last = chain.steps[0], chain.steps[-1]
        between = "".join(f"--{step.upper}" for step in chain.steps[:-1])
        ends = f"{first.lower}.{safe(first.task)}{between}--{last.upper}.{safe(last.sentence or '')}"
        numbers[ends] = numbers.get(ends, 0) + 1
        node = f"{iris.ID}chain/{ends}/{numbers[ends]}"
        sheet.a(node, ZM.LineageChain)
        sheet.add(node, ZM.chainFrom, iri(_pair(pairs, first, corpus).task(first.task)))
        sheet.add(node, ZM.chainTo, iri(_pair(pairs, last, corpus).provision(last.sentence or "")))
        for step in chain.steps:
            sheet.add(node, ZM.hasLink, iri(iris.alignment(step.lower, step.task, step.upper, step.sentence or "")))
        sheet.add(node, ZM.weakestConfidence, decimal(chain.weakest.link.confidence))
        sheet.add(node, ZM.linkCount, integer(len(chain.steps)))
        sheet.add(node, ZM.linksByPeople, integer(chain.by_people))
        sheet.add(node, ZM.linksProposed, integer(chain.proposed))
        if (last.upper, first.lower, first.task, last.sentence or "") in replaced:
            sheet.add(node, ZM.replacesLink, iri(iris.alignment(first.lower, first.task, last.upper, last.sentence or "")))
    return sorted(set(sheet.lines))


def describe_restored(change: LevelChange) -> list[str]:
    """Return, for each direct link that is back, what people rejected of the way that had taken its place: a link, or a whole pair."""
    sheet = Sheet(f"{iris.GRAPH}alignment/{change.lower}--{change.upper}")
    for (task, sentence), cuts in change.restored:
        for cut in cuts:
            pair = f"{iris.ID}pair/{cut.lower}--{cut.upper}"
            cause = iris.alignment(cut.lower, cut.task, cut.upper, cut.sentence) if cut.task else pair
            sheet.add(iris.alignment(change.lower, task, change.upper, sentence), ZM.restoredBecause, iri(cause))
    return sorted(set(sheet.lines))


def change_words(changes: Sequence[LevelChange], titles: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return one line a pair, in both languages, that says what became of its direct links."""
    found = []
    for c in changes:
        names, gone, left = "、".join(titles[m] for m in c.through), len(c.replaced), len(c.left)
        zh, en = f"“{titles[c.lower]}”与“{titles[c.upper]}”", f"{titles[c.lower]} and {titles[c.upper]}"
        if c.through:
            zh += f"之间已收录“{names}”：{gone} 条越级对应改为逐级，{left} 条在中间文件中未见，留待复核"
            en += f": {names} is held between them; {gone} direct links now go over it, {left} are not in it and await review"
        if c.restored:
            back = "、".join(f"{task}→{sentence}" for (task, sentence), _ in c.restored[:_NAMED])
            back += "…" if len(c.restored) > _NAMED else ""
            zh += f"；逐级对应经人工否定，恢复越级对应 {len(c.restored)} 条（{back}）"
            en += f"; people rejected the way between, {len(c.restored)} direct links are back ({back})"
        found.append((f"{zh}。", f"{en}."))
    return found


def _pair(pairs: dict[tuple[str, str], Pair], step: Step, corpus: Corpus) -> Pair:
    key = (step.upper, step.lower)
    if key not in pairs:
        pairs[key] = Pair(corpus[step.upper], step.upper, corpus[step.lower], step.lower)
    return pairs[key]
