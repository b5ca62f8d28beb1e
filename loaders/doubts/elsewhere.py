"""Bodies of another place or level than the document's own: 深圳市国家税务局 in a table of 广州市国家税务局, 国家税务总局 as its lead.

Looked for among those who act and, as a hint only, in the words of a measure (在佛山市国税局网站). Misspelt places are told too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.actors.levels import told_level
from loaders.actors.places import Located, listed_like, locate, places_in
from loaders.doubts.names import Use, home_of, leads, sound, told_at, uses_of
from loaders.doubts.telling import at_text, own
from loaders.records import Extraction, Finding
from loaders.words import words

FEW = 2  # rows or clauses that name another place; more are a matter of both


def elsewhere_doubts(document: Extraction) -> Iterator[Finding]:
    yield from _home_misspelt(document)
    issuer, home = home_of(document)
    if home is None:
        return
    uses = uses_of(document)
    places = {name.removesuffix("市") for name, level in home.chain if level in ("city", "county") and len(name) > 2}
    for name, used in sorted(uses.items()):
        yield from _misheard(name, used, places)
    yield from _strangers(uses, home)
    yield from _unlisted(uses, home)
    yield from _in_words(document, home)
    if {level for _, level in home.chain} & {"city", "county"}:
        yield from _above(uses, issuer, home)


def _strangers(uses: dict[str, list[Use]], home: Located) -> Iterator[Finding]:
    """Those who act and whose name begins with another place."""
    strange = {name: used for name, used in sorted(uses.items()) if (there := locate(name)) and there.start == 0 and _is_away(there, home)}
    if sum(map(len, strange.values())) <= FEW:
        here = "、".join(name for name, _ in home.chain)
        for name, used in strange.items():
            said = f"“{name}”不是{here}的机关。", f"{name} is no body of {here}."
            yield from told_at(used, name, "actor-elsewhere", "warning", said)


def _above(uses: dict[str, list[Use]], issuer: str, home: Located) -> Iterator[Finding]:
    """A body of a higher level that leads here, or a kind of department there is only above."""
    ladder = words("levels")["ladder"]
    higher: dict[str, list[Use]] = {}
    for name, used in sorted(uses.items()):
        if re.fullmatch(words("doubts")["above_ranks"], name) and not re.fullmatch(words("doubts")["above_all"], name):
            said = (
                f"“{name}”是国家机关内设机构的称谓，本地不设“司”。",
                f"{name} is the name of a unit of a national body; there is none here.",
            )
            yield from told_at(used, name, "actor-elsewhere", "warning", said)
            continue
        level = told_level(name, issuer).level
        above = level in ladder[1:] and ladder.index(level) < ladder.index(home.level)
        if (above and not _is_branch(name, home)) or re.fullmatch(words("doubts")["above_all"], name):
            higher[name] = [use for use in used if use[1] == "unit" or leads(use, name)]
    if sum(map(len, higher.values())) <= FEW:
        for name, leading in higher.items():
            said = f"“{name}”是上级机关，却列为本地的承担者。", f"{name} is an authority above this place."
            yield from told_at(leading, name, "actor-elsewhere", "info", said)


def _is_branch(name: str, home: Located) -> bool:
    """Return whether a body of a higher level stands for this place: 市自然资源局湖东分局, 市公积金中心东湖管理部."""
    return any(re.sub("[省市县区旗]$", "", place) in name for place, _ in home.chain) or bool(re.search(words("doubts")["branches"], name))


def _unlisted(uses: dict[str, list[Use]], home: Located) -> Iterator[Finding]:
    """A body whose name begins with a place no list knows, of the same rank as the document's own, and no part of it: 江北市信访局."""
    mine = home.chain[-1][0]
    strange = {
        name: used
        for name, used in sorted(uses.items())
        if (there := locate(name))
        and there.start == 0
        and len(there.chain) == 1
        and there.chain[0][0] not in {p for p, _ in home.chain}
        and there.chain[0][0][-1] == mine[-1]
        and not _is_branch(name, home)
        and (not there.certain or there.level == home.level == "county" and mine[-1] != "市")
        and re.fullmatch("[一-鿿]{2,4}[市县区旗]", there.chain[0][0])
    }
    if sum(map(len, strange.values())) > FEW or len(strange) * 5 > len(uses):
        return
    for name, used in strange.items():
        there = locate(name)
        own_form = f"{mine[-1]}{name[there.end :]}" if there else ""
        sure = any(other in uses for other in (own_form, f"{mine}{own_form[1:]}"))
        said = f"“{name}”不是{mine}的机关，本文件其他各处没有这个地名。", f"{name} is of another place than {mine}."
        yield from told_at(used, name, "actor-elsewhere", "warning" if sure else "info", said)


