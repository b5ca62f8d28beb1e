"""Fit the aligner's confidence on pairs read by people, and say how it does on pairs it has not seen.

  python -m benchmarks.fit_alignment            prints the reliability of held-out pairs
  python -m benchmarks.fit_alignment --write    also writes lineage/model.json, lineage/common_pairs.json and docs/calibration.md

Each domain (an upper document with all its lower ones) is held out in turn; the numbers are those of pairs whose domain neither model
ever saw. The second model is fitted on what the first says of pairs held out from it, else it would trust the first too much. Beside
each pair stand variants of it (``benchmarks/alignment_pairs.py``), so that near misses and foreign tasks are learnt too. Same files, same
numbers.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.alignment_pairs import ROOT, Pair, common_pairs, read_pairs, read_strangers
from lineage.assignment import FLOOR, TURNED_DOWN, beside_the_rest, weighed
from lineage.basis import SURE
from lineage.common_words import FILE as COMMON
from lineage.context import CONTEXT
from lineage.facts import FACTS
from lineage.measures import NAMES
from lineage.model import Logistic, Model

ACCEPT, PROPOSE = 0.97, 0.5
PENALTY, PENALTY_CONTEXT, FOLDS, EXPECTED = 2.0, 1.0, 4, 0.1
"""The penalty draws weights to nothing, those of shared facts to EXPECTED: few of our pairs have them, and a reader goes by them."""
AGAINST = ("other_level", "claimed_elsewhere")
BANDS = ((PROPOSE, 0.6), (0.6, 0.8), (0.8, 0.95), (0.95, 0.99), (0.99, 1.0001))
EASY, EVERY = 0.25, 4
"""Of pairs that are by far not the best for either side every fourth is taken, at four times the weight."""

Array = NDArray[np.float64]
Likely = dict[str, Array]


def fit(x: Array, y: Array, weights: Array, names: Sequence[str], penalty: float) -> Logistic:
    """Fit a logistic model whose weights are at least 0 (at most 0 for those that speak against a link)."""
    from scipy.optimize import minimize

    means, spreads = x.mean(axis=0), np.maximum(x.std(axis=0), 0.05)
    scaled = (x - means) / spreads
    expected = np.array([EXPECTED if name in FACTS else 0.0 for name in names])

    def loss(b: Array) -> tuple[float, Array]:
        at = b[0] + scaled @ b[1:]
        slope = weights * (1 / (1 + np.exp(-at)) - y)
        value = (weights * (np.logaddexp(0, at) - y * at)).sum() + penalty / 2 * ((b[1:] - expected) ** 2).sum()
        return float(value), np.r_[slope.sum(), scaled.T @ slope + penalty * (b[1:] - expected)]

    bounds = [(None, None), *((None, 0) if name in AGAINST else (0, None) for name in names)]
    start = np.r_[-5.0, np.zeros(len(names))]
    b = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 1000}).x
    return Logistic(round(float(b[0]), 5), *(tuple(round(float(v), 5) for v in column) for column in (b[1:], means, spreads)))


def fit_alone(pairs: Sequence[Pair]) -> Logistic:
    """Fit the model of what a task and a sentence share; the large seed pair, variants and unrelated pairs count less."""
    parts = []
    ranks = [NAMES.index("rank_for_task"), NAMES.index("rank_for_sentence")]
    for p in pairs:
        x, y = p.measured.measures.reshape(-1, len(NAMES)), p.links.reshape(-1).astype(float)
        easy = (x[:, ranks] < EASY).all(axis=1) & (y == 0)
        taken = ~easy | (np.arange(len(y)) % EVERY == 0)
        parts.append((x[taken], y[taken], _weight(p) * np.where(easy, EVERY, 1)[taken]))
    return fit(*(np.concatenate(column) for column in zip(*parts, strict=True)), NAMES, PENALTY)


def fit_link(pairs: Sequence[Pair], alone: Likely) -> Logistic:
    """Fit the model of a link beside the rest of its pair, given how likely each is alone."""
    parts = []
    for p in pairs:
        x = beside_the_rest(p.sides, p.measured, alone[p.name])[alone[p.name] >= FLOOR / 2]
        y = p.links[alone[p.name] >= FLOOR / 2].astype(float)
        parts.append((x, y, np.full(len(y), _weight(p))))
    return fit(*(np.concatenate(column) for column in zip(*parts, strict=True)), CONTEXT, PENALTY_CONTEXT)


def _weight(pair: Pair) -> float:
    return (0.4 if pair.domain == "openness" or not pair.links.any() else 1.0) * (0.5 if pair.is_variant else 1.0)


def fit_both(pairs: Sequence[Pair]) -> tuple[Logistic, Logistic]:
    """Fit both models; the second on answers the first gave to domains it had not seen."""
    domains, alone = sorted({p.domain for p in pairs}), {}
    for fold in range(FOLDS):
        out = set(domains[fold::FOLDS])
        first = fit_alone([p for p in pairs if p.domain not in out])
        alone |= {p.name: first.probability(p.measured.measures) for p in pairs if p.domain in out}
    return fit_alone(pairs), fit_link(pairs, alone)


def confidence(pair: Pair, alone: Logistic, link: Logistic) -> Array:
    """Return every link's confidence as ``lineage.assignment`` gives it."""
    _, likely, chosen = weighed(pair.sides, pair.measured, alone.probability(pair.measured.measures), link)
    return np.where(chosen, likely, np.minimum(likely, TURNED_DOWN))


