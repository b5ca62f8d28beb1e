"""Links are decided for the whole pair at once: against row by row, against every set there is, and against an exact solver."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from seeds import GOLD

from lineage.assignment import measured, sides_of
from lineage.cover import COST, LEAST_LIKELY, Parts, choose, gains
from lineage.model import model
from lineage.units import lower_units, upper_units
from loaders.extract import extract_file

Array = NDArray[np.float64]


def whole(explained: list[list[float]]) -> list[Parts]:
    """Units of one piece each: how well each unit of the other side explains it."""
    return [Parts(np.ones(1), np.array([row])) for row in explained]


def value(links: set[tuple[int, int]], likely: Array, tasks: list[Parts], sentences: list[Parts], cost: float = COST) -> float:
    """The value of a set of links, written out anew from the docstring of ``lineage.cover``."""
    total = -cost * len(links)
    for i, part in enumerate(tasks):
        own = [j for a, j in links if a == i]
        total += sum(w * max((e[j] * likely[i, j] for j in own), default=0.0) for w, e in zip(part.weights, part.explained, strict=True))
    for j, part in enumerate(sentences):
        own = [i for i, b in links if b == j]
        total += sum(w * max((e[i] * likely[i, j] for i in own), default=0.0) for w, e in zip(part.weights, part.explained, strict=True))
    return total


def links_of(flags: NDArray[np.bool_]) -> set[tuple[int, int]]:
    return {(int(i), int(j)) for i, j in zip(*np.nonzero(flags), strict=True)}


NEAR_EQUAL = np.array([[0.9, 0.8], [0.8, 0.75]])
"""Two tasks and two sentences of nearly the same words: taken alone both tasks prefer the first sentence."""


def test_two_near_equal_sentences_go_one_to_each_of_two_tasks() -> None:
    row_by_row = {(i, int(NEAR_EQUAL[i].argmax())) for i in range(2)}
    tasks, sentences = whole([[1.0, 0.95], [1.0, 0.95]]), whole([[1.0, 0.9], [1.0, 0.9]])
    together = links_of(choose(NEAR_EQUAL, tasks, sentences))
    assert row_by_row == {(0, 0), (1, 0)}
    assert together == {(0, 0), (1, 1)}
    assert value(together, NEAR_EQUAL, tasks, sentences) > value(row_by_row, NEAR_EQUAL, tasks, sentences)


def test_a_task_of_two_sentences_and_a_sentence_of_two_tasks_keep_both_links() -> None:
    """Task 0 fuses sentences 0 and 1; sentence 2 is split over tasks 1 and 2."""
    likely = np.array([[0.9, 0.9, 0.1], [0.1, 0.1, 0.9], [0.1, 0.1, 0.9]])
    halves = np.array([0.5, 0.5])
    tasks = [Parts(halves, np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])), *whole([[0.0, 0.0, 1.0], [0.0, 0.0, 1.0]])]
    sentences = [*whole([[1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]), Parts(halves, np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]))]
    assert links_of(choose(likely, tasks, sentences)) == {(0, 0), (0, 1), (1, 2), (2, 2)}


def test_a_link_whose_words_others_explain_better_brings_nothing() -> None:
    likely = np.array([[0.95, 0.6], [0.1, 0.95]])
    tasks, sentences = whole([[1.0, 0.7], [0.0, 1.0]]), whole([[1.0, 0.0], [0.5, 1.0]])
    flags = choose(likely, tasks, sentences)
    assert links_of(flags) == {(0, 0), (1, 1)}
    of_task, of_sentence = gains(likely, flags, tasks, sentences)
    assert of_task[0, 1] == 0 and of_sentence[0, 1] == 0 and of_task[0, 0] == 1


@pytest.mark.parametrize("seed", range(12))
def test_no_set_of_links_is_better_by_more_than_the_bound(seed: int) -> None:
    """All sets of at most twelve links are tried; what is found is never more than COST a link away, and is mostly the best."""
    draw = np.random.default_rng(seed)
    likely = draw.random((3, 4))
    tasks = [Parts(np.array([0.6, 0.4]), draw.random((2, 4))) for _ in range(3)]
    sentences = [Parts(np.array([0.5, 0.5]), draw.random((2, 3))) for _ in range(4)]
    options = [(int(i), int(j)) for i, j in zip(*np.nonzero(likely >= LEAST_LIKELY), strict=True)]
    best = max(
        (set(links) for size in range(len(options) + 1) for links in combinations(options, size)),
        key=lambda links: value(links, likely, tasks, sentences),
    )
    found = links_of(choose(likely, tasks, sentences))
    short = value(best, likely, tasks, sentences) - value(found, likely, tasks, sentences)
    assert short <= COST * len(found - best) + 1e-9
    assert short <= 0.02 * abs(value(best, likely, tasks, sentences)) + 1e-9


def test_on_a_real_pair_it_is_as_good_as_an_exact_solver() -> None:
    """The same value as a mixed-integer programme (facility location, HiGHS) on a table of 37 rows."""
    folder = GOLD / "ours" / "disability"
    sides = sides_of(upper_units(extract_file(folder / "upper.txt")), lower_units(extract_file(folder / "city.csv")), "city")
    pair = measured(sides)
    likely = model().alone.probability(pair.measures)
    found = value(links_of(choose(likely, pair.tasks, pair.sentences)), likely, pair.tasks, pair.sentences)
    assert found >= 0.999 * exact(likely, pair.tasks, pair.sentences)


def exact(likely: Array, tasks: list[Parts], sentences: list[Parts]) -> float:
    """Return the best value there is: x says whether a link is made, y which link explains a piece, one at most, a made one only."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import lil_matrix

    options = [(int(i), int(j)) for i, j in zip(*np.nonzero(likely >= LEAST_LIKELY), strict=True)]
    worth = [COST] * len(options)
    pieces: list[tuple[list[int], list[float]]] = []
    for side, units in ((0, tasks), (1, sentences)):
        for at, part in enumerate(units):
            own = [number for number, link in enumerate(options) if link[side] == at]
            for weight, row in zip(part.weights, part.explained, strict=True):
                pieces.append((own, [weight * row[options[n][1 - side]] * likely[options[n]] for n in own]))
    rows: list[list[tuple[int, float]]] = []
    for own, gain in pieces:
        first = len(worth)
        worth += [-g for g in gain]
        rows.append([(first + k, 1.0) for k in range(len(own))])
        rows += [[(first + k, 1.0), (number, -1.0)] for k, number in enumerate(own)]
    rows = [row for row in rows if row]
    matrix, upper = lil_matrix((len(rows), len(worth))), np.zeros(len(rows))
    for at, row in enumerate(rows):
        for column, factor in row:
            matrix[at, column] = factor
        upper[at] = 0.0 if any(factor < 0 for _, factor in row) else 1.0
    whole_numbers = np.array([1] * len(options) + [0] * (len(worth) - len(options)))
    solved = milp(np.array(worth), integrality=whole_numbers, bounds=Bounds(0, 1), constraints=LinearConstraint(matrix.tocsr(), ub=upper))
    return float(-solved.fun)
