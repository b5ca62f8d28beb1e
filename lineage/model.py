"""How sure a link is: two logistic models, fitted on pairs read by people and tried on pairs they had not seen.

The first weighs what a task and a sentence share (``lineage.measures``); the second weighs its answer beside the rest of the pair
(``lineage.context``). Both are regularised and monotone: more of a measure never makes a link less likely, but for the two that speak
against it.

The fitted numbers are data (``model.json``, written by ``benchmarks/fit_alignment.py``): weights, thresholds, what they were learnt on, and
the reliability of held-out pairs (docs/calibration.md). A pair whose measures lie outside what was seen is told so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lineage.shared import Floats


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights for the measures, each taken from its mean in units of its spread."""

    bias: float
    weights: tuple[float, ...]
    means: tuple[float, ...]
    spreads: tuple[float, ...]

    def probability(self, measures: Floats) -> Floats:
        """Return, for measures of shape (…, measures), how likely each is a link."""
        import numpy as np

        x = self.bias + ((measures - np.array(self.means)) / np.array(self.spreads)) @ np.array(self.weights)
        return 1 / (1 + np.exp(-np.clip(x, -30, 30)))  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Model:
    """``alone`` is how likely a task and a sentence of related documents belong together by what they share, ``link`` the same beside the
    rest of the pair; ``doubt`` was fitted with unrelated documents beside, and decides whether a document is based on another at all.
    ``accept`` and ``propose`` are the thresholds it was set up with; ``learnt_on`` names the pairs, ``seen`` the span of each measure over
    their links.
    """

    alone: Logistic
    link: Logistic
    doubt: Logistic
    accept: float
    propose: float
    learnt_on: tuple[str, ...]
    seen: dict[str, tuple[float, float]]


@cache
def model() -> Model:
    """Return the fitted model that comes with the program."""
    return read_model(json.loads((Path(__file__).parent / "model.json").read_text(encoding="utf-8")))


def read_model(data: dict[str, Any]) -> Model:
    return Model(
        alone=_logistic(data["alone"]),
        link=_logistic(data["link"]),
        doubt=_logistic(data["doubt"]),
        accept=data["accept"],
        propose=data["propose"],
        learnt_on=tuple(data["learnt_on"]),
        seen={name: (low, high) for name, (low, high) in data["seen"].items()},
    )


def _logistic(data: dict[str, Any]) -> Logistic:
    columns = ([m[key] for m in data["measures"]] for key in ("weight", "mean", "spread"))
    return Logistic(data["bias"], *(tuple(column) for column in columns))
