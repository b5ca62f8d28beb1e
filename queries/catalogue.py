"""Find saved queries: ours in this folder, a user's own in the workspace's ``queries/``. A question is a file; its name is the file's.

One bad file never hides the others: it is reported, and stops only whoever asks for it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from queries.header import Fault, parse_query
from queries.saved import SavedQuery
from zhengmai.errors import BadConfiguration, BadQuery

OURS = Path(__file__).resolve().parent


def query_files(own: Path | None = None) -> dict[str, Path]:
    """Return the file of each query by name, sorted; where a user's file has the name of one of ours, ours is meant."""
    found = {path.stem: path for path in sorted(own.glob("*.rq"))} if own and own.is_dir() else {}
    return dict(sorted((found | _ours(OURS.stat().st_mtime_ns)).items()))


@lru_cache(maxsize=2)
def _ours(_changed_ns: int) -> dict[str, Path]:
    """Return the files of this folder; it is listed again when one has come or gone."""
    return {path.stem: path for path in OURS.glob("*.rq")}


def read_query(path: Path) -> SavedQuery:
    """Return the query of a file; it is read once, and again when the file has changed.

    :raises BadConfiguration: at the first fault of its header, with the line.
    """
    seen = path.stat()
    return _read(path, seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=2000)
def _read(path: Path, _changed_ns: int, _size: int) -> SavedQuery:
    try:
        query, faults = parse_query(path, path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise as_error(path, Fault(1, f"a byte that is not UTF-8 at {error.start}", "a text in UTF-8")) from error
    if query is None:
        raise as_error(path, faults[0])
    return query


def find_query(name: str, own: Path | None = None) -> SavedQuery:
    """Return the query of that name.

    :raises BadQuery: when there is none, with the closest names.
    :raises BadConfiguration: when its header is wrong.
    """
    files = query_files(own)
    if name not in files:
        raise BadQuery(
            where="query",
            found=repr(name),
            expected="the name of a saved query",
            fix=did_you_mean(name, files, otherwise="zhengmai query lists them"),
            zh="没有这个查询；zhengmai query 可列出全部查询。",
        )
    return read_query(files[name])


def load_catalogue(own: Path | None = None, *, tag: str | None = None) -> tuple[tuple[SavedQuery, ...], tuple[BadConfiguration, ...]]:
    """Return every readable query, sorted by name (of one tag when given), and the errors of those that cannot be read."""
    good, bad = [], []
    for path in query_files(own).values():
        try:
            good.append(read_query(path))
        except BadConfiguration as error:
            bad.append(error)
    return tuple(query for query in good if tag is None or tag in query.tags), tuple(bad)


def as_json(query: SavedQuery) -> dict[str, Any]:
    """Return what a page or another tool must know of a query: plain dicts and lists."""
    return {
        "name": query.name,
        "title": _both(query.title),
        "summary": _both(query.summary),
        "description": _both(query.description),
        "tags": list(query.tags),
        "competency_question": query.competency_question,
        "version": query.version,
        "chart": query.chart,
        "params": [
            {
                "name": param.name,
                "type": param.type,
                "required": param.required,
                "default": param.default,
                "pick_query": param.pick_query,
                "choices": list(param.choices),
                "description": _both(param.description),
            }
            for param in query.params
        ],
        "columns": [{"name": column.name, "label": _label(column.label), "kind": column.kind} for column in query.columns],
        "example": {"params": query.example.params, "rows": list(query.example.rows)},
    }


def as_error(path: Path, fault: Fault) -> BadConfiguration:
    """Return a fault of a query file as an error that names the line."""
    return BadConfiguration(
        where=f"{path}, line {fault.line}",
        found=fault.found,
        expected=fault.expected,
        fix="correct that line; which-tasks-implement-clause.rq shows a whole header",
        zh="查询文件有误，请按提示修改该行。",
    )


def did_you_mean(word: str, choices: Iterable[str], *, otherwise: str = "") -> str:
    """Return "did you mean …?" with up to three close choices; else all of them, when few, or ``otherwise``."""
    known = list(choices)
    near = difflib.get_close_matches(word, known, n=3, cutoff=0.5)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return otherwise or (f"use one of: {', '.join(known)}" if known else "leave it out")


def _both(text: Any) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _label(key: str) -> dict[str, str]:
    from ontology.labels import labels

    zh, en = labels()[key]
    return {"zh": zh, "en": en}