def held_out(pairs: Sequence[Pair]) -> Likely:
    """Return each pair's confidences by models that never saw its domain."""
    found = {}
    for domain in sorted({p.domain for p in pairs}):
        both = fit_both([p for p in pairs if p.domain != domain])
        found |= {p.name: confidence(p, *both) for p in pairs if p.domain == domain}
    return found


def sure_tasks(pairs: Sequence[Pair], strangers: Sequence[Pair]) -> dict[str, float]:
    """Return the share of tasks with a sure counterpart, for each pair by a model that saw neither of its domains."""
    found = {}
    for domain in sorted({p.domain for p in pairs} | {p.domain.split("|")[0] for p in strangers}):
        away = [p for p in strangers if domain not in p.domain.split("|")]
        fitted = fit_alone([*(p for p in pairs if p.domain != domain), *away])
        for p in (*pairs, *strangers):
            if p.domain.split("|")[0] == domain:
                found[p.name] = float((fitted.probability(p.measured.measures).max(axis=1) >= SURE).mean())
    return found


def scores(pair: Pair, likely: Array) -> dict[str, float]:
    """Return precision, recall and F1 of clauses, F1 of sentences, and the precision of accepted links."""
    tasks, uppers = [w.unit.id for w in pair.sides.lowers], [w.unit for w in pair.sides.index.uppers]

    def by_clause(flags: NDArray[np.bool_]) -> set[tuple[str, str]]:
        return {(tasks[i], uppers[j].clause) for i, j in zip(*np.nonzero(flags), strict=True)}

    want, got, sure = by_clause(pair.links), by_clause(likely >= PROPOSE), by_clause(likely >= ACCEPT)
    hit, sentences = len(want & got), (likely >= PROPOSE) & pair.links
    return {
        "precision": hit / len(got) if got else 0.0,
        "recall": hit / len(want),
        "f1": 2 * hit / (len(got) + len(want)),
        "sentence_f1": 2 * float(sentences.sum()) / float((likely >= PROPOSE).sum() + pair.links.sum()),
        "accepted": float((likely >= ACCEPT).sum()),
        "accepted_precision": len(sure & want) / len(sure) if sure else 1.0,
    }


def reliability(pairs: Sequence[Pair], likely: Likely) -> tuple[list[tuple[str, int, float, float]], float]:
    """Return (band, links, mean confidence, share right) and the expected calibration error over the links that would be made."""
    p = np.concatenate([likely[x.name].reshape(-1) for x in pairs])
    y = np.concatenate([x.links.reshape(-1) for x in pairs])
    made = p >= PROPOSE
    p, y = p[made], y[made]
    rows, error = [], 0.0
    for low, high in BANDS:
        band = (p >= low) & (p < high)
        if band.any():
            rows.append((f"{low:.2f}–{min(high, 1):.2f}", int(band.sum()), float(p[band].mean()), float(y[band].mean())))
            error += band.mean() * abs(rows[-1][2] - rows[-1][3])
    return rows, error


