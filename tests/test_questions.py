"""Known answers of every saved question: on a small graph written by hand and on the three documents.

``tests/data/questions/NAME.yaml`` has, for the small graph (``tiny``) and the documents (``seeds``), cases of parameters with rows that
must appear, near misses that must not (``not``), and how many rows there are. Each case on the documents says its ``basis``:
read-by-hand (expected from reading the documents) or regression (what the program said when it was looked at).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
import yaml
from seed_graph import seed_store

from queries.catalogue import load_catalogue
from queries.run import run_query
from zhengmai.store import OpenStore

DATA = Path(__file__).parent / "data"
NAMES = sorted(path.stem for path in (DATA / "questions").glob("*.yaml"))
CATALOGUE = {query.name: query for query in load_catalogue()[0]}


@cache
def known(name: str) -> dict[str, Any]:
    return yaml.safe_load((DATA / "questions" / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def tiny(file: str) -> OpenStore:
    import pyoxigraph

    store = pyoxigraph.Store()
    store.load(path=DATA / file, format=pyoxigraph.RdfFormat.TRIG)
    return OpenStore("0123456789ab", DATA, "memory", store)


@cache
def tiny_after(file: str, before: tuple[tuple[str, str], ...]) -> OpenStore:
    """The small graph, beside a version of it that said other words."""
    folder = Path(mkdtemp(prefix="zhengmai-tiny-")) / "snapshots"
    now = sorted({f"{quad} .\n" for quad in tiny(file).store.quads_for_pattern(None, None, None, None)})
    then = "".join(now)
    for new, old in before:
        assert new in then
        then = then.replace(new, old)
    for version, lines in (("0123456789ab", now), ("ba9876543210", sorted(then.splitlines(keepends=True)))):
        (folder / version).mkdir(parents=True)
        (folder / version / "graph.nq").write_text("".join(lines), encoding="utf-8")
    return OpenStore("0123456789ab", folder / "0123456789ab", "memory", tiny(file).store)


def fits(row: dict[str, Any], want: dict[str, Any]) -> bool:
    return all(row[column] == value for column, value in want.items())


def hold(name: str, case: dict[str, Any], store: OpenStore) -> None:
    rows = run_query(CATALOGUE[name], case.get("params") or {}, store).rows
    for want in case["rows"]:
        assert any(fits(row, want) for row in rows), f"missing: {want}"
    for miss in case.get("not") or []:
        assert not any(fits(row, miss) for row in rows), f"must not appear: {miss}"
    assert case.get("count") in (None, len(rows))


def cases(where: str) -> list[Any]:
    return [pytest.param(name, case, id=f"{name}-{n}") for name in NAMES for n, case in enumerate(known(name)[where])]


@pytest.mark.parametrize(("name", "case"), cases("tiny"))
def test_on_a_small_graph(name: str, case: dict[str, Any]) -> None:
    file, before = known(name)["graph"], known(name).get("before")
    hold(name, case, tiny_after(file, tuple(map(tuple, before))) if before else tiny(file))


@pytest.mark.parametrize(("name", "case"), cases("seeds"))
def test_on_the_documents(name: str, case: dict[str, Any]) -> None:
    hold(name, case, seed_store())


def test_every_question_has_a_known_answer_and_every_answer_a_question() -> None:
    assert set(NAMES) == set(CATALOGUE)


@pytest.mark.parametrize("name", NAMES)
def test_a_known_answer_has_a_row_a_near_miss_and_a_basis(name: str) -> None:
    answers = known(name)
    assert any(case["rows"] for case in answers["tiny"])
    assert any(case.get("not") for case in answers["tiny"] + answers["seeds"])
    assert answers["seeds"] and all(case["basis"] in ("read-by-hand", "regression") for case in answers["seeds"])


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"divergences"}))  # where the same words differ twice in one sentence
def test_no_row_stands_twice(name: str) -> None:
    query = CATALOGUE[name]
    needed = {param.name: query.example.params[param.name] for param in query.params if param.required and param.default is None}
    rows = [tuple(row.items()) for row in run_query(query, needed, seed_store()).rows]
    assert len(rows) == len(set(rows))
