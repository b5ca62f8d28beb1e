"""What was searched when nothing was found: how many documents, with which parameters, and whether the two documents were a pair at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from queries.ids import code, full_id
from queries.lookups import HELD, PAIRS
from queries.meant import Asks
from queries.saved import Both, SavedQuery

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

NO_BASIS = Both(
    "{pair} 的比对结论为“否”（下位文件看来不以上位文件为据），因此没有对应关系和未见承接可列",
    "{pair}: the lower document does not seem to rest on the upper one, so there are neither links nor gaps to list",
)
UNCLEAR = Both("{pair} 的比对结论为“不明”", "{pair}: whether the lower document rests on the upper one is unclear")
NO_PAIR = Both(
    "{pair} 没有作过比对；zhengmai query list-pairs 列出各对文件", "{pair} were not compared; zhengmai query list-pairs lists the pairs"
)
TOLD = {"no": NO_BASIS, "unclear": UNCLEAR}


def nothing_found(query: SavedQuery, terms: Mapping[str, NamedNode | Literal], store: Asks) -> list[Both]:
    """Return what was searched in vain, and for two documents what is known of the pair."""
    asked = ", ".join(f"{name}={full_id(code(term.value))}" for name, term in terms.items())
    held = sum(1 for _ in store.query(HELD))
    notes = [
        Both(
            f"已检索，没有符合的内容：图谱 {store.version}，收录文件 {held} 份" + (f"，{asked}" if asked else ""),
            f"searched, nothing found: graph {store.version}, {held} document{'s' if held != 1 else ''} held"
            + (f", {asked}" if asked else ""),
        )
    ]
    if {"upper", "lower"} <= {param.name for param in query.params}:
        notes += _pairs({name: terms[name].value for name in ("upper", "lower") if name in terms}, store)
    return notes


def _pairs(given: Mapping[str, str], store: Asks) -> list[Both]:
    if not given:
        return []
    rows = [(row["upper"].value, row["lower"].value, code(row["verdict"].value)) for row in store.query(PAIRS)]
    fitting = [(upper, lower, verdict) for upper, lower, verdict in rows if given.items() <= {"upper": upper, "lower": lower}.items()]
    if not fitting:
        pair = " – ".join(full_id(iri) for iri in (given.get("lower"), given.get("upper")) if iri)
        return [Both(NO_PAIR.zh.format(pair=pair), NO_PAIR.en.format(pair=pair))]
    said = [(TOLD[verdict], f"{full_id(lower)} – {full_id(upper)}") for upper, lower, verdict in fitting if verdict in TOLD]
    return [Both(words.zh.format(pair=pair), words.en.format(pair=pair)) for words, pair in said]
