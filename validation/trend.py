"""What changed since the last report, and what was accepted: new, gone, still there; waivers with a reason, a name and an end."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from validation.findings import ReportFinding, Waiver
from zhengmai.errors import BadConfiguration, MissingFile

COLUMNS = ("key", "reason", "who", "date", "expires")
DATE = 10


@dataclass(frozen=True, slots=True)
class Gone:
    """A finding of the last report that is no longer found."""

    key: str
    code: str
    severity: str
    document: str
    place_zh: str
    place_en: str
    message_zh: str
    message_en: str

    def as_json(self) -> dict[str, object]:
        return {
            "key": self.key,
            "code": self.code,
            "severity": self.severity,
            "document": self.document,
            "place": {"zh": self.place_zh, "en": self.place_en},
            "message": {"zh": self.message_zh, "en": self.message_en},
        }


@dataclass(frozen=True, slots=True)
class Trend:
    """How a report stands to an earlier one: ``since`` is that one's graph version; counts of new and still open findings."""

    since: str
    new: int
    still: int
    gone: tuple[Gone, ...]


def read_last(path: Path) -> tuple[str, tuple[Gone, ...]]:
    """Return the graph version and the findings of a JSON report.

    :raises MissingFile: when it is not there.
    :raises BadConfiguration: when it is no report of ours.
    """
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        found = tuple(_gone(entry) for entry in said["findings"] if "waiver" not in entry)
        return str(said["graph_version"]), found
    except OSError as error:
        raise MissingFile(
            where=str(path),
            found=error.strerror or str(error),
            expected="an earlier report (zhengmai validate --format json)",
            fix="check the path",
            zh="找不到上次的报告。",
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadConfiguration(
            where=str(path),
            found=f"{type(error).__name__} {error}",
            expected="a JSON report of this tool, with keys",
            fix="write it with: zhengmai validate --format json --output FILE",
            zh="这不是本工具写出的 JSON 报告。",
        ) from error


def compare(findings: Sequence[ReportFinding], since: str, last: Sequence[Gone]) -> tuple[tuple[ReportFinding, ...], Trend]:
    """Return the findings marked new or still there, and the trend; what is waived is neither."""
    before = {one.key for one in last}
    marked = tuple(f if f.waiver else replace(f, trend="still" if f.key in before else "new") for f in findings)
    now = {f.key for f in findings}
    gone = tuple(one for one in last if one.key not in now)
    return marked, Trend(since, sum(f.trend == "new" for f in marked), sum(f.trend == "still" for f in marked), gone)


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """Return the waivers of a file; none when there is no file.

    :raises BadConfiguration: for a line that leaves out the key, the reason, the name or the date.
    """
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    found = []
    for number, row in enumerate(rows, start=2):
        fields = {name: (row.get(name) or "").strip() for name in COLUMNS}
        missing = [name for name in COLUMNS[:4] if not fields[name]]
        dates = [fields[name] for name in ("date", "expires") if fields[name]]
        if missing or not all(_is_date(date) for date in dates):
            raise BadConfiguration(
                where=f"{path}, line {number}",
                found=f"no {missing[0]}" if missing else f"the date {dates}",
                expected="key,reason,who,date,expires with dates as 2026-11-22 (expires may be empty)",
                fix="complete the line or delete it",
                zh="说明记录须写明 key、理由、姓名和日期。",
            )
        found.append(Waiver(**fields))
    return tuple(found)


def apply_waivers(findings: Sequence[ReportFinding], waivers: Iterable[Waiver], today: str) -> tuple[ReportFinding, ...]:
    """Return the findings, those accepted with their waiver; one that has expired by ``today`` (ISO date, "" for none) is open again."""
    valid = {waiver.key: waiver for waiver in waivers if not (waiver.expires and today and waiver.expires < today)}
    return tuple(replace(f, waiver=valid[f.key]) if f.key in valid else f for f in findings)


def _gone(entry: dict[str, object]) -> Gone:
    place, message, document = entry["place"], entry["message"], entry["document"]
    assert isinstance(place, dict)
    assert isinstance(message, dict)
    assert isinstance(document, dict)
    return Gone(
        str(entry["key"]),
        str(entry["code"]),
        str(entry["severity"]),
        str(document["id"]),
        str(place["zh"]),
        str(place["en"]),
        str(message["zh"]),
        str(message["en"]),
    )


def _is_date(text: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == DATE