def _in_words(document: Extraction, home: Located) -> Iterator[Finding]:
    """A body of another place inside a measure or a sentence, where nothing says that two places work together.

    和 and its like say so only where the document names its own place too, beside its title.
    """
    rules, found = words("doubts"), []
    alone = all(document.text.count(name) <= document.meta.title.count(name) for name, _ in home.chain)
    for name, start, end in places_in(document.text):
        there = locate(name)
        line = document.text[max(0, start - 12) : start]
        joined = re.search(rules["with_others"], line)
        body = re.match(rules["body_follows"], document.text[end : end + 16]) and (not joined or alone and joined[0][0] in "和及、")
        if body and there and _is_away(there, home) and not _is_actor(document, start, end):
            found.append((name, start, end))
    here = "、".join(name for name, _ in home.chain)
    for name, start, end in found if len(found) <= FEW else ():
        said = f"文中写的是“{name}”的机关，不是{here}的。", f"A body of {name} is spoken of, not of {here}."
        yield at_text("actor-elsewhere", "info", document, start, end, said)


def _is_away(there: Located, home: Located) -> bool:
    """Return whether a place that a list knows is neither the document's own nor around or inside it."""
    if not there.certain or there.chain[0][1] not in ("provincial", "city"):
        return False
    mine, theirs = {name for name, _ in home.chain}, {name for name, _ in there.chain}
    if home.level == "county" and len(home.chain) == 1:  # which city it lies in is not said
        return False
    if mine & theirs:
        return bool({n for n, level in home.chain if level == "city"} and {n for n, level in there.chain if level == "city"} - mine)
    if there.level == "provincial":
        return home.province is not None and home.province not in theirs
    return not (home.level == "provincial" and there.province in mine)


def _is_actor(document: Extraction, start: int, end: int) -> bool:
    return any(
        cell.place.start is not None and cell.place.end is not None and cell.place.start <= start and end <= cell.place.end
        for row in document.rows
        for field in ("lead", "responsible", "supporting", "unit")
        if own(row, field) and (cell := row.cells[field])
    )


def _home_misspelt(document: Extraction) -> Iterator[Finding]:
    """A 市 in the title that is in no list, and sounds like one that is and stands in the text (广洲市)."""
    title, at = document.meta.title, document.meta.title_place
    found = locate(title)
    if found is None or found.certain or at is None or at.start is None:
        return
    name = title[found.start : found.end]
    right = next((one for one in listed_like(len(name)) if one in document.text and one != name and sound(one) == sound(name)), "")
    start = document.text.find(name, at.start, at.end)
    if right and start >= 0:
        said = f"“{name}”疑为“{right}”的别字。", f"{name} is probably meant to be {right}."
        yield at_text("typo-suspected", "warning", document, start, start + len(name), said)


def _misheard(name: str, uses: list[Use], places: set[str]) -> Iterator[Finding]:
    """The document's own place, written with other characters of the same sound (锦源 for 锦原)."""
    for place in sorted(one for one in places if one not in name and re.fullmatch("[一-鿿]{2,4}", one)):
        pieces = (name[at : at + len(place)] for at in range(len(name) - len(place)))
        heard = next((piece for piece in pieces if sound(piece) == sound(place)), "")
        if heard and any(one == other for one, other in zip(heard, place, strict=True)):
            said = f"“{heard}”疑为本地地名“{place}”的别字。", f"{heard} is probably meant to be {place}, the place of this document."
            yield from told_at(uses, name, "name-variant", "warning", said)
