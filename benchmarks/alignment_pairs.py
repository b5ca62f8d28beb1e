"""The pairs read by people, measured, for the fit: each as it is, and variants of it with clauses, order and headings changed.

Common words (``lineage.common_words``) are counted without the pair's own domain, so that a held-out pair is measured as an unseen one.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lineage.assignment import Measured, measured, sides_of
from lineage.common_words import shares
from lineage.fold import fold_plain
from lineage.gold import Gold, read_gold
from lineage.matching import Sides
from lineage.units import Unit, lower_units, upper_units
from lineage.worth_aligning import worth_aligning
from loaders.actors.levels import level_of
from loaders.extract import extract_file

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "data" / "gold"
SEEDS = ROOT / "graph_data" / "sources"
DOMAIN_OF_SEED = {"000": "openness", "001": "openness", "003": "hechi"}
VARIANTS, SEED, NEIGHBOURS = 3, 7, 4


@dataclass(frozen=True)
class Pair:
    """One pair, measured, and which of its tasks and sentences readers linked."""

    name: str
    domain: str
    sides: Sides
    measured: Measured
    links: NDArray[np.bool_]

    @property
    def is_variant(self) -> bool:
        return "#" in self.name


def golds() -> Iterator[tuple[str, str, Path, Path, tuple[Gold, ...]]]:
    """Yield name, domain, upper and lower document and answers of every pair read."""
    for path in sorted((GOLD / "ours").glob("*/*.tsv")):
        gold = read_gold(path)
        assert gold.upper and gold.lower
        yield f"{path.parent.name}-{path.stem}", path.parent.name, gold.upper, gold.lower, (gold,)
    rows = tuple(read_gold(GOLD / f"guangzhou_alignment_rows_{part}.tsv") for part in ("1_30", "31_90"))
    national, guangzhou = (next(SEEDS.glob(f"{number}_*")) for number in ("001", "000"))
    yield "openness-guangzhou", "openness", national, guangzhou, rows


def documents() -> dict[Path, str]:
    """Return every document of ours and the seeds, with its domain."""
    found = {path: path.parent.name for path in sorted((GOLD / "ours").glob("*/*")) if path.suffix != ".tsv"}
    return found | {next(SEEDS.glob(f"{number}_*")): domain for number, domain in DOMAIN_OF_SEED.items()}


def common_pairs(without: frozenset[str] = frozenset()) -> dict[str, float]:
    """Return how common pairs of characters are in the domains, some left out."""
    return shares([held for domain, held in _held().items() if domain not in without])


@cache
def _held() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path, domain in documents().items():
        for line in extract_file(path).text.split("\n"):
            chars = fold_plain(line)
            found.setdefault(domain, set()).update(chars[i : i + 2] for i in range(len(chars) - 1))
    return found


def read_pairs() -> list[Pair]:
    """Return every pair and its variants. Seeded: same files, same variants."""
    found, draw = [], random.Random(SEED)
    for name, domain, upper, lower, answers in golds():
        wanted = frozenset((a.task, s) for gold in answers for a in gold.answers for s in a.sentences)
        uppers, document = upper_units(extract_file(upper)), extract_file(lower)
        lowers, level = lower_units(document), level_of(document)
        common = common_pairs(frozenset((domain,)))
        found.append(_pair(name, domain, lowers, uppers, wanted, level, common))
        found += [
            _pair(f"{name}#{n}", domain, *_varied(lowers, uppers, wanted, draw), wanted, level, common) for n in range(1, VARIANTS + 1)
        ]
    return found


def read_strangers() -> list[Pair]:
    """Return every document against the ``NEIGHBOURS`` upper documents of other domains that come nearest: nothing in them corresponds."""
    read = {str(path): extract_file(path) for path in documents()}
    domains = {str(path): domain for path, domain in documents().items()}
    uppers = [name for name in read if Path(name).stem.endswith("upper") or Path(name).name.startswith("001")]
    strange = [(upper, lower) for upper in uppers for lower in read if domains[upper] != domains[lower]]
    found, commons = [], defaultdict[frozenset[str], dict[str, float]](dict)
    for upper, lower in worth_aligning(read, strange, few=0, most=NEIGHBOURS):
        both = frozenset((domains[upper], domains[lower]))
        commons[both] = commons[both] or common_pairs(both)
        name = f"{domains[lower]}/{Path(lower).stem}|{domains[upper]}"
        units = lower_units(read[lower]), upper_units(read[upper])
        found.append(_pair(name, f"{domains[lower]}|{domains[upper]}", *units, frozenset(), level_of(read[lower]), commons[both]))
    return found


def _pair(
    name: str,
    domain: str,
    lowers: list[Unit],
    uppers: list[Unit],
    wanted: frozenset[tuple[str, str]],
    level: str | None,
    common: dict[str, float],
) -> Pair:
    sides = sides_of(uppers, lowers, level)
    links = np.array([[(lower.id, upper.id) in wanted for upper in uppers] for lower in lowers])
    return Pair(name, domain, sides, measured(sides, common), links)


def _varied(
    lowers: list[Unit], uppers: list[Unit], wanted: frozenset[tuple[str, str]], draw: random.Random
) -> tuple[list[Unit], list[Unit]]:
    """Take clauses out of the upper document, and perhaps re-order sections, shuffle tasks, take the tasks' headings away or group the
    tasks under the upper document's own headings, as many tables do.
    """
    clauses = sorted({u.clause for u in uppers})
    gone = set(draw.sample(clauses, int(len(clauses) * draw.choice((0.15, 0.3, 0.45)))))
    uppers, lowers = [u for u in uppers if u.clause not in gone], list(lowers)
    how = draw.choice(("shuffle", "sections", "keep"))
    if how == "shuffle":
        draw.shuffle(lowers)
    elif how == "sections":
        sections = list(dict.fromkeys(u.section for u in uppers))
        draw.shuffle(sections)
        uppers.sort(key=lambda u: sections.index(u.section))
    headings = draw.choice(("own", "none", "none", "theirs"))
    if headings == "none":
        lowers = [replace(x, headings=()) for x in lowers]
    elif headings == "theirs":
        under = {u.id: u.headings for u in uppers}
        first = {task: under[sentence] for task, sentence in sorted(wanted, reverse=True) if sentence in under}
        before: tuple[str, ...] = ()
        for at, x in enumerate(lowers):
            before = first.get(x.id, before)
            lowers[at] = replace(x, headings=before)
    return lowers, uppers
