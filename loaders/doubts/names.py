"""Two names in one document that may be one department: a character that sounds the same, another order, another ending, one function.

A character left out and shorter forms of one body are seen by loaders/actors/variants. Proposals with their evidence; nothing is merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from loaders.actors.names import is_whole
from loaders.actors.places import Located, locate
from loaders.doubts.telling import at_cell, own
from loaders.records import Extraction, Finding, Place, Severity, TaskRow, Text2
from loaders.tables.columns import fold
from loaders.words import words

FIELDS = ("lead", "responsible", "supporting", "unit")
SHOWN = 3
ALIKE = 3  # uses of the usual name before a look-alike is called its slip
LONG_FIELD = 6  # characters of a field (征管和科技发展) of which one may be wrong without its being another field
NEAR_FIELD = 4  # characters of a field that is worth a look when one of them is another
MOST_NAMES = 400  # every pair is looked at
Use = tuple[TaskRow | None, str, Place]


def name_doubts(document: Extraction) -> Iterator[Finding]:
    uses = uses_of(document)
    told: set[str] = set()
    if len(uses) > MOST_NAMES:
        return
    for one, other in combinations(sorted(uses), 2):
        rare, usual = sorted((one, other), key=lambda name: (len(uses[name]), name))
        how = _variant(rare, usual, len(uses[rare]), len(uses[usual]))
        if how and rare not in told:
            told.add(rare)
            zh = f"“{rare}”疑为“{usual}”的异写（{how[0]}；后者出现 {len(uses[usual])} 次）；未合并。"
            en = f"{rare} looks like a variant of {usual} ({how[1]}; used {len(uses[usual])} times); not merged."
            yield from told_at(uses[rare][:SHOWN], rare, "name-variant", "warning", (zh, en), uses[usual][0][2])
    yield from _misheard_field(uses, told)
    yield from _same_thing(uses, told)
    yield from _run_together(uses)
    yield from _spaced(document, uses)


def _spaced(document: Extraction, uses: dict[str, list[Use]]) -> Iterator[Finding]:
    """Blanks inside a name (人 事 处) that the document writes without them elsewhere; between two names they are a mark."""
    for row in document.rows:
        for field in FIELDS:
            for piece in re.split(r"[、，,；;\n]", own(row, field)):
                inner = piece.strip()
                parts = inner.split()
                if len(parts) > 1 and fold(inner) in uses and not all(part in uses for part in parts):
                    said = "名称中有空格。", "There are blanks inside the name."
                    yield at_cell("stray-blank", "info", row, field, said, inner)


def _run_together(uses: dict[str, list[Use]]) -> Iterator[Finding]:
    """A name that is two other names of the document without a mark between them."""
    for name in sorted(uses):
        cut = next((at for at in range(3, len(name) - 2) if name[:at] in uses and name[at:] in uses), 0) or _seam(name)
        for row, field, place in uses[name][:SHOWN] if cut else ():
            said = f"“{name[:cut]}”与“{name[cut:]}”之间缺标点。", f"A mark is missing between {name[:cut]} and {name[cut:]}."
            if row and field:
                yield at_cell("missing-punctuation", "warning", row, field, said, _as_written(row, field, name))
            else:
                yield Finding("missing-punctuation", "warning", place, name, Text2(*said))


def _seam(name: str) -> int:
    """Return where a name ends and another of the same place begins (市教育局|市卫生健康委), 0 for a name that is one."""
    if not re.match("[市县区省州]", name) or re.search(words("doubts")["written_together"], name):
        return 0
    seams = (at for at in range(3, len(name) - 2) if name[at] == name[0] and is_whole(name[:at]) and is_whole(name[at:]))
    return next(seams, 0)


def _variant(rare: str, usual: str, few: int, many: int) -> tuple[str, str] | None:
    """Return why one name looks like a slip for the other, None when it does not.

    The same sounds; the same characters in another order; a look-alike character; a short name without its last character. Any other
    character makes another department (人事处/财务处, 区/市).
    """
    if few > max(2, many // 4) or min(len(rare), len(usual)) < 2:
        return None
    if len(rare) == len(usual) >= 3:
        if sorted(rare) == sorted(usual):
            return "字序不同", "characters in another order"
        if many > few and sound(rare) == sound(usual):
            return "读音相同", "the same sounds"
        if many >= ALIKE and few == 1 and len(rare) >= 4 and _look_alike(rare, usual):
            return "字形相近", "a character that looks alike"
        return None
    if (
        len(rare) < 4
        and len(usual) == len(rare) + 1
        and usual.startswith(rare)
        and usual[-1] in "处科室司局部办"
        and many >= 3
        and few == 1
    ):
        return "缺末字", "its last character is missing"
    if few == 1 and many >= ALIKE and len(rare) >= 3 and usual.startswith(rare) and not stem_and_rank(rare) and stem_and_rank(usual):
        return "末尾不全", "its end is missing"
    if few == 1 and len(rare) >= LONG_FIELD and usual[:-1] == rare and usual[-1] in "处科司股" and not stem_and_rank(rare):
        return "缺末字", "its last character is missing"
    return None


def _misheard_field(uses: dict[str, list[Use]], told: set[str]) -> Iterator[Finding]:
    """A department whose field is none we know, but sounds like one (市医宝局)."""
    known = {sound(stem): stem for stems in words("functions")["stems"].values() for stem in stems if len(stem) >= 2}
    stems = {stem for listed in words("functions")["stems"].values() for stem in listed} | set(words("functions")["also_fields"])
    for name in sorted(set(uses) - told):
        stem, _ = stem_and_rank(re.sub("^(?:中共)?[省市县区州]", "", name)) or ("", "")
        if not stem or stem in stems or len(uses[name]) > SHOWN:
            continue
        if right := known.get(sound(stem)):
            said = f"“{stem}”疑为“{right}”的别字（读音相同）。", f"{stem} is probably {right}, which sounds the same."
        elif right := next((one for one in sorted(stems) if _is_slip_of(stem, one)), None):
            said = f"“{stem}”疑为“{right}”的别字（只差一字）。", f"{stem} is probably {right}, but for one character."
        elif right := next((one for one in sorted(stems) if len(one) == len(stem) >= NEAR_FIELD and _apart(stem, one) == 1), None):
            said = f"“{stem}”与“{right}”只差一字，可能是同一部门。", f"{stem} is {right} but for one character; they may be one."
            yield from told_at(uses[name], name, "name-alike", "info", said)
            continue
        else:
            continue
        told.add(name)
        yield from told_at(uses[name], name, "name-variant", "warning", said)


def _is_slip_of(stem: str, known: str) -> bool:
    """One character of a long field is another, or one that looks alike in a shorter one; a short field may be another field."""
    if len(stem) != len(known) or len(known) < 3 or _apart(stem, known) != 1:
        return False
    return len(known) >= LONG_FIELD or _look_alike(stem, known)


def _apart(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _same_thing(uses: dict[str, list[Use]], told: set[str]) -> Iterator[Finding]:
    """Names with the same stem and another ending (税收宣传中心/税收宣传部门), or of the same function (法制部门/政策法规部门)."""
    from rapidfuzz.distance import Levenshtein

    for one, other in combinations(sorted(uses), 2):
        rare, usual = sorted((one, other), key=lambda name: (len(uses[name]), name))
        stem, rank = stem_and_rank(rare), stem_and_rank(usual)
        if told & {rare, usual} or not stem or not rank:
            continue
        if (stem[0] != rank[0] or len(rare) != len(usual)) and Levenshtein.distance(rare, usual, score_cutoff=1) <= 1:
            continue
        if stem[0] == rank[0] and stem[1] != rank[1] and len(stem[0]) >= 2:
            said = f"“{rare}”与“{usual}”只是末尾不同，可能是同一部门。", f"{rare} and {usual} differ only in their ending; they may be one."
        elif stem[0] != rank[0] and stem[1] == rank[1] and _function(stem[0]) and _function(stem[0]) == _function(rank[0]):
            said = f"“{rare}”与“{usual}”职能相同，可能是同一部门。", f"{rare} and {usual} have the same function; they may be one."
        else:
            continue
        yield from told_at(uses[rare][:SHOWN], rare, "name-alike", "info", said, uses[usual][0][2])
        if len(uses[rare]) == len(uses[usual]):  # either may be the wrong one
            yield from told_at(uses[usual][:SHOWN], usual, "name-alike", "info", said, uses[rare][0][2])


def told_at(uses: list[Use], name: str, code: str, severity: Severity, said: tuple[str, str], *related: Place) -> Iterator[Finding]:
    """Yield the finding at every use of a name."""
    for row, field, place in uses:
        if row and field:
            yield at_cell(code, severity, row, field, said, _as_written(row, field, name), related)
        else:
            yield Finding(code, severity, place, name, Text2(*said), related)


def _as_written(row: TaskRow, field: str, name: str) -> str:
    return name if name in row.cells[field].raw else row.cells[field].raw.strip()


def leads(use: Use, name: str) -> bool:
    """Return whether a name leads in the row of this use."""
    return use[0] is not None and any(m.role == "lead" and m.actor.name == name for m in use[0].roles)


def home_of(document: Extraction) -> tuple[str, Located | None]:
    """Return the issuer or title that tells the document's own place, and the place."""
    return next(((name, found) for name in (*document.meta.issuers, document.meta.title) if (found := locate(name))), ("", None))


