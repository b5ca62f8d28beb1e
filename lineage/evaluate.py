"""How the aligner does against answers made by reading: clauses, sentences, relations, coverage, and whether its confidence holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from lineage.gold import Gold
from lineage.records import Link, PairResult
from lineage.upper_rows import as_upper
from loaders.records import Extraction
from zhengmai.errors import BadGold

FURTHEST = ("verbatim", "adapted", "exceptionDropped", "narrowed", "extended", "merged")
BANDS = (0.0, 0.5, 0.6, 0.8, 0.95, 0.99, 1.0)


@dataclass(frozen=True, slots=True)
class Score:
    """Links found and wanted; ratios are None where nothing was found or wanted."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float | None:
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.right / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else None


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference, quoted: ``kind`` is missed, wrong, relation, coverage-missed or coverage-wrong."""

    kind: str
    task: str
    provision: str
    confidence: float | None
    task_text: str
    provision_text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """``bands`` are (from, to, links, mean confidence, share right); ``calibration_error`` is weighted over them, None without links."""

    verdict: str
    clauses: Score
    sentences: Score
    accepted: Score
    relations: Score
    uncovered: Score
    bands: tuple[tuple[float, float, int, float, float], ...]
    calibration_error: float | None
    misses: tuple[Miss, ...] = field(default=())


def evaluate(result: PairResult, upper: Extraction, lower: Extraction, golds: Sequence[Gold]) -> Evaluation:
    """Hold one pair's links against answers. Only tasks and sentences that the answers speak of are judged.

    :raises BadGold: when the answers name a task or a sentence that the documents do not have.
    """
    texts = _Texts(upper, lower)
    answers = [a for gold in golds for a in gold.answers]
    _check(texts, golds)
    judged = {a.task for a in answers}
    links = [link for link in result.links if link.status in ("accepted", "proposed") and link.task in judged]
    clauses = {(a.task, a.clause) for a in answers if a.clause}
    secondary = {(a.task, a.clause) for a in answers if a.clause and not a.primary}
    sentences = {(a.task, s) for a in answers for s in a.sentences}
    got = {(link.task, link.provision) for link in links}
    got_sentences = {(link.task, link.sentence) for link in links if link.sentence}
    sure = {(link.task, link.provision) for link in links if link.status == "accepted"}
    right = [(link.confidence, _is_right(link, clauses, sentences)) for link in links]
    bands, error = _bands(right)
    agreed, compared, disagreed = _relations(links, golds, texts)
    uncovered, gaps = _coverage(result, golds, texts)
    misses = [
        *(_miss("missed", task, own, None, texts) for task, own in sorted(sentences - got_sentences)),
        *(_miss("wrong", task, own, _confidence(links, task, own), texts) for task, own in sorted(got_sentences - sentences)),
        *disagreed,
        *gaps,
    ]
    return Evaluation(
        result.basis.verdict,
        Score(len(got & clauses), len(got), len(clauses - secondary) + len(got & secondary)),
        Score(len(got_sentences & sentences), len(got_sentences), len(sentences)),
        Score(len(sure & clauses), len(sure), len(clauses)),
        Score(agreed, compared, compared),
        uncovered,
        bands,
        error,
        tuple(misses),
    )


def _is_right(link: Link, clauses: set[tuple[str, str]], sentences: set[tuple[str, str]]) -> bool:
    return (link.task, link.sentence) in sentences if link.sentence else (link.task, link.provision) in clauses


def _confidence(links: Iterable[Link], task: str, own: str) -> float | None:
    return next((link.confidence for link in links if (link.task, link.sentence) == (task, own)), None)


def _bands(right: Sequence[tuple[float, bool]]) -> tuple[tuple[tuple[float, float, int, float, float], ...], float | None]:
    found, error = [], 0.0
    for low, high in zip(BANDS, BANDS[1:], strict=False):
        band = [(c, r) for c, r in right if low <= c < high or (high == 1.0 == c)]
        if band:
            mean, share = sum(c for c, _ in band) / len(band), sum(r for _, r in band) / len(band)
            found.append((low, high, len(band), round(mean, 3), round(share, 3)))
            error += len(band) / len(right) * abs(mean - share)
    return tuple(found), round(error, 4) if right else None


def _relations(links: Sequence[Link], golds: Sequence[Gold], texts: _Texts) -> tuple[int, int, list[Miss]]:
    """Compare the furthest relation of each task and clause that both sides link; a dropped exception counts as adapted too."""
    by_pair: dict[tuple[str, str], set[str]] = defaultdict(set)
    for link in links:
        by_pair[link.task, link.provision].add(link.relation)
    agreed, compared, misses = 0, 0, []
    for answer in (a for gold in golds for a in gold.answers if a.relations and a.clause):
        assert answer.clause
        found = by_pair.get((answer.task, answer.clause))
        if not found:
            continue
        compared += 1
        furthest = max(found, key=FURTHEST.index)
        if furthest in answer.relations or (furthest == "exceptionDropped" and "adapted" in answer.relations):
            agreed += 1
        else:
            note = f"{furthest} / {'|'.join(dict.fromkeys(answer.relations))}"
            misses.append(_miss("relation", answer.task, answer.clause, None, texts, note))
    return agreed, compared, misses


def _coverage(result: PairResult, golds: Sequence[Gold], texts: _Texts) -> tuple[Score, list[Miss]]:
    """Compare the sentences without a row; only sentences the answers speak of, either in a table of coverage or as all rows' answers."""
    table = {c.sentence: bool(c.tasks) for gold in golds for c in gold.coverage}
    if not table:
        answers = [a for gold in golds for a in gold.answers]
        if not texts.tasks.keys() <= {a.task for a in answers}:
            return Score(0, 0, 0), []
        covered = {s for a in answers for s in a.sentences}
        table = {s: s in covered for s in texts.judged}
    wanted = {s for s, held in table.items() if not held}
    found = {gap.sentence for gap in result.uncovered} & set(table)
    misses = [_miss("coverage-missed", "", s, None, texts) for s in sorted(wanted - found)]
    misses += [_miss("coverage-wrong", "", s, None, texts) for s in sorted(found - wanted)]
    return Score(len(wanted & found), len(found), len(wanted)), misses


