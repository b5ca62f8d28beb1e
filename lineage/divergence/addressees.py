"""Duties of an upper body that this level takes on: the words carried address other levels only, and the task does not keep naming them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lineage.divergence.reading import Reading
from lineage.records import Divergence, Link, Quote
from loaders.actors.levels import Addressee, addressed_levels, addressees
from loaders.words import words

RULE = "addressee-taken-on"


def addressee_divergences(reading: Reading) -> Iterator[Divergence]:
    """Yield one record for each link whose words bind others above: 税务总局不定期抽查… carried as 不定期抽查…"""
    if reading.level is None:
        return
    for link in reading.links:
        found = _addressee(reading, link)
        if found is None or set(found.levels) & {"all", reading.level}:
            continue
        start = (reading.sentence(link).place.start or 0) + found.start
        name = reading.upper_quote(start, start + found.end - found.start)
        named = [c for c in link.changes if c.local_name and c.upper.start < name.end and name.start < c.upper.end]
        if named and not _is_own_act(name.quote, reading.sentence(link).text[found.end :]):
            continue  # the body of this level was named in its place
        homes = [reading.lower_quote(*home) for home in reading.homes(link)]
        if any(name.quote in home.quote or _keeps(home.quote, found) for home in homes):
            continue
        yield Divergence(
            link.task,
            link.provision,
            link.sentence or "",
            "addressee",
            "taken-on",
            "tighter",
            (name, *link.provision_evidence),
            tuple(c.lower for c in named) or link.task_evidence,
            _reason(name.quote, "、".join(c.lower.quote for c in named)),
            RULE,
            {"levels": list(found.levels), "level": reading.level},
        )


def _reason(name: str, instead: str) -> tuple[str, str]:
    if instead:
        return (
            f"上级该处文字由“{name}”承担，本级写作“{instead}”，由本级承担。",
            f"The upper words call on {name}, here on {instead}: this level takes the duty on.",
        )
    return (
        f"上级该处文字由“{name}”承担，本级任务没有保留，由本级承担。",
        f"The upper words call on {name}; the task does not keep the name, so this level takes the duty on.",
    )


def _is_own_act(name: str, behind: str) -> bool:
    """Is one body named (省生态环境厅, 教育部; not 县级卫生健康部门, 各地) with an act that is its own, such as making a standard?"""
    rules = words("levels")
    one = not name.startswith("各") and name.endswith(tuple(rules["one_body"])) and not re.search("部门|机关|级", name)
    return one and bool(re.match(rules["own_acts"], behind))


def _keeps(home: str, found: Addressee) -> bool:
    """Does the task call on the same levels by another name? 县级卫生健康部门 above, 区（县）卫生健康部门 here."""
    levels = set(addressed_levels(home))
    return bool(levels) and levels <= set(found.levels)


def _addressee(reading: Reading, link: Link) -> Addressee | None:
    """Whom the carried part of the sentence calls on: the last name before its middle; None when nobody is named before it."""
    sentence = reading.sentence(link)
    at = sentence.place.start or 0
    longest: Quote | None = max(link.provision_evidence, key=lambda q: q.end - q.start, default=None)
    if longest is None:
        return None
    middle = (longest.start + longest.end) // 2 - at
    before = [a for a in addressees(sentence.text) if a.start <= middle]
    if not before:
        return None
    last = before[-1]
    together = [a for a in before if a.start >= last.start or sentence.text[a.end : last.start] in "、和及与"]
    return Addressee(together[0].start, last.end, tuple(dict.fromkeys(level for a in together for level in a.levels)))
