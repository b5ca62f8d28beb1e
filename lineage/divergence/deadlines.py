"""Time limits of tasks against those of the sentences they are linked to: each upper limit finds the task's own, or finds none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lineage.divergence.reading import Reading
from lineage.fold import fold_plain
from lineage.limits import FAMILY_WORDS, compare_limits, family, leaves, same_limit
from lineage.records import Divergence, Link, Quote
from loaders.actors.levels import addressed_levels, addressees
from loaders.deadlines import find_deadlines
from loaders.records import Deadline, FoundDeadline, Provision

RULE = "deadline-by-kind"
DIRECTION = {
    "same": "neutral",
    "earlier": "tighter",
    "new": "tighter",
    "higher": "tighter",
    "later": "looser",
    "gone": "looser",
    "lower": "looser",
    "not-comparable": "unclear",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """One time limit with its words and, where the graph has one, its node.

    ``column`` is True for the table's deadline column, and for the note of a provision (完成时限：…), whose id is then ``noted``;
    ``above`` when that provision is not the task itself but what it stands in.
    """

    deadline: Deadline
    quote: Quote
    node: tuple[str, str] | None = None
    column: bool = False
    noted: str = ""
    above: bool = False


def deadline_divergences(reading: Reading) -> Iterator[Divergence]:
    """Yield one record for each limit of either side that can be held against something."""
    for task, links in reading.by_task.items():
        own = lower_limits(reading, task)
        asked = [(link, limit) for link in links for limit in upper_limits(reading, link)] + _asked_in_notes(reading, links)
        equal = {id(limit): _equals(limit, own) for _, limit in asked}
        met = [o for found in equal.values() for o in found]
        used = list(met)
        told: list[tuple[Link, Limit, list[Limit]]] = []
        for link, limit in asked:
            partners = equal[id(limit)] or _nearest(limit, [o for o in own if _with_it(reading, link, o)], met)
            if not equal[id(limit)] and not _ours(reading, link, limit, partners):
                continue
            used += partners
            if any(one is link and same_limit(o.deadline, limit.deadline) and p == partners for one, o, p in told):
                continue  # a row above says it in its words and in its column
            told.append((link, limit, partners))
            if partners:
                yield from (_compared(link, limit, partner) for partner in partners)
            elif limit.noted or reading.carries(link, limit.quote.start, limit.quote.end):
                yield _gone(link, limit, [o for o in own if not any(o is m for m in met) and _with_it(reading, link, o)])
        yield from _new(reading, task, links, own, used, [limit for _, limit in asked])


def upper_limits(reading: Reading, link: Link) -> list[Limit]:
    """Return the time limits of a link's sentence, composite ones in parts."""
    sentence = reading.sentence(link)
    return [
        limit
        for number, found in enumerate(sentence.deadlines, 1)
        for limit in _found(reading.upper.text, found, sentence.place.start or 0, (sentence.id, f"deadline/{number}"))
        if family(limit.deadline) != "none" and not _is_of_the_thing(reading, limit)
    ]


def _is_of_the_thing(reading: Reading, limit: Limit) -> bool:
    """Return whether a date tells which things are meant, not when work is due: 2000年底前建成、失修失管的小区, in a document of 2021."""
    date, written = limit.deadline.date or "", reading.upper.meta.written_on or ""
    behind = reading.upper.text[limit.quote.end : limit.quote.end + 8]
    return bool(
        date
        and written
        and date[:4] < written[:4]
        and re.match("(?:之?前|以前)?(?:已|未)?(?:建成|建造|竣工|交付|投入使用|成立|登记|取得|签订|出生|开工|发生)", behind)
    )


def _asked_in_notes(reading: Reading, links: Sequence[Link]) -> list[tuple[Link, Limit]]:
    """Return the limits in the notes of what the links' sentences stand in, each with the link that more words carry than any other."""
    held: dict[str, Link] = {}
    for link in links:
        noted = reading.noted(reading.sentence(link))
        if noted and (noted.id not in held or _carried(link) > _carried(held[noted.id])):
            held[noted.id] = link
    found = [(link, limit) for own, link in held.items() for limit in _noted(reading.upper.text, reading.provisions[own])]
    return [(link, replace(limit, above=limit.noted != link.provision)) for link, limit in found if family(limit.deadline) != "none"]


def _carried(link: Link) -> int:
    return sum(q.end - q.start for q in link.task_evidence)


def _noted(text: str, holder: Provision) -> list[Limit]:
    limits = [limit for number, hit in enumerate(holder.deadlines, 1) for limit in _found(text, hit, 0, (holder.id, f"deadline/{number}"))]
    return [replace(limit, column=True, noted=holder.id) for limit in limits]


