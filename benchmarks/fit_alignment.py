"""Fit the aligner's confidence on pairs read by people, and say how it does on pairs it has not seen.

  python -m benchmarks.fit_alignment            prints the reliability of held-out pairs
  python -m benchmarks.fit_alignment --write    also writes lineage/model.json and docs/calibration.md

Each domain (an upper document with all its lower ones) is held out in turn; the numbers are those of pairs whose domain the model never
saw. Beside each pair stand variants of it with clauses taken out of the upper document, sections re-ordered, tasks shuffled and headings
gone, so that near misses and foreign tasks are learnt too. Seeded: same files, same numbers.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lineage.assignment import measures_of, sides_of
from lineage.basis import SURE
from lineage.gold import Gold, read_gold
from lineage.measures import NAMES
from lineage.model import Logistic, Model
from lineage.units import Unit, lower_units, upper_units
from loaders.actors.levels import level_of
from loaders.extract import extract_file

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "data" / "gold"
SEEDS = ROOT / "graph_data" / "sources"
VARIANTS, PENALTY, SEED = 6, 2.0, 7
ACCEPT, PROPOSE = 0.95, 0.5


@dataclass(frozen=True)
class Pair:
    """One pair, measured: (tasks, sentences, measures) and which of them readers linked."""

    name: str
    domain: str
    tasks: tuple[str, ...]
    sentences: tuple[str, ...]
    clauses: tuple[str, ...]
    measures: NDArray[np.float64]
    links: NDArray[np.bool_]


def golds() -> Iterator[tuple[str, str, Path, Path, tuple[Gold, ...]]]:
    """Yield name, domain, upper and lower document and answers of every pair read."""
    for path in sorted((GOLD / "ours").glob("*/*.tsv")):
        gold = read_gold(path)
        assert gold.upper and gold.lower
        yield f"{path.parent.name}-{path.stem}", path.parent.name, gold.upper, gold.lower, (gold,)
    rows = tuple(read_gold(GOLD / f"guangzhou_alignment_rows_{part}.tsv") for part in ("1_30", "31_90"))
    national, guangzhou = (next(SEEDS.glob(f"{number}_*")) for number in ("001", "000"))
    yield "openness-guangzhou", "openness", national, guangzhou, rows


def read_pairs() -> list[Pair]:
    found, draw = [], random.Random(SEED)
    for name, domain, upper, lower, answers in golds():
        wanted = frozenset((a.task, s) for gold in answers for a in gold.answers for s in a.sentences)
        uppers, document = upper_units(extract_file(upper)), extract_file(lower)
        lowers, level = lower_units(document), level_of(document)
        found.append(_pair(name, domain, lowers, uppers, wanted, level))
        found += [_pair(f"{name}#{n}", domain, *_varied(lowers, uppers, wanted, draw), wanted, level) for n in range(1, VARIANTS + 1)]
    return found


def _pair(name: str, domain: str, lowers: list[Unit], uppers: list[Unit], wanted: frozenset[tuple[str, str]], level: str | None) -> Pair:
    sides = sides_of(uppers, lowers, level)
    links = np.array([[(lower.id, upper.id) in wanted for upper in uppers] for lower in lowers])
    return Pair(
        name,
        domain,
        tuple(x.id for x in lowers),
        tuple(x.id for x in uppers),
        tuple(x.clause for x in uppers),
        measures_of(sides)[0],
        links,
    )


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
        lowers = [replace(x, headings=("", "")) for x in lowers]
    elif headings == "theirs":
        under = {u.id: (u.headings[0], u.headings[-1]) for u in uppers}
        first = {task: under[sentence] for task, sentence in sorted(wanted, reverse=True) if sentence in under}
        before = ("", "")
        for at, x in enumerate(lowers):
            before = first.get(x.id, before)
            lowers[at] = replace(x, headings=before)
    return lowers, uppers


def fit_model(pairs: list[Pair], strangers: list[Pair]) -> Model:
    """Fit both models and note what was seen."""
    linked = np.concatenate([p.measures[p.links] for p in pairs])
    seen = {name: tuple(np.round(np.quantile(linked[:, at], (0.02, 0.98)), 3).tolist()) for at, name in enumerate(NAMES)}
    names = tuple(sorted({p.name for p in pairs if "#" not in p.name}))
    return Model(fit(pairs), fit([*pairs, *strangers]), ACCEPT, PROPOSE, names, seen)  # type: ignore[arg-type]


def fit(pairs: list[Pair]) -> Logistic:
    """Fit a logistic model with a ridge penalty by Newton's method; the large seed pair and unrelated pairs count less."""
    x = np.concatenate([p.measures.reshape(-1, len(NAMES)) for p in pairs])
    y = np.concatenate([p.links.reshape(-1) for p in pairs]).astype(float)
    w = np.concatenate([np.full(p.links.size, 0.4 if p.domain == "openness" or not p.links.any() else 1.0) for p in pairs])
    means, spreads = x.mean(axis=0), np.maximum(x.std(axis=0), 0.05)
    ones = np.c_[np.ones(len(x)), (x - means) / spreads]
    ridge = np.eye(ones.shape[1]) * PENALTY
    ridge[0, 0] = 1e-6
    b = np.zeros(ones.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-ones @ b))
        step = np.linalg.solve((ones * (w * p * (1 - p))[:, None]).T @ ones + ridge, ones.T @ (w * (p - y)) + ridge @ b)
        b -= step
        if np.abs(step).max() < 1e-8:
            break
    return Logistic(round(float(b[0]), 5), *(tuple(round(float(v), 5) for v in column) for column in (b[1:], means, spreads)))


