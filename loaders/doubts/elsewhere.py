"""Bodies of another place than the document's own: 深圳市国家税务局 in a table of 广州市国家税务局, or its place misspelt by sound."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.actors.places import locate
from loaders.doubts.names import Use, sound, told_at, uses_of
from loaders.records import Extraction, Finding
from loaders.words import words

FEW = 2  # rows or clauses that name another place; more are a matter of both


def elsewhere_doubts(document: Extraction) -> Iterator[Finding]:
    home = next((found for issuer in (*document.meta.issuers, document.meta.title) if (found := locate(issuer))), None)
    if home is None:
        return
    cities = {name for name, level in home.chain if level == "city"}
    own = {name.removesuffix("市") for name, level in home.chain if level in ("city", "county") and len(name) > 2}
    strange: dict[str, list[Use]] = {}
    local = bool({level for _, level in home.chain} & {"city", "county"})
    for name, uses in sorted(uses_of(document).items()):
        there = locate(name)
        others = {place for place, level in there.chain if level == "city"} if there and there.certain and there.start == 0 else set()
        if cities and others and not cities & others and name.startswith(tuple(others)):
            strange[name] = uses
        yield from _misheard(name, uses, own)
        if local and re.fullmatch(words("doubts")["above_all"], name):
            leading = [use for use in uses if use[1] in ("lead", "unit")]
            said = f"“{name}”是上级机关，却列为本地的承担者。", f"{name} is an authority above this place."
            yield from told_at(leading, name, "actor-elsewhere", "info", said)
        elif local and re.fullmatch(words("doubts")["above_ranks"], name):
            said = (
                f"“{name}”是国家机关内设机构的称谓，本地不设“司”。",
                f"{name} is the name of a unit of a national body; there is none here.",
            )
            yield from told_at(uses, name, "actor-elsewhere", "warning", said)
    if sum(map(len, strange.values())) <= FEW:
        for name, uses in strange.items():
            here = "、".join(sorted(cities))
            said = f"“{name}”不是{here}的机关。", f"{name} is no body of {here}."
            yield from told_at(uses, name, "actor-elsewhere", "warning", said)


def _misheard(name: str, uses: list[Use], places: set[str]) -> Iterator[Finding]:
    """The document's own place, written with other characters of the same sound (锦源 for 锦原)."""
    for place in sorted(one for one in places if one not in name and re.fullmatch("[一-鿿]{2,4}", one)):
        pieces = (name[at : at + len(place)] for at in range(len(name) - len(place)))
        heard = next((piece for piece in pieces if sound(piece) == sound(place)), "")
        if heard and any(one == other for one, other in zip(heard, place, strict=True)):
            said = f"“{heard}”疑为本地地名“{place}”的别字。", f"{heard} is probably meant to be {place}, the place of this document."
            yield from told_at(uses, name, "name-variant", "warning", said)
