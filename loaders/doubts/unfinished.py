"""What a draft leaves behind: remarks in brackets (（待补充）), blanks to be filled in (XX处), errors of a spreadsheet (#REF!)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.doubts.telling import at_text
from loaders.records import Extraction, Finding
from loaders.words import words


def unfinished_doubts(document: Extraction) -> Iterator[Finding]:
    for pattern in words("doubts")["unfinished"]:
        for hit in re.finditer(pattern, document.text):
            said = f"“{hit[0]}”像是未定稿时留下的文字。", f"{hit[0]} seems to be left over from a draft."
            yield at_text("unfinished-text", "warning", document, *hit.span(), said)