def held_out(pairs: list[Pair]) -> dict[str, NDArray[np.float64]]:
    """Return each pair's probabilities by a model that never saw its domain."""
    found = {}
    for domain in sorted({p.domain for p in pairs}):
        fitted = fit([p for p in pairs if p.domain != domain])
        found |= {p.name: fitted.probability(p.measures) for p in pairs if p.domain == domain}
    return found


def strangers_of() -> list[Pair]:
    """Return every upper document of one domain against every document of another: nothing in them corresponds."""
    documents: dict[Path, str] = {}
    for path in sorted((GOLD / "ours").glob("*/*")):
        if path.suffix != ".tsv":
            documents[path] = path.parent.name
    documents |= {
        next(SEEDS.glob(f"{number}_*")): domain for number, domain in (("000", "openness"), ("001", "openness"), ("003", "hechi"))
    }
    read = {path: extract_file(path) for path in documents}
    found = []
    for upper, domain in documents.items():
        for lower, other in documents.items():
            if domain != other and (upper.stem == "upper" or upper.name.startswith("001")):
                name = f"{other}/{lower.stem}|{domain}"
                found.append(
                    _pair(name, f"{other}|{domain}", lower_units(read[lower]), upper_units(read[upper]), frozenset(), level_of(read[lower]))
                )
    return found


def sure_tasks(pairs: list[Pair], strangers: list[Pair]) -> dict[str, float]:
    """Return the share of tasks with a sure counterpart, for each pair by a model that saw neither of its domains."""
    found = {}
    for domain in sorted({p.domain for p in pairs} | {p.domain.split("|")[0] for p in strangers}):
        away = [p for p in strangers if domain not in p.domain.split("|")]
        fitted = fit([*(p for p in pairs if p.domain != domain), *away])
        for p in (*pairs, *strangers):
            if p.domain.split("|")[0] == domain:
                found[p.name] = float((fitted.probability(p.measures).max(axis=1) >= SURE).mean())
    return found


def scores(pair: Pair, likely: NDArray[np.float64]) -> dict[str, float]:
    """Return precision, recall and F1 of clauses, F1 of sentences, and the precision of accepted links."""

    def by_clause(flags: NDArray[np.bool_]) -> set[tuple[str, str]]:
        return {(pair.tasks[i], pair.clauses[j]) for i, j in zip(*np.nonzero(flags), strict=True)}

    want, got, sure = by_clause(pair.links), by_clause(likely >= PROPOSE), by_clause(likely >= ACCEPT)
    hit, sentences = len(want & got), (likely >= PROPOSE) & pair.links
    both = (likely >= PROPOSE).sum() + pair.links.sum()
    return {
        "precision": hit / len(got) if got else 0.0,
        "recall": hit / len(want),
        "f1": 2 * hit / (len(got) + len(want)),
        "sentence_f1": 2 * float(sentences.sum()) / float(both),
        "accepted": float((likely >= ACCEPT).sum()),
        "accepted_precision": len(sure & want) / len(sure) if sure else 1.0,
    }


