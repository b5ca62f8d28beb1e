"""Findings somebody explained (已说明): written into ``curated/waivers.csv``, and taken back."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from validation.findings import Waiver
from validation.trend import COLUMNS, read_waivers
from zhengmai.errors import BadConfiguration

FILE = "waivers.csv"


def add_waivers(curated: Path, waivers: Iterable[Waiver]) -> None:
    """Write waivers down, all of them or none; one for a finding that has one already takes its place.

    :raises BadConfiguration: when one lacks its reason or name, has a date that is none or an end before it, or the file cannot be read.
    """
    given = {waiver.key: waiver for waiver in waivers}
    for waiver in given.values():
        _check(waiver)
    kept = [old for old in read_waivers(curated / FILE) if old.key not in given]
    _write(curated, [*kept, *given.values()])


def take_back(curated: Path, keys: Iterable[str]) -> int:
    """Take the waivers of some findings out of the file; return how many there were.

    :raises BadConfiguration: when the file cannot be read.
    """
    gone = set(keys)
    there = read_waivers(curated / FILE)
    kept = [waiver for waiver in there if waiver.key not in gone]
    if len(kept) < len(there):
        _write(curated, kept)
    return len(there) - len(kept)


def _check(waiver: Waiver) -> None:
    missing = [name for name in COLUMNS[:4] if not getattr(waiver, name).strip()]
    wrong = [f"the date {day}" for day in (waiver.date, waiver.expires) if day and not _is_day(day)]
    if not missing and not wrong and waiver.expires and waiver.expires < waiver.date:
        wrong = [f"an end {waiver.expires} before its day {waiver.date}"]
    if missing or wrong:
        raise BadConfiguration(
            where=FILE,
            found=f"no {missing[0]}" if missing else wrong[0],
            expected="a reason, a name, a day, and an end that is not before it (or none)",
            fix="complete it",
            zh="说明须写明理由、姓名和日期；截止日期不得早于当日。",
        )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _write(curated: Path, waivers: Iterable[Waiver]) -> None:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows([" ".join(getattr(waiver, name).split()) for name in COLUMNS] for waiver in waivers)
    curated.mkdir(parents=True, exist_ok=True)
    fresh = curated / f".{FILE}.{os.getpid()}"
    fresh.write_text(out.getvalue(), encoding="utf-8")
    fresh.replace(curated / FILE)
