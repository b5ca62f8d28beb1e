"""Binding words that changed, by the tiers of the lexicon: 应当 → 可以 binds less, 鼓励 → 必须 more, 原则上 loosens whatever binds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from lineage.divergence.reading import Reading
from lineage.duty_words import DutyWord, binding_rank, duty_words, lexicon_version
from lineage.fold import fold_plain
from lineage.local_names import body_names
from lineage.records import Change, Divergence, Link, Quote

RULE = "duty-word-lexicon"
_NOTHING = Quote(0, 0, "")
MOST_BESIDE = 4  # folded characters of a changed stretch that are neither duty words nor names of bodies


def duty_divergences(reading: Reading) -> Iterator[Divergence]:
    """Yield one record for each place where the binding words of a link differ, or one with the words where they bind alike."""
    for link in reading.links:
        sentence = reading.sentence(link)
        above = _moved(duty_words(sentence.text), sentence.place.start or 0)
        here = [w for start, end in reading.homes(link) for w in _moved(duty_words(reading.lower.text[start:end]), start)]
        told: set[int] = set()
        bound_alike = binding_rank(above) == binding_rank(here) and len(_hedges(above)) == len(_hedges(here))
        own = reading.stretches(link.task)
        for upper, lower, change in _places(link, above, here):
            if change.lower.quote and not any(a <= change.lower.start < b for a, b in own):
                continue  # a sibling's words: told with its link
            if bound_alike and not (upper and lower):
                continue  # the word stands elsewhere: 各地要…统筹考虑 → 建设，要统筹考虑
            records = [d for d in _compare(link, change, upper, lower) if not told & {q.start for q in d.lower or d.upper}]
            told |= {q.start for d in records for q in d.lower or d.upper}
            yield from records
        if not told and (same := _unchanged(link, above, here)):
            yield same


Place: TypeAlias = "tuple[list[DutyWord], list[DutyWord], Change]"


def _places(link: Link, above: Sequence[DutyWord], here: Sequence[DutyWord]) -> list[Place]:
    """Return the changes that touch binding words; a word that went and one that came are one place (鼓励各地 → 各地必须)."""
    found = [(_touching(above, c.upper), _touching(here, c.lower), c) for c in link.changes if not c.local_name]
    found = [(upper, lower, c) for upper, lower, c in found if _inside(upper, c.upper) or _inside(lower, c.lower)]
    alone = [p for p in found if _is_about_them(p[2], p[0], p[1])]
    gone = [p for p in alone if p[2].kind == "dropped" and not p[1]]
    come = [p for p in alone if p[2].kind == "added" and not p[0]]
    if len(gone) == len(come) == 1:
        one, other = gone[0], come[0]
        both = Change("replaced", "duty-word", one[2].upper, other[2].lower, "unclear")
        return [(one[0], other[1], both) if p is one else p for p in found if p is not other]
    return found


def _moved(found: Sequence[DutyWord], by: int) -> list[DutyWord]:
    return [replace(w, start=w.start + by, end=w.end + by) for w in found]


def _compare(link: Link, change: Change, upper: Sequence[DutyWord], lower: Sequence[DutyWord]) -> Iterator[Divergence]:
    """Yield what a change does to the binding words it touches, nothing when it is about something else or they bind alike.

    Ranks and hedges are told apart: 有条件的…可以 → 必须 binds more twice, 应当 → 原则上必须 more and less.
    """
    begun = _begins(change.upper, upper) and _begins(change.lower, lower)  # 可结合实际 → 应于6月底前
    if not (begun or _is_about_them(change, upper, lower) or (_ranked(upper) and _ranked(lower))):
        return
    ranks = binding_rank(upper), binding_rank(lower)
    hedges = len(_hedges(lower)) - len(_hedges(upper))
    step = (ranks[1] > ranks[0]) - (ranks[1] < ranks[0])
    loosened = (hedges > 0) - (hedges < 0)
    ranked = [[w for w in words if w.rank is not None] for words in (upper, lower)]
    if step and hedges and (all(ranked) or step == loosened):
        yield _record(link, change, *ranked, stronger=step > 0)
        alone = Change(change.kind, change.what, _NOTHING, _NOTHING, "unclear")
        yield _record(link, alone, _hedges(upper), _hedges(lower), stronger=hedges < 0)
    elif step or hedges:
        yield _record(link, change, upper, lower, stronger=step > 0 or (not step and hedges < 0))


def _record(link: Link, change: Change, upper: Sequence[DutyWord], lower: Sequence[DutyWord], *, stronger: bool) -> Divergence:
    ranks = binding_rank(upper), binding_rank(lower)
    parts = {"lexicon": lexicon_version(), "upper": _parts(ranks[0], upper), "lower": _parts(ranks[1], lower)}
    only_hedges = all(w.rank is None for w in (*upper, *lower))
    said = [_said(words) if words or not only_hedges else "没有限定语" for words in (upper, lower)]
    zh = f"上级{said[0]}，本级{said[1]}，约束{'加强' if stronger else '减弱'}。"
    en = f"Above {_said_en(ranks[0], upper)}, here {_said_en(ranks[1], lower)}: it binds {'more' if stronger else 'less'}."
    standing = change.what == "duty-word"  # what stands in the word's place is worth showing: 建立健全 → 根据上级要求
    placed = [tuple(Quote(w.start, w.end, w.quote) for w in words) for words in (upper, lower)]
    return Divergence(
        link.task,
        link.provision,
        link.sentence or "",
        "duty-word",
        "stronger" if stronger else "weaker",
        "tighter" if stronger else "looser",
        placed[0] or (_quote(change.upper) if standing or not placed[1] else ()),
        placed[1] or (_quote(change.lower) if standing or not placed[0] else ()),
        (zh, en),
        RULE,
        parts,
    )


def _unchanged(link: Link, above: Sequence[DutyWord], here: Sequence[DutyWord]) -> Divergence | None:
    """Return the binding words both sides have in the words that correspond, kept with their places; None where either has none."""
    upper, lower = _in_evidence(above, link.provision_evidence), _in_evidence(here, link.task_evidence)
    ranks = binding_rank(upper), binding_rank(lower)
    if not (upper and lower) or ranks[0] != ranks[1] or len(_hedges(upper)) != len(_hedges(lower)):
        return None
    parts = {"lexicon": lexicon_version(), "upper": _parts(ranks[0], upper), "lower": _parts(ranks[1], lower)}
    reason = (f"两侧约束用语等级相同：{_said(lower)}。", f"Both bind alike: {_said_en(ranks[1], lower)}.")
    return Divergence(
        link.task,
        link.provision,
        link.sentence or "",
        "duty-word",
        "same",
        "neutral",
        tuple(Quote(w.start, w.end, w.quote) for w in upper),
        tuple(Quote(w.start, w.end, w.quote) for w in lower),
        reason,
        RULE,
        parts,
    )


def _in_evidence(found: Sequence[DutyWord], evidence: Sequence[Quote]) -> list[DutyWord]:
    return [w for w in found if any(q.start <= w.start and w.end <= q.end for q in evidence)]


def _touching(found: Sequence[DutyWord], stretch: Quote) -> list[DutyWord]:
    return [w for w in found if w.start <= stretch.end and stretch.start <= w.end]


def _inside(found: Sequence[DutyWord], stretch: Quote) -> list[DutyWord]:
    return [w for w in found if w.start < stretch.end and stretch.start < w.end]


def _is_about_them(change: Change, upper: Sequence[DutyWord], lower: Sequence[DutyWord]) -> bool:
    """Are a change's words little else than duty words and names of bodies?"""
    return all(_beside(quote, found) <= MOST_BESIDE for quote, found in ((change.upper, upper), (change.lower, lower)))