def uses_of(document: Extraction) -> dict[str, list[Use]]:
    """Return every actor with the cells (row, column, place) or notes that name it."""
    uses: dict[str, list[Use]] = {}
    for row in document.rows:
        for mention in row.roles:
            name = mention.actor.name
            field = next((f for f in FIELDS if f in row.cells and f not in row.inherited and name in fold(row.cells[f].value)), "")
            if field:
                uses.setdefault(name, []).append((row, field, row.cells[field].place))
    for provision in document.provisions:
        for mention in provision.roles:
            uses.setdefault(mention.actor.name, []).append((None, "", provision.note_place or provision.place))
    return uses


def stem_and_rank(name: str) -> tuple[str, str] | None:
    """Return a name without its rank, and the rank: 办公|室, 税收宣传|部门."""
    ranks = sorted(words("functions")["ranks"], key=len, reverse=True)
    rank = next((rank for rank in ranks if name.endswith(rank) and len(rank) < len(name)), "")
    return (name.removesuffix(rank), rank) if rank else None


@cache
def _function(stem: str) -> str:
    return next((code for code, stems in words("functions")["stems"].items() if stem in stems), "")


def _look_alike(one: str, other: str) -> bool:
    """One character differs, and it looks like the other, or is so rare (GB 2312 level 2) that no department is named by it."""
    differ = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(differ) == 1 and (any(differ[0][0] in group and differ[0][1] in group for group in _groups()) or _is_rare(differ[0][0]))


@cache
def _groups() -> tuple[str, ...]:
    return tuple(str(words("confusables")["alike"]).split())


def _is_rare(char: str) -> bool:
    code = char.encode("gb2312", "ignore")
    return "一" <= char <= "鿿" and not (code and b"\xb0" <= code[:1] <= b"\xd7")


@cache
def sound(name: str) -> tuple[str, ...]:
    """Return how a name is read, without tones."""
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(name))
