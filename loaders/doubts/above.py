"""A national body among those who act for a province or a city (司法部 for 省司法厅), and the own place with one character wrong.

loaders/doubts/elsewhere.py holds the bodies of named places; here the level the document's leads tell is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.actors.levels import level_of, told_level
from loaders.doubts.names import Use, home_of, leads, told_at, uses_of
from loaders.doubts.telling import at_text, own
from loaders.records import Extraction, Finding
from loaders.words import words

FEW = 2  # uses; more are meant
OWN = 2  # times the own place is named before one that differs by a character is its slip
RANKS = "省市县区旗州"


def above_doubts(document: Extraction) -> Iterator[Finding]:
    uses = uses_of(document)
    if document.rows:
        yield from _national(document, uses)
    yield from _near_home(document, uses)


def _national(document: Extraction, uses: dict[str, list[Use]]) -> Iterator[Finding]:
    _, home = home_of(document)
    level = level_of(document) or (home.level if home else None)
    if level is None or level not in words("levels")["ladder"][1:]:
        return
    rules = words("doubts")
    higher = {name: used for name, used in sorted(uses.items()) if re.fullmatch(rules["national_bodies"], name)}
    told_elsewhere = home is not None and home.level in ("city", "county")
    if sum(map(len, higher.values())) > FEW:
        return
    for name, used in higher.items():
        acting = [use for use in used if not _asked(use, name)]
        if told_elsewhere:  # who leads there is told by elsewhere.py
            acting = [use for use in acting if use[0] is None or not leads(use, name)]
        said = f"“{name}”是国家机关，却列为本级任务的承担者。", f"{name} is a national body, here among those who act at a lower level."
        yield from told_at(acting, name, "actor-elsewhere", "info" if told_elsewhere else "warning", said)
    yield from _higher_leads(document, uses, level) if home is None else ()


def _higher_leads(document: Extraction, uses: dict[str, list[Use]], level: str) -> Iterator[Finding]:
    """One body of a province or a city that leads in a table of a lower level that names no place of its own (全县…)."""
    ladder = words("levels")["ladder"]
    found = [
        (name, use)
        for name, used in sorted(uses.items())
        if re.search("[局厅委署]$", name) and not re.search(words("doubts")["branches"], name) and told_level(name).level in ladder[1:]
        for use in used
        if ladder.index(told_level(name).level) < ladder.index(level) and leads(use, name)
    ]
    for name, use in found if len(found) <= FEW else ():
        said = f"“{name}”是上级机关，却列为本级任务的牵头单位。", f"{name} is a body of a higher level, here in the lead."
        yield from told_at([use], name, "actor-elsewhere", "info", said)


def _asked(use: Use, name: str) -> bool:
    """Return whether the row's own measure asks that body for something (争取财政部支持)."""
    row = use[0]
    measure = f"{own(row, 'measure')} {own(row, 'sub_measure')}" if row else ""
    return not (row and leads(use, name)) and (name in measure or bool(re.search(words("doubts")["asks_above"], measure)))


def _near_home(document: Extraction, uses: dict[str, list[Use]]) -> Iterator[Finding]:
    """The own place (青溪县) with another character: 青河经济开发区 among those who act, 青河县 in the words of a cell or sentence."""
    _, home = home_of(document)
    if home is None:
        return
    for place, _ in home.chain:
        short = re.sub(f"[{RANKS}]$", "", place)
        if not re.fullmatch("[一-鿿]{2,4}", short) or short == place:
            continue
        for name, used in sorted(uses.items()):
            other = name[: len(short)]
            if _is_near(other, short) and _is_its_own(name[len(short) :]) and document.text.count(other) <= len(used) + 1:
                said = (
                    f"“{other}”与本地地名“{short}”只差一字，疑有误。",
                    f"{other} differs by a character from {short}, the place of this document.",
                )
                yield from told_at(used, name, "actor-elsewhere", "info", said)
        yield from _in_words(document, place, short, uses)


def _in_words(document: Extraction, place: str, short: str, uses: dict[str, list[Use]]) -> Iterator[Finding]:
    holes = "|".join(f"{short[:at]}[一-鿿]{short[at + 1 :]}" for at in range(len(short)))
    for hit in re.finditer(f"(?:{holes})(?={place[-1]}(?![域块划级长]))", document.text):
        whole = hit[0] + place[-1]
        before = document.text[max(0, hit.start() - 12) : hit.start()]
        if not _is_near(hit[0], short) or document.text.count(whole) > 1 or any(name.startswith(hit[0]) for name in uses):
            continue
        if document.text.count(place) >= OWN and not re.search(words("doubts")["with_others"], before) and not _is_common(hit[0]):
            said = (
                f"“{whole}”与本地地名“{place}”只差一字，疑有误。",
                f"{whole} differs by a character from {place}, the place of this document.",
            )
            yield at_text("actor-elsewhere", "info", document, hit.start(), hit.end() + 1, said)


def _is_common(words_: str) -> bool:
    return bool(re.search("[各全本我该外跨到在与和及的向由对省市县区旗州每两]", words_))


def _is_near(one: str, place: str) -> bool:
    from rapidfuzz.distance import Hamming

    return len(one) == len(place) and Hamming.distance(one, place) == 1 and one not in words("doubts")["no_place"] and not _is_common(one)


def _is_its_own(rest: str) -> bool:
    return bool(re.match(words("doubts")["place_follows"], rest))