def lower_limits(reading: Reading, task: str) -> list[Limit]:
    """Return a task's limits: those of its deadline column or note, then those in its words that say something else."""
    row = reading.rows.get(task)
    found: list[Limit] = []
    if row and row.deadline:
        place = row.cells["deadline"].place
        start, end = place.start or 0, place.end or 0
        found += _parts(reading.lower.text, row.deadline, start, end, (task, "deadline/1"), column=True)
    if holder := reading.lower_noted(task):
        found += [replace(limit, above=holder.id != task) for limit in _noted(reading.lower.text, holder)]
    for sentence in reading.lower_sentences(task):
        for number, hit in enumerate(sentence.deadlines, 1):
            found += _found(reading.lower.text, hit, sentence.place.start or 0, (sentence.id, f"deadline/{number}"))
    if row:
        for start, end in reading.stretches(task):
            for hit in find_deadlines(reading.lower.text[start:end]):
                found += [replace(limit, node=None) for limit in _found(reading.lower.text, hit, start, (task, ""))]
    return found


def _found(text: str, hit: FoundDeadline, at: int, node: tuple[str, str]) -> list[Limit]:
    return _parts(text, hit.deadline, at + hit.start, at + hit.end, node)


def _parts(text: str, deadline: Deadline, start: int, end: int, node: tuple[str, str], *, column: bool = False) -> list[Limit]:
    """A limit, or the parts of a composite one with their own words where those can be found."""
    if not deadline.parts:
        return [Limit(deadline, Quote(start, end, text[start:end]), node, column)]
    found, after = [], start
    for number, part in enumerate(deadline.parts, 1):
        at = text.find(part.raw, after, end)
        a, b = (at, at + len(part.raw)) if at >= 0 else (start, end)
        after = b if at >= 0 else after
        found += [Limit(leaf, Quote(a, b, text[a:b]), (node[0], f"{node[1]}/part/{number}"), column) for leaf in leaves(part)]
    return found


def _equals(limit: Limit, own: Sequence[Limit]) -> list[Limit]:
    """The task's limit that says the same, the column's before that of its words; a lone other one in the column is compared beside it."""
    alike = [o for o in own if _families_meet(limit.deadline, o.deadline)]
    equal = [o for o in alike if same_limit(limit.deadline, o.deadline)]
    if not equal:
        return []
    told = next((o for o in equal if o.column), equal[0])
    others = [o for o in alike if o.column and not any(same_limit(o.deadline, e.deadline) for e in equal)]
    return [told] if told.column or len(others) != 1 else [told, *others]


def _nearest(limit: Limit, own: Sequence[Limit], met: Sequence[Limit]) -> list[Limit]:
    """The task's limit of the same family that comes nearest; one that answers to another upper limit does not answer twice."""
    alike = [o for o in own if _families_meet(limit.deadline, o.deadline) and not any(o is m for m in met)]
    chosen = [o for o in alike if o.column] or alike
    return [max(chosen, key=lambda o: _about_the_same(limit, o))] if chosen else []


def _with_it(reading: Reading, link: Link, own: Limit) -> bool:
    """Does a limit of the task hold for what the link carries? One in the words of another sentence, with a link of its own, does not."""
    if own.column or any(a <= own.quote.start < b for a, b in reading.homes(link)):
        return True
    others = [one for one in reading.by_task[link.task] if one is not link]
    return not any(a <= own.quote.start < b for one in others for a, b in reading.homes(one))


def _families_meet(upper: Deadline, lower: Deadline) -> bool:
    mine, theirs = family(upper), family(lower)
    return mine == theirs != "open" or {mine, theirs} == {"yearly", "cycle"}


def _about_the_same(upper: Limit, lower: Limit) -> int:
    """How many two-character words the outcome and triggers of two limits share."""
    one, other = (fold_plain((d.outcome or "") + "".join(d.triggers)) for d in (upper.deadline, lower.deadline))
    return len({one[i : i + 2] for i in range(len(one) - 1)} & {other[i : i + 2] for i in range(len(other) - 1)})


def _ours(reading: Reading, link: Link, limit: Limit, partners: Sequence[Limit]) -> bool:
    """Does the limit bind this level, or nobody in particular? 税务总局于2017年底前修订… binds another.

    It is held against the task's too where that calls on the same levels: 县级卫生健康部门…10个工作日, 区（县）卫生健康部门…7个工作日.
    """
    if limit.noted:
        return True
    sentence = reading.sentence(link)
    at = limit.quote.start - (sentence.place.start or 0)
    text = sentence.text
    begin = max((text.rfind(mark, 0, at) for mark in "，,；;：:。"), default=-1) + 1
    ends = [e for mark in "，,；;：:。" if (e := text.find(mark, at + len(limit.quote.quote))) >= 0]
    levels = {level for a in addressees(text[begin : min(ends, default=len(text))]) for level in a.levels}
    levels |= {limit.deadline.level} if limit.deadline.level else set()
    if not levels and begin:  # the piece names nobody: the last one named before it acts
        before = addressees(text[:begin])
        levels = set(before[-1].levels) if before else set()
    if not levels or "all" in levels or reading.level is None or reading.level in levels:
        return True
    homes = [(a, b) for a, b in reading.homes(link) if any(a <= p.quote.start < b for p in partners)]
    return any(levels & set(addressed_levels(reading.lower.text[a:b])) for a, b in homes)


