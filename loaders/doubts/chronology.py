"""A document against the dates it speaks of: what it cites is not younger than itself, its goals lie ahead, its number is of its year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.doubts.telling import at_text, own
from loaders.metadata.dates import DATE, iso_date
from loaders.metadata.numbers import all_numbers
from loaders.records import Extraction, Finding, Place, Severity
from loaders.words import words

_YEAR_OF_NUMBER = re.compile(r"(?:〔|公告)((?:19|20)\d\d)(?:〕|年)")
_ISSUED = re.compile(
    r"((?:19|20)\d\d)年(?:(\d{1,2})月)?(?:(\d{1,2})日)?[，,]?(?:由|经)?[一-鿿]{0,14}?(?:印发|发布|公布|下发|颁布|出台|批准|通过|召开)(?:的|了)"
)
_GOAL = re.compile(
    r"(?:^|[，,。；;：:\s（(]|力争|确保|争取|计划|努力|目标是)(?:力争|确保|争取)?(?:到|至)\s*((?:19|20)\d\d)\s*年(?:年?[底末])?"
)
_LIMIT = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年(?:年?[底末]|\d{1,2}月(?:\d{1,2}日|[底末])?)(?:之|以)?前")
_NO_YEAR = re.compile(r"(?<!\d)(?:2[1-9]|[03-9]\d)\d\d年(?=[底末前初内]|\d{1,2}月|[，,])")
_UP_TO_NOW = re.compile(r"(?:截至|截止)(?:到)?\s*((?:19|20)\d\d)年[^，,。；;]{0,8}[，,][^。；;]{0,20}已")
_FROM_DAY = re.compile(rf"自\s*({DATE.pattern})起\s*(?:正式|开始|予以)?(?:施行|实施|执行|生效)")
_MADE = 3000  # characters within which a note tells that a text was put right later
CODE = "date-order"


def chronology_doubts(document: Extraction) -> Iterator[Finding]:
    written = _written(document)
    lines = (line.strip() for line in document.text[:_MADE].split("\n"))
    if not written or any("。" not in line and re.fullmatch(words("documents")["made_note"], line) for line in lines):
        return
    yield from _cited_later(document, written)
    yield from _own_number(document)
    yield from _goals(document, written)
    yield from _parts_after_the_whole(document)
    yield from _state(document, written)
    for hit in _NO_YEAR.finditer(document.text):
        said = f"“{hit[0]}”不像本文件会说到的年份。", f"{hit[0]} is no year this document would speak of."
        yield at_text("date-far", "warning", document, *hit.span(), said)
    yield from _in_force(document, written)


def _written(document: Extraction) -> str:
    """Return the day the document was written, or the year of its number where it gives no day."""
    hit = _YEAR_OF_NUMBER.search(document.meta.number or "")
    return document.meta.written_on or (hit[1] if hit else "")


def _date_line(document: Extraction) -> Place | None:
    """The last place where the day of writing stands."""
    hits = [hit for hit in DATE.finditer(document.text) if iso_date(hit[0]) == document.meta.written_on]
    alone = [hit for hit in hits if re.match(r"[）)\s]*(?:\n|$)", document.text[hit.end() :])]
    return Place(start=(alone or hits)[0].start(), end=(alone or hits)[0].end()) if hits else None


def _later(document: Extraction, written: str) -> Iterator[tuple[int, int, str]]:
    """What is cited with a year or day after the document's own: where it stands, and the year or day."""
    excused = words("doubts")["may_be_later"]
    for number in all_numbers(document.text):
        year = _YEAR_OF_NUMBER.search(number.number)
        around = document.text[max(0, number.start - 24) : number.start] + document.text[number.end : number.end + 24]
        if year and number.number != document.meta.number and year[1] > written[:4] and not re.search(excused, around):
            yield number.start, number.end, year[1]
    for hit in _ISSUED.finditer(document.text):
        day = "-".join([hit[1], *(part.zfill(2) for part in (hit[2], hit[3]) if part)])
        if day > written[: len(day)] and not re.search(excused, document.text[max(0, hit.start() - 12) : hit.end()]):
            yield *hit.span(), day


def _cited_later(document: Extraction, written: str) -> Iterator[Finding]:
    late = list(_later(document, written))
    if not late:
        return
    line = _date_line(document)
    dated = [hit for number in all_numbers(document.text) if (hit := _YEAR_OF_NUMBER.search(number.number))]
    own_date_wrong = len({day for _, _, day in late} | {str(at) for at, _, _ in late}) > 2 and 2 * len(late) > len(dated)
    for start, end, day in late:
        said = f"所引为 {day} 的文件或事项，晚于本文件成文（{written}）。", f"Of {day}, after this document itself ({written})."
        severity: Severity = "info" if own_date_wrong else "warning"
        yield at_text(CODE, severity, document, start, end, said, [line] if line else [])
    if line:
        cited = "、".join(dict.fromkeys(document.text[start:end] for start, end, _ in late[:3]))
        said = f"成文日期早于文中所引的“{cited}”。", f"This date is before what the document cites: {cited}."
        places = [Place(start=start, end=end) for start, end, _ in late[:20]]
        yield at_text(CODE, "warning" if own_date_wrong else "info", document, line.start or 0, line.end or 0, said, places)


