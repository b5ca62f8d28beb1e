"""Amounts whose number was left out (至少对%以上, 在个小时内, 不少于次) or cannot be (至少检查200%的单位)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.doubts.telling import at_text
from loaders.records import Extraction, Finding
from loaders.words import words


def quantity_doubts(document: Extraction) -> Iterator[Finding]:
    for pattern in words("doubts")["without_number"]:
        for hit in re.finditer(pattern, document.text, re.MULTILINE):
            said = f"“{hit[0]}”处缺数字。", f"The number is missing in {hit[0]}."
            yield at_text("quantity-odd", "warning", document, *hit.span(), said)
    for pattern in words("doubts")["too_much"]:
        for hit in re.finditer(pattern, document.text):
            said = f"“{hit[0]}”超过全部。", f"{hit[0]} is more than all."
            yield at_text("quantity-odd", "warning", document, *hit.span(), said)
