"""How the rules of text quality say what they found: one finding with its words, or one for all of a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from loaders.records import Finding, Place, Severity, Text2

SHOWN = 20  # findings of one kind a document gets at most; the last says how many more there are


def finding(code: str, severity: Severity, text: str, start: int, end: int, zh: str, en: str) -> Finding:
    """Return the finding whose quote is ``text[start:end]``."""
    return Finding(code, severity, Place(start=start, end=end), text[start:end], Text2(zh, en))


def first_of_each(
    code: str, severity: Severity, text: str, hits: Iterable[tuple[int, int]], say: Callable[[str], tuple[str, str]]
) -> Iterator[Finding]:
    """Yield one finding for each different quote, at its first place; ``say`` is told the quote and returns both languages."""
    counts: dict[str, list[int]] = {}
    for start, end in hits:
        counts.setdefault(text[start:end], [start, 0])[1] += 1
    for at, (quote, (start, count)) in enumerate(counts.items()):
        if at == SHOWN:
            return
        zh, en = say(quote)
        more = (f"；全文共 {count} 处。", f"; {count} in the document.") if count > 1 else ("。", ".")
        rest = len(counts) - SHOWN if at == SHOWN - 1 else 0
        left = (f"另有 {rest} 种同类未列出。", f" {rest} more of this kind are not listed.") if rest > 0 else ("", "")
        yield finding(code, severity, text, start, start + len(quote), zh + more[0] + left[0], en + more[1] + left[1])
