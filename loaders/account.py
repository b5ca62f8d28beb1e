"""The account of a reading: every row, column and paragraph of a document is used or left out for a reason, and says where.

:func:`account_of` gives it as data, :func:`account_lines` as people read it. Its size does not grow with the document: of things of
one kind it holds how many there are and where the first ones stand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from loaders.blocks import Paragraph
from loaders.records import Extraction, Place
from loaders.tables.columns import ROLES
from ontology.labels import Language, label, labels

PLACES_SHOWN = 5
ROWS_SHOWN = 200
QUOTE = 24
SEVERITIES = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True)
class Several:
    """Things of one kind: its code, how many, where the first ones are, and the words of the first."""

    code: str
    count: int
    places: tuple[Place, ...] = ()
    quote: str = ""
    severity: str = ""


@dataclass(frozen=True, slots=True)
class DoubtfulRow:
    """A row with fields that may be merged or empty."""

    row: str
    fields: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a document. ``rows_seen == rows_kept + sum of skipped``; ``doubtful`` holds the first of ``doubtful_rows``."""

    tables_seen: int = 0
    tables_read: int = 0
    rows_seen: int = 0
    rows_kept: int = 0
    skipped: tuple[Several, ...] = ()
    columns_used: tuple[tuple[str, str], ...] = ()
    columns_unused: tuple[str, ...] = ()
    provisions: int = 0
    paragraphs_seen: int = 0
    paragraphs_used: int = 0
    left: Several = Several("left", 0)
    doubtful: tuple[DoubtfulRow, ...] = ()
    doubtful_rows: int = 0
    corrected: int = 0
    findings: tuple[Several, ...] = ()

    def found(self, severity: str) -> int:
        """Return how many findings have a severity."""
        return sum(several.count for several in self.findings if several.severity == severity)


def account_of(extraction: Extraction) -> Account:
    """Return the account of one document."""
    ingest = extraction.ingest
    doubtful = [DoubtfulRow(row.row, row.doubtful, row.place) for row in extraction.rows if row.doubtful]
    left = [(place, quoted(extraction, place)) for place in ingest.paragraphs_left]
    return Account(
        tables_seen=ingest.tables_seen,
        tables_read=len({row.table for row in extraction.rows}),
        rows_seen=ingest.rows_seen,
        rows_kept=ingest.rows_kept,
        skipped=_grouped((s.reason, "", s.place, quoted(extraction, s.place) if s.quote else "") for s in ingest.skipped),
        columns_used=tuple(dict.fromkeys((_one_line(h), role) for h, role in ingest.columns if role in ROLES)),
        columns_unused=tuple(dict.fromkeys(_one_line(h) for h, role in ingest.columns if role not in ROLES)),
        provisions=sum(p.level in ("clause", "item") for p in extraction.provisions),
        paragraphs_seen=ingest.paragraphs_seen,
        paragraphs_used=ingest.paragraphs_used,
        left=Several("left", len(left), tuple(p for p, _ in left[:PLACES_SHOWN]), left[0][1] if left else ""),
        doubtful=tuple(doubtful[:ROWS_SHOWN]),
        doubtful_rows=len(doubtful),
        corrected=len(extraction.corrected),
        findings=tuple(sorted(_grouped((f.code, f.severity, f.place, "") for f in extraction.findings), key=_worst_first)),
    )


def add_up(one: Account, other: Account) -> Account:
    """Return the sums of two accounts, for many documents; places, columns and rows are each document's own and left out."""
    sums = {name: getattr(one, name) + getattr(other, name) for name in Account.__dataclass_fields__ if isinstance(getattr(one, name), int)}
    return Account(
        **sums,
        skipped=_summed((*one.skipped, *other.skipped)),
        left=Several("left", one.left.count + other.left.count),
        findings=_summed((*one.findings, *other.findings)),
    )


def account_lines(account: Account, lang: Language) -> list[str]:
    """Return the account as lines of text."""

    def said(*pairs: tuple[str, int]) -> str:
        return _comma(lang).join(f"{label(f'account/{key}', lang)} {count}" for key, count in pairs)

    lines: list[tuple[str, str, Sequence[str]]] = []
    if account.tables_seen:
        lines.append(("tables", said(("tables-seen", account.tables_seen), ("tables-read", account.tables_read)), ()))
    if account.rows_seen:
        skipped = account.rows_seen - account.rows_kept
        words = said(("rows-seen", account.rows_seen), ("rows-kept", account.rows_kept), ("rows-skipped", skipped))
        lines.append(("rows", words, [_several(s, "skip-reason", lang) for s in account.skipped]))
    if account.columns_used:
        used = [f"{header} → {_word(f'field/{role}', role, lang)}" for header, role in account.columns_used]
        lines.append(("columns-used", _comma(lang).join(used), ()))
    if account.columns_unused:
        lines.append(("columns-unused", _comma(lang).join(account.columns_unused), ()))
    if account.provisions:
        lines.append(("provisions", str(account.provisions), ()))
    if account.paragraphs_seen:
        words = said(("paragraphs-used", account.paragraphs_used), ("paragraphs-left", account.left.count))
        lines.append(("paragraphs", words, [_where(account.left, lang)] if account.left.places else []))
    if account.doubtful_rows:
        lines.append(("doubtful", str(account.doubtful_rows), doubtful_lines(account, lang, most=PLACES_SHOWN)))
    if account.corrected:
        lines.append(("corrected", str(account.corrected), ()))
    counts = _comma(lang).join(f"{label(f'severity/{severity}', lang)} {account.found(severity)}" for severity in SEVERITIES)
    lines.append(("findings", counts, [_several(s, "finding-type", lang) for s in account.findings]))
    colon = "：" if lang == "zh" else ": "
    return [
        line for key, words, under in lines for line in (f"{label(f'account/{key}', lang)}{colon}{words}", *(f"  - {u}" for u in under))
    ]