def _beside(stretch: Quote, found: Sequence[DutyWord]) -> int:
    left = "".join(char for at, char in enumerate(stretch.quote, stretch.start) if not any(w.start <= at < w.end for w in found))
    plain = fold_plain(left)
    return len(plain) - sum(end - start for start, end in body_names(plain))


def _begins(stretch: Quote, found: Sequence[DutyWord]) -> bool:
    return any(w.start == stretch.start and w.rank is not None for w in found)


def _ranked(found: Sequence[DutyWord]) -> bool:
    return any(w.rank is not None and w.tier != "soft" for w in found)


def _hedges(found: Sequence[DutyWord]) -> list[DutyWord]:
    return [w for w in found if w.rank is None]


def _parts(rank: int, found: Sequence[DutyWord]) -> dict[str, Any]:
    return {"rank": rank, "words": [{"start": w.start, "end": w.end, "quote": w.quote, "tier": w.tier, "rank": w.rank} for w in found]}


def _said(found: Sequence[DutyWord]) -> str:
    return "用" + "、".join(f"“{w.quote}”" for w in found) if found else "直接用动词"


def _said_en(rank: int, found: Sequence[DutyWord]) -> str:
    return f"{'、'.join(w.quote for w in found) or 'the verb alone'} (rank {rank})"


def _quote(quote: Quote) -> tuple[Quote, ...]:
    return (quote,) if quote.quote else ()
