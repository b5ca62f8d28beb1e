"""What the office writes into the ledger: progress, status, proof, contact, note. Kept in ``curated/progress.csv``, keyed to the words of a
task, so that it survives renumbering and rebuilds; when the words change it is not guessed where it belongs, but said.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lineage.review.keys import words_hash
from lineage.tables.ledger import Entry
from zhengmai.errors import BadConfiguration

FIELDS = ("progress", "state", "proof", "contact", "note")
COLUMNS = ("document", "key", "task", *FIELDS)
FILE = "progress.csv"


@dataclass(frozen=True, slots=True)
class Progress:
    """What the office says of one task. ``task`` is the number it had when it was written down, for people only."""

    document: str
    key: str
    task: str
    fields: tuple[str, ...]

    def __bool__(self) -> bool:
        return any(self.fields)


def keys_of(entries: Sequence[Entry]) -> list[str]:
    """Return the key of each entry: a hash of its words (width and blanks aside); tasks of the same words are told apart by their order."""
    seen: defaultdict[tuple[str, str], int] = defaultdict(int)
    keys = []
    for entry in entries:
        key = words_hash(entry.task.text or "\n".join(entry.task.headings))
        seen[entry.document.slug, key] += 1
        nth = seen[entry.document.slug, key]
        keys.append(f"p-{key}" if nth == 1 else f"p-{key}-{nth}")
    return keys


def read_progress(curated: Path) -> dict[tuple[str, str], Progress]:
    """Return what was written down, by (document, key); {} when there is no such file.

    :raises BadConfiguration: when the file lacks a column, is not UTF-8, or names a task twice.
    """
    path = curated / FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise _wrong(str(path), "bytes that are not UTF-8", "UTF-8", "save it as CSV UTF-8", "请另存为 UTF-8 编码的 CSV。") from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise _wrong(f"{path}, line 1", f"no column {missing[0]}", ", ".join(COLUMNS), "put the column back", "缺少必需的列。")
    found: dict[tuple[str, str], Progress] = {}
    for row in rows:
        one = Progress(row["document"] or "", row["key"] or "", row["task"] or "", tuple((row[name] or "").strip() for name in FIELDS))
        if (one.document, one.key) in found:
            where = f"{path}, line {rows.line_num}"
            raise _wrong(where, f"{one.document} {one.key} again", "each task once", "delete one of the two", "同一任务出现两次。")
        found[one.document, one.key] = one
    return found


def write_progress(curated: Path, known: Iterable[Progress]) -> None:
    """Write the file whole, sorted; rows that say nothing are left out."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in sorted((one for one in known if one), key=lambda one: (one.document, one.task.zfill(8), one.key)):
        writer.writerow([one.document, one.key, one.task, *one.fields])
    curated.mkdir(parents=True, exist_ok=True)
    fresh = curated / f".{FILE}"
    fresh.write_text(out.getvalue(), encoding="utf-8")
    fresh.replace(curated / FILE)


def merged(
    known: Mapping[tuple[str, str], Progress], filled_in: Iterable[Progress]
) -> tuple[dict[tuple[str, str], Progress], list[Progress]]:
    """Return what is known with a filled-in ledger laid over it, and what that changed. An emptied row is taken out."""
    result, changed = dict(known), []
    for one in filled_in:
        before = result.get((one.document, one.key))
        if (before.fields if before else ("",) * len(FIELDS)) != one.fields:
            changed.append(one)
            result[one.document, one.key] = one
    return result, changed


def lost(known: Mapping[tuple[str, str], Progress], entries: Sequence[Entry]) -> list[Progress]:
    """Return what was written about tasks of these documents whose words no longer stand there."""
    there = {(entry.document.slug, key) for entry, key in zip(entries, keys_of(entries), strict=True)}
    documents = {entry.document.slug for entry in entries}
    return [one for name, one in sorted(known.items()) if one.document in documents and name not in there]


def _wrong(where: str, found: str, expected: str, fix: str, zh: str) -> BadConfiguration:
    return BadConfiguration(where=where, found=found, expected=expected, fix=fix, zh=f"进展记录：{zh}")
