"""A ledger that comes back: what the office wrote into its last five columns, on any of its sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile

from lineage.tables.progress import FIELDS, Progress
from ontology.labels import labels
from zhengmai.errors import BadConfiguration, MissingFile

_KEYS = ("document", "task", "key")


def read_filled_in(path: Path, known: Mapping[tuple[str, str], Progress]) -> list[Progress]:
    """Return what the sheets say that is not known yet; a task stands on several sheets, and the ones left as they were say nothing.

    :raises MissingFile: when there is no such file.
    :raises BadConfiguration: when it is no workbook, no ledger, or two sheets say different things of one task.
    """
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=False, data_only=True)
    except FileNotFoundError as error:
        raise MissingFile(
            where=str(path), found="no such file", expected="a filled-in ledger (xlsx)", fix="check the name", zh="找不到该文件。"
        ) from error
    except (OSError, BadZipFile, KeyError, ValueError, TypeError) as error:
        said = f"{type(error).__name__}: {error}"[:200]
        raise _wrong(str(path), said, "an .xlsx workbook", "save it as xlsx", "不是 xlsx 工作簿。") from error
    found: dict[tuple[str, str], tuple[Progress, str]] = {}
    headers = 0
    for sheet in book.worksheets:
        rows = [["" if value is None else str(value).strip() for value in row] for row in sheet.iter_rows(values_only=True)]
        top = next((at for at, row in enumerate(rows[:40]) if set(_KEYS) <= set(row)), None)
        headers += top is not None
        for number, one in _said(rows, top) if top is not None else ():
            where = f"{path}, {sheet.title}, row {number}"
            name = (one.document, one.key)
            if one.fields == (known[name].fields if name in known else ("",) * len(FIELDS)):
                continue
            if name in found and found[name][0].fields != one.fields:
                expected = f"what {found[name][1]} says: {' / '.join(found[name][0].fields)}"
                raise _wrong(where, " / ".join(one.fields), expected, "make the two rows agree", "同一任务在两处填写不一致。")
            found.setdefault(name, (one, where))
    if not headers:
        expected = "a ledger of zhengmai export, with the columns document, task and key"
        raise _wrong(str(path), "no such columns", expected, "fill in the ledger as it was exported", "不是导出的台账。")
    return [one for one, _ in found.values()]


def _said(rows: list[list[str]], top: int) -> Iterator[tuple[int, Progress]]:
    """Yield row number and what each row under the header says; columns may have been moved."""
    head = rows[top]
    at = {name: head.index(name) for name in _KEYS}
    for name in FIELDS:
        words = labels()[f"ledger-column/{name}"]
        at[name] = next((head.index(word) for word in words if word in head), -1)
    for number, row in enumerate(rows[top + 1 :], top + 2):
        if row[at["key"]].startswith("p-"):
            fields = tuple(row[at[name]] if at[name] >= 0 else "" for name in FIELDS)
            yield number, Progress(row[at["document"]], row[at["key"]], row[at["task"]], fields)


def _wrong(where: str, found: str, expected: str, fix: str, zh: str) -> BadConfiguration:
    return BadConfiguration(where=where, found=found, expected=expected, fix=fix, zh=zh)
