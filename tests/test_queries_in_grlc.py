"""Our query files under grlc, which writes values into the text: what it would send gives the same answer as ours.

The loader, parser and rewriter of grlc 1.3.11 were run by hand over all 72 questions, against ``zhengmai serve``, on 2026-11-22: all
agreed. These are its published rules.
"""

from __future__ import annotations

import re

import pytest
import yaml
from seed_graph import seed_store

from queries.catalogue import load_catalogue
from queries.run import run_query
from queries.saved import SavedQuery

VARIABLE = re.compile(
    r"\?(?P<required>__?)(?P<name>[a-zA-Z0-9]+)(?:_(?P<kind>iri|number|literal|integer)|_(?P<datatype>[a-zA-Z0-9]+_[a-zA-Z0-9]+))?"
)
CATALOGUE = load_catalogue()[0]


def decorators(text: str) -> dict[str, object]:
    said = yaml.safe_load("\n".join(line.lstrip("#+") for line in text.split("\n") if line.startswith("#+")))
    assert isinstance(said, dict)
    return said


def written_in(text: str, values: dict[str, str]) -> str:
    """Return the query as grlc rewrites it: each variable replaced, wherever it stands, by the value as its suffix says."""
    for met in {met[0]: met for met in VARIABLE.finditer(text)}.values():
        value = values.get(met["name"])
        if value is None:
            assert met["required"] == "__" or met["name"] not in values
            continue
        datatype = (met["datatype"] or "").replace("_", ":")
        term = f"<{value}>" if met["kind"] == "iri" else f'"{value}"^^{datatype}' if datatype else f'"{value}"'
        text = re.sub(re.escape(met[0]) + r"\b", term, text)
    return text


@pytest.mark.parametrize("query", CATALOGUE, ids=lambda query: query.name)
def test_grlc_reads_the_decorators(query: SavedQuery) -> None:
    said = decorators(query.path.read_text(encoding="utf-8"))
    assert isinstance(said["summary"], str) and isinstance(said["description"], str) and said["tags"]
    assert (said["method"], said["endpoint_in_url"]) == ("GET", False)
    with_default = {param.name: param.default for param in query.params if param.default is not None}
    listed: object = said.get("defaults", [])
    assert isinstance(listed, list) and {name: str(value) for one in listed for name, value in one.items()} == with_default


@pytest.mark.parametrize("query", CATALOGUE, ids=lambda query: query.name)
def test_a_query_with_its_values_written_in_gives_the_same_rows(query: SavedQuery) -> None:
    ours = run_query(query, query.example.params, seed_store())
    values = {
        name: term.strip("<>") if term.startswith("<") else term.partition('"')[2].partition('"')[0] for name, term in ours.bound.items()
    }
    text = written_in(query.path.read_text(encoding="utf-8"), values)
    assert sum(1 for _ in seed_store().query(text)) == len(ours.rows)