def _miss(kind: str, task: str, own: str, confidence: float | None, texts: _Texts, note: str = "") -> Miss:
    return Miss(kind, task, own, confidence, texts.tasks.get(task, ""), texts.provisions.get(own, ""), note)


class _Texts:
    """The words of both documents by id; ``judged`` are the sentences that may be covered (the preamble is no duty)."""

    def __init__(self, upper: Extraction, lower: Extraction) -> None:
        from lineage.units import lower_units, upper_units

        self.provisions = {p.id: (p.text or p.heading or "") for p in as_upper(upper).provisions}
        self.judged = [unit.id for unit in upper_units(upper)]
        at = ((unit.id, unit.folded.at) for unit in lower_units(lower))
        self.tasks = {own: lower.text[span[0] : span[-1] + 1] if span else "" for own, span in at}


def _check(texts: _Texts, golds: Sequence[Gold]) -> None:
    """A wrong pair of documents shows here: most ids are unknown to it."""
    for gold in golds:
        tasks = {a.task for a in gold.answers} | {t for c in gold.coverage for t in c.tasks}
        own = {s for a in gold.answers for s in a.sentences} | {c.sentence for c in gold.coverage}
        unknown = sorted(tasks - texts.tasks.keys()) + sorted(own - texts.provisions.keys())
        if unknown:
            shown = ", ".join(unknown[:5])
            raise BadGold(
                where=str(gold.path),
                found=f"{len(unknown)} ids that the documents do not have: {shown}",
                expected="ids of the lower document's rows and of the upper document's sentences",
                fix="name the right documents (evaluate UPPER LOWER --gold FILE), or correct the ids",
                zh=f"有 {len(unknown)} 个编号在文件中不存在：{shown}。请核对所给的上级、下级文件。",
            )


def as_json(found: Evaluation) -> dict[str, Any]:
    """Return an evaluation as plain JSON values."""

    def score(s: Score) -> dict[str, Any]:
        ratios = {name: None if value is None else round(value, 4) for name, value in _ratios(s)}
        return {"right": s.right, "found": s.found, "wanted": s.wanted, **ratios}

    return {
        "based_on": found.verdict,
        "clauses": score(found.clauses),
        "sentences": score(found.sentences),
        "accepted": {"right": found.accepted.right, "found": found.accepted.found, "precision": found.accepted.precision},
        "relations": {"agreed": found.relations.right, "compared": found.relations.found, "accuracy": found.relations.precision},
        "uncovered": score(found.uncovered),
        "bands": [dict(zip(("from", "to", "links", "confidence", "right"), band, strict=True)) for band in found.bands],
        "expected_calibration_error": found.calibration_error,
        "misses": [
            {
                "kind": m.kind,
                "task": m.task,
                "provision": m.provision,
                "confidence": m.confidence,
                "task_text": m.task_text,
                "provision_text": m.provision_text,
                "note": m.note,
            }
            for m in found.misses
        ],
    }


def _ratios(score: Score) -> tuple[tuple[str, float | None], ...]:
    return (("precision", score.precision), ("recall", score.recall), ("f1", score.f1))