def _own_number(document: Extraction) -> Iterator[Finding]:
    """The year of the document's number against its date; a document numbered in December may be signed in January."""
    hit = _YEAR_OF_NUMBER.search(document.meta.number or "")
    line = _date_line(document)
    if not hit or not line or not document.meta.written_on:
        return
    apart = int(document.meta.written_on[:4]) - int(hit[1])
    if apart:
        severity: Severity = "info" if apart == 1 else "warning"
        said = (
            f"文号为 {hit[1]} 年，成文日期为 {document.meta.written_on}。",
            f"The number is of {hit[1]}, the date {document.meta.written_on}.",
        )
        yield at_text(CODE, severity, document, line.start or 0, line.end or 0, said)


def _goals(document: Extraction, written: str) -> Iterator[Finding]:
    """到2010年 or 2010年底前 in a text of 2017; where two goals or more are over, it may be the document's date that is wrong."""
    over = list(_over(document, written))
    line = _date_line(document)
    for at, year, sure in over:
        said = f"目标或时限的年份 {year} 年早于成文（{written[:4]} 年）。", f"A goal or limit of {year} in a document of {written[:4]}."
        yield at_text("date-far", "warning" if sure and len(over) == 1 else "info", document, at, at + 5, said, [line] if line else [])
    if line and len(over) > 1:
        said = f"成文日期晚于文中 {len(over)} 处目标或时限。", f"{len(over)} goals or limits of the text lie before this date."
        places = [Place(start=at, end=at + 5) for at, _, _ in over[:20]]
        yield at_text(CODE, "warning", document, line.start or 0, line.end or 0, said, places)


def _over(document: Extraction, written: str) -> Iterator[tuple[int, str, bool]]:
    """Each year before the document's own in a goal or limit of its text: where, which, and whether that is sure."""
    rules = words("doubts")
    spans = [(p.place.start, p.place.end) for p in document.provisions if p.level in ("sentence", "lead_in")]
    for row in document.rows:
        spans += [(row.cells[f].place.start, row.cells[f].place.end) for f in ("measure", "sub_measure") if own(row, f)]
    for start, end in dict.fromkeys(spans):
        sentence = document.text[start or 0 : end or 0]
        for hit in sorted([*_GOAL.finditer(sentence), *_LIMIT.finditer(sentence)], key=lambda found: found.start(1)):
            rest = re.split("[。；;]", sentence[hit.end() :])[0]
            before = sentence[: hit.start(1)]
            begun = re.search(r"[从自由][^，,。；;]{0,20}$|的$", before) or "的" in re.split("[，,]", rest)[0] and hit.re is _LIMIT
            if hit[1] < written[:4] and not begun and not re.search(rules["already"], rest):
                duty = hit.re is _LIMIT and re.search(r"(?:应|要|须|必须|务必|确保|力争)[在于]?$", before)
                yield (start or 0) + hit.start(1), hit[1], bool(duty or hit.re is _GOAL and re.search(rules["of_goals"], rest))


def _parts_after_the_whole(document: Extraction) -> Iterator[Finding]:
    """到2017年 as the last goal of a text whose tasks are due by the end of 2018: two or more parts come after the whole."""
    goals = [
        hit
        for hit in _GOAL.finditer(document.text)
        if re.search(words("doubts")["of_goals"], re.split("[。；;]", document.text[hit.end() :])[0])
    ]
    limits = [found.deadline.date or "" for p in document.provisions for found in p.deadlines if p.level in ("sentence", "lead_in")]
    last = max(goals, key=lambda hit: hit[1], default=None)
    later = [date for date in limits if last and date[:4] > last[1] and date[:4].isdigit()]
    if last and len(later) > 1:
        said = (
            f"总的目标为 {last[1]} 年，文中 {len(later)} 处任务的时限在此之后。",
            f"The goal as a whole is for {last[1]}; {len(later)} limits of its tasks come later.",
        )
        yield at_text("date-far", "info", document, last.start(1), last.end(1) + 1, said)


def _state(document: Extraction, written: str) -> Iterator[Finding]:
    """截至2018年底，已…: a state reached after the document was written."""
    for hit in _UP_TO_NOW.finditer(document.text):
        if hit[1] > written[:4]:
            said = f"所述 {hit[1]} 年的情况晚于成文（{written}）。", f"What had been reached by {hit[1]}, in a document of {written}."
            yield at_text(CODE, "warning", document, *hit.span(), said)


def _in_force(document: Extraction, written: str) -> Iterator[Finding]:
    for hit in _FROM_DAY.finditer(document.text):
        day = iso_date(hit[1])
        if (
            day
            and len(written) == len(day)
            and day < written
            and re.search(r"本(?!年|月|市|省|区|县)[一-鿿]{1,8}$", document.text[: hit.start()][-10:])
        ):
            said = f"施行日期早于成文日期（{written}）。", f"In force before it was written ({written})."
            yield at_text(CODE, "info", document, *hit.span(), said)