def reliability(pairs: list[Pair], likely: dict[str, NDArray[np.float64]]) -> tuple[list[tuple[str, int, float, float]], float]:
    """Return (band, links, mean confidence, share right) and the expected calibration error over the links that would be made."""
    p = np.concatenate([likely[x.name].reshape(-1) for x in pairs])
    y = np.concatenate([x.links.reshape(-1) for x in pairs])
    made = p >= PROPOSE
    p, y = p[made], y[made]
    rows, error = [], 0.0
    for low, high in ((PROPOSE, 0.6), (0.6, 0.8), (0.8, 0.95), (0.95, 0.99), (0.99, 1.0001)):
        band = (p >= low) & (p < high)
        if band.any():
            rows.append((f"{low:.2f}–{min(high, 1):.2f}", int(band.sum()), float(p[band].mean()), float(y[band].mean())))
            error += band.mean() * abs(rows[-1][2] - rows[-1][3])
    return rows, error


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    pairs = read_pairs()
    likely = held_out(pairs)
    plain, varied = [p for p in pairs if "#" not in p.name], [p for p in pairs if "#" in p.name]
    lines = ["| 文件对 · pair | clause P | R | F1 | sentence F1 | accepted | right |", "|---|---|---|---|---|---|---|"]
    for pair in plain:
        s = scores(pair, likely[pair.name])
        lines.append(
            f"| {pair.name} | {s['precision']:.3f} | {s['recall']:.3f} | {s['f1']:.3f} | {s['sentence_f1']:.3f} | {s['accepted']:.0f} "
            f"| {s['accepted_precision']:.3f} |"
        )
    for title, some in (("各对的变体 · their variants", varied),):
        all_scores = [scores(p, likely[p.name]) for p in some]
        mean = {k: float(np.mean([s[k] for s in all_scores])) for k in all_scores[0]}
        lines.append(
            f"| {title} ({len(some)}) | {mean['precision']:.3f} | {mean['recall']:.3f} | {mean['f1']:.3f} | {mean['sentence_f1']:.3f} "
            f"| {sum(s['accepted'] for s in all_scores):.0f} | {mean['accepted_precision']:.3f} |"
        )
    for title, some in (("原文件对 · the pairs", plain), ("变体 · their variants", varied)):
        rows, error = reliability(some, likely)
        lines += ["", f"{title}: ECE {error:.3f}", "", "| 把握度 · confidence | n | mean | right |", "|---|---|---|---|"]
        lines += [f"| {band} | {n} | {mean:.2f} | {right:.2f} |" for band, n, mean, right in rows]
    strangers = strangers_of()
    sure = sure_tasks(pairs, strangers)
    lines += ["", "| 有确切对应的任务占比 · tasks with a sure counterpart | least | median | most |", "|---|---|---|---|"]
    for title, some in (("原文件对 · the pairs", plain), ("变体 · their variants", varied), ("无关文件对 · unrelated", strangers)):
        shares = np.array([sure[p.name] for p in some])
        lines.append(f"| {title} ({len(some)}) | {shares.min():.2f} | {np.median(shares):.2f} | {shares.max():.2f} |")
    print("\n".join(lines))
    for p in sorted(strangers, key=lambda p: -sure[p.name])[:6]:
        print(f"{p.name}: {sure[p.name]:.2f}")
    if args.write:
        _write(fit_model(pairs, strangers), lines)


def _write(fitted: Model, lines: list[str]) -> None:
    data = {
        "accept": fitted.accept,
        "propose": fitted.propose,
        "link": _as_data(fitted.link),
        "doubt": _as_data(fitted.doubt),
        "learnt_on": list(fitted.learnt_on),
        "seen": {name: list(span) for name, span in fitted.seen.items()},
    }
    (ROOT / "lineage" / "model.json").write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    page = ROOT / "docs" / "calibration.md"
    head = page.read_text(encoding="utf-8").split("<!-- table -->")[0] if page.exists() else "# Calibration\n\n"
    page.write_text(head + "<!-- table -->\n" + "\n".join(lines) + "\n", encoding="utf-8")


def _as_data(fitted: Logistic) -> dict[str, object]:
    columns = zip(NAMES, fitted.means, fitted.spreads, fitted.weights, strict=True)
    return {"bias": fitted.bias, "measures": [{"name": n, "mean": m, "spread": s, "weight": w} for n, m, s, w in columns]}


if __name__ == "__main__":
    main()
