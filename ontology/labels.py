"""The words people read, from labels.csv: one row a word, Chinese and English side by side.

A key is ``scheme/code`` for a code of the graph (``relation-type/verbatim``), else ``topic/word`` (``column/deadline``).
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["zh", "en"]
FILE = Path(__file__).resolve().parent / "labels.csv"


def label(key: str, lang: Language) -> str:
    """Return the word for a key in one language.

    :raises KeyError: when labels.csv has no such row; a page must not show a bare code.
    """
    zh, en = labels()[key]
    return zh if lang == "zh" else en


@cache
def labels() -> dict[str, tuple[str, str]]:
    """Return every key with its Chinese and English word, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {row["key"]: (row["zh"], row["en"]) for row in csv.DictReader(lines)}