def doubtful_lines(account: Account, lang: Language, *, most: int = ROWS_SHOWN) -> list[str]:
    """Return the doubtful rows, each with its fields and place; the last line says how many more there are."""
    shown = []
    for doubt in account.doubtful[:most]:
        fields = _comma(lang).join(_word(f"field/{name}", name, lang) for name in doubt.fields)
        place = place_in_words(doubt.place, lang)
        shown.append(f"{doubt.row}（{place}）：{fields}" if lang == "zh" else f"{doubt.row} ({place}): {fields}")
    more = account.doubtful_rows - len(shown)
    return [*shown, f"… +{more}"] if shown and more > 0 else shown


def place_in_words(place: Place, lang: Language) -> str:
    """Return a place as people say it: 工作表 分工 表1 第28行 第4列; table 1 row 28 column 4."""
    said = (
        ("工作表 {}", "sheet {}", place.sheet),
        ("第{}页", "page {}", place.page),
        ("附件 {}", "attachment {}", place.attachment),
        ("表{}", "table {}", place.table),
        ("第{}行", "row {}", place.row),
        ("第{}列", "column {}", place.column),
        ("第{}段", "paragraph {}", place.paragraph),
    )
    words = " ".join((zh if lang == "zh" else en).format(value) for zh, en, value in said if value)
    if words or place.start is None:
        return words
    return f"字符 {place.start}–{place.end}" if lang == "zh" else f"characters {place.start}–{place.end}"


def quoted(extraction: Extraction, place: Place, most: int = QUOTE) -> str:
    """Return the words of a place on one line, at most ``most`` of them, with what reports mask shown as ▇."""
    if place.start is None or place.end is None:
        return ""
    start, end = place.start, min(place.end, place.start + 4 * most)
    words = list(extraction.text[start:end])
    for a, b in extraction.masked:
        for at in range(max(a, start), min(b, end)):
            words[at - start] = "▇"
    line = _one_line("".join(words))
    return line if len(line) <= most and end == place.end else line[:most] + "…"


def left_over(paragraphs: Sequence[Paragraph], used: frozenset[int], spans: Iterable[Place]) -> tuple[Place, ...]:
    """Return the paragraphs that are neither in ``used`` (their numbers) nor touched by a span."""
    ordered = sorted((place.start, place.end or place.start) for place in spans if place.start is not None)
    starts, reach = [start for start, _ in ordered], list(accumulate((end for _, end in ordered), max))
    return tuple(
        Place(start=p.start, end=p.end, page=p.page, paragraph=p.number)
        for p in paragraphs
        if p.number not in used and not ((before := bisect_left(starts, max(p.end, p.start + 1))) and reach[before - 1] > p.start)
    )


def _word(key: str, otherwise: str, lang: Language) -> str:
    """A reader may give a reason or a code of its own; then the code itself is shown."""
    return label(key, lang) if key in labels() else otherwise


def _worst_first(several: Several) -> tuple[int, str]:
    return (SEVERITIES.index(several.severity) if several.severity else 0, several.code)


def _grouped(things: Iterable[tuple[str, str, Place, str]]) -> tuple[Several, ...]:
    found: dict[tuple[str, str], Several] = {}
    for code, severity, place, quote in things:
        known = found.get((code, severity)) or Several(code, 0, quote=quote, severity=severity)
        places = (*known.places, place) if len(known.places) < PLACES_SHOWN else known.places
        found[code, severity] = replace(known, count=known.count + 1, places=places)
    return tuple(found.values())


def _summed(groups: Iterable[Several]) -> tuple[Several, ...]:
    counts: dict[tuple[str, str], int] = {}
    for several in groups:
        counts[several.severity, several.code] = counts.get((several.severity, several.code), 0) + several.count
    return tuple(sorted((Several(code, count, severity=s) for (s, code), count in counts.items()), key=_worst_first))


def _several(several: Several, topic: str, lang: Language) -> str:
    name = _word(f"{topic}/{several.code}", several.code, lang)
    severity = f"{label(f'severity/{several.severity}', lang)} " if several.severity else ""
    where = _where(several, lang)
    return f"{severity}{name} {several.count}" + (f"{'：' if lang == 'zh' else ': '}{where}" if where else "")


def _where(several: Several, lang: Language) -> str:
    places = list(dict.fromkeys(words for place in several.places if (words := place_in_words(place, lang))))
    more = [f"… +{several.count - len(several.places)}"] if places and several.count > len(several.places) else []
    quote = f"“{several.quote}”" if several.quote else ""
    return ("、" if lang == "zh" else ", ").join([*places, *more]) + (f" {quote}" if quote else "")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _comma(lang: Language) -> str:
    return "，" if lang == "zh" else ", "