def _compared(link: Link, upper: Limit, lower: Limit) -> Divergence:
    found = compare_limits(upper.deadline, lower.deadline)
    zh, en = found.reason
    if lower.column and not lower.noted and upper.deadline.kind != lower.deadline.kind and found.difference == "same":
        zh, en = zh + "本级完成时限栏的写法不同。", en + " The deadline column words it otherwise."
    return _record(link, found.difference, (upper.quote,), (lower.quote,), (zh, en), found.parts, upper, lower)


def _gone(link: Link, limit: Limit, own: Sequence[Limit]) -> Divergence:
    """A limit no words of the task repeat. What stands instead is quoted: 持续开展, a reference, or a limit of another kind."""
    column = next((o for o in own if o.column), None)
    others = [o for o in own if family(o.deadline) not in ("none", "open")]
    instead = others[0] if others else column
    if instead and family(instead.deadline) != "none":
        return _compared(link, limit, instead)
    told = limit.quote.quote
    zh, en = f"上级“{told}”的时限，本级未见。", f"The upper limit ({told}) is not found here."
    if instead:
        zh, en = zh[:-1] + f"，本级写“{instead.quote.quote}”。", en[:-1] + f"; here it says {instead.quote.quote}."
    parts = {"upper_kind": limit.deadline.kind, "lower_kind": instead.deadline.kind if instead else None}
    return _record(link, "gone", (limit.quote,), (instead.quote,) if instead else (), (zh, en), parts, limit, instead)


def _new(
    reading: Reading, task: str, links: Sequence[Link], own: Sequence[Limit], used: Sequence[Limit], asked: Sequence[Limit]
) -> Iterator[Divergence]:
    """Limits of the task that no linked sentence has, each told once."""
    told: list[Limit] = [limit for limit in own if any(limit is u for u in used)] + list(asked)
    above = "".join(fold_plain(reading.sentence(link).text) for link in links)
    for limit in own:
        kind = family(limit.deadline)
        repeated = any(same_limit(t.deadline, limit.deadline) for t in told)
        counted = kind == "cycle" and any(reading.sentence(link).frequencies for link in links)  # held against those
        if limit.above or counted or repeated or kind in ("none", "open", "start"):
            continue
        if any(limit is t for t in told) or _written_above(limit, above):
            continue
        link = _link_of(reading, task, links, limit)
        if link is None:
            continue
        told.append(limit)
        known = FAMILY_WORDS[kind]
        zh = f"上级该句没有时限，本级写明“{limit.quote.quote}”。" if not asked else f"本级另写明“{limit.quote.quote}”，上级该句没有。"
        en = f"The upper sentence sets no such limit; here it says {limit.quote.quote} ({known[1]})."
        parts = {"upper_kind": None, "lower_kind": limit.deadline.kind}
        yield _record(link, "new", (), (limit.quote,), (zh, en), parts, None, limit)


def _written_above(limit: Limit, above: str) -> bool:
    """Do the sentences have the limit's very words, though they were not read as a limit there?"""
    return fold_plain(limit.quote.quote) in above


def _link_of(reading: Reading, task: str, links: Sequence[Link], limit: Limit) -> Link | None:
    """The link a limit belongs to: the one whose lower sentence holds it; the column's goes with the strongest."""
    if limit.column:
        return reading.strongest(task)
    inside = [link for link in links if any(a <= limit.quote.start < b for a, b in reading.homes(link))]
    return max(inside, key=lambda link: sum(q.end - q.start for q in link.task_evidence)) if inside else None


def _record(
    link: Link,
    difference: str,
    upper: tuple[Quote, ...],
    lower: tuple[Quote, ...],
    reason: tuple[str, str],
    parts: Mapping[str, object],
    one: Limit | None,
    other: Limit | None,
) -> Divergence:
    noted = {f"{side}_{'inherited' if limit.above else 'noted'}": limit.noted for side, limit in _sides(one, other)}
    return Divergence(
        link.task,
        link.provision,
        link.sentence or "",
        "deadline",
        difference,
        DIRECTION[difference],  # type: ignore[arg-type]
        upper,
        lower,
        _with_notes(reason, one, other),
        RULE,
        {**parts, **noted},
        (one.node,) if one and one.node else (),
        (other.node,) if other and other.node else (),
    )


def _sides(one: Limit | None, other: Limit | None) -> list[tuple[str, Limit]]:
    return [(side, limit) for side, limit in (("upper", one), ("lower", other)) if limit and limit.noted]


def _with_notes(reason: tuple[str, str], one: Limit | None, other: Limit | None) -> tuple[str, str]:
    """Say beside a reason which limit stands in a note, and in whose: a section's holds for what stands in it."""
    zh, en = reason
    for side, limit in _sides(one, other):
        name, who = {"upper": ("上级", "upper"), "lower": ("本级", "lower")}[side]
        zh += f"{name}时限写在 {limit.noted} 的注明中{'，由该处统一规定' if limit.above else ''}。"
        en += f" The {who} limit stands in the note of {limit.noted}{', which holds for all below it' if limit.above else ''}."
    return zh, en