def tables(pairs: Sequence[Pair], likely: Likely, sure: dict[str, float], strangers: Sequence[Pair]) -> list[str]:
    """Return the tables of docs/calibration.md."""
    plain, varied = [p for p in pairs if not p.is_variant], [p for p in pairs if p.is_variant]
    lines = ["| 文件对 · pair | clause P | R | F1 | sentence F1 | accepted | right |", "|---|---|---|---|---|---|---|"]
    rows = [(p.name, [scores(p, likely[p.name])]) for p in plain]
    rows.append((f"各对的变体 · their variants ({len(varied)})", [scores(p, likely[p.name]) for p in varied]))
    for name, found in rows:
        mean: Callable[[str], float] = lambda key, found=found: float(np.mean([s[key] for s in found]))  # type: ignore[misc]  # noqa: E731
        cells = " | ".join(f"{mean(key):.3f}" for key in ("precision", "recall", "f1", "sentence_f1"))
        lines.append(f"| {name} | {cells} | {sum(s['accepted'] for s in found):.0f} | {mean('accepted_precision'):.3f} |")
    for title, some in (("原文件对 · the pairs", plain), ("变体 · their variants", varied)):
        bands, error = reliability(some, likely)
        lines += ["", f"{title}: ECE {error:.3f}", "", "| 把握度 · confidence | n | mean | right |", "|---|---|---|---|"]
        lines += [f"| {band} | {n} | {mean_:.2f} | {right:.2f} |" for band, n, mean_, right in bands]
    lines += ["", "| 有确切对应的任务占比 · tasks with a sure counterpart | least | median | most |", "|---|---|---|---|"]
    for title, some in (("原文件对 · the pairs", plain), ("变体 · their variants", varied), ("无关文件对 · unrelated", list(strangers))):
        shares = np.array([sure[p.name] for p in some])
        lines.append(f"| {title} ({len(some)}) | {shares.min():.2f} | {np.median(shares):.2f} | {shares.max():.2f} |")
    return lines


def fit_model(pairs: Sequence[Pair], strangers: Sequence[Pair]) -> Model:
    """Fit all three models and note what was seen."""
    linked = np.concatenate([p.measured.measures[p.links] for p in pairs])
    spans = np.quantile(linked, (0.02, 0.98), axis=0).round(3)
    seen = {name: (float(low), float(high)) for name, low, high in zip(NAMES, *spans, strict=True)}
    alone, link = fit_both(pairs)
    learnt_on = tuple(sorted(p.name for p in pairs if not p.is_variant))
    return Model(alone, link, fit_alone([*pairs, *strangers]), ACCEPT, PROPOSE, learnt_on, seen)


def write(fitted: Model, lines: list[str]) -> None:
    data = {
        "accept": fitted.accept,
        "propose": fitted.propose,
        "learnt": "benchmarks/fit_alignment.py --write; docs/calibration.md",
        "alone": _as_data(fitted.alone, NAMES),
        "link": _as_data(fitted.link, CONTEXT),
        "doubt": _as_data(fitted.doubt, NAMES),
        "learnt_on": list(fitted.learnt_on),
        "seen": {name: list(span) for name, span in fitted.seen.items()},
    }
    (ROOT / "lineage" / "model.json").write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    page = ROOT / "docs" / "calibration.md"
    head = page.read_text(encoding="utf-8").split("<!-- table -->")[0]
    page.write_text(head + "<!-- table -->\n" + "\n".join(lines) + "\n", encoding="utf-8")


def _as_data(fitted: Logistic, names: Sequence[str]) -> dict[str, object]:
    columns = zip(names, fitted.means, fitted.spreads, fitted.weights, strict=True)
    return {"bias": fitted.bias, "measures": [{"name": n, "mean": m, "spread": s, "weight": w} for n, m, s, w in columns]}


def write_common() -> None:
    """Write how common pairs of characters are over all domains (``lineage.common_words``)."""
    from benchmarks.alignment_pairs import documents

    domains = len(set(documents().values()))
    by_number: defaultdict[int, list[str]] = defaultdict(list)
    for pair, share in sorted(common_pairs().items()):
        by_number[round(share * domains)].append(pair)
    pairs = {str(number): " ".join(by_number[number]) for number in sorted(by_number)}
    COMMON.write_text(json.dumps({"domains": domains, "pairs": pairs}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    pairs, strangers = read_pairs(), read_strangers()
    print(f"{len(pairs)} pairs with variants, {len(strangers)} unrelated", file=sys.stderr, flush=True)
    lines = tables(pairs, held_out(pairs), sure_tasks(pairs, strangers), strangers)
    print("\n".join(lines))
    if args.write:
        write_common()
        write(fit_model(pairs, strangers), lines)


if __name__ == "__main__":
    main()
