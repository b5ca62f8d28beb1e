"""How an answer is to be written."""

from __future__ import annotations

from dataclasses import dataclass

from ontology.labels import Language


@dataclass(frozen=True, slots=True)
class Style:
    """How to write: language of headings and words, columns of the terminal, a byte order mark for Excel's sake."""

    lang: Language = "zh"
    width: int = 120
    bom: bool = False
