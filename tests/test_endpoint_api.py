"""The saved questions as other tools and people meet them: formats, pages, pick-lists, what is wrong, and the OpenAPI document."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urlsplit

import pandas
import pytest
import schemathesis
from endpoint_client import ask, served
from openpyxl import load_workbook
from seed_graph import seed_workspace

CLAUSE = "/queries/which-tasks-implement-clause"
GUANGZHOU = "lower=gz-stb-openness-tasks"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(seed_workspace().path) as found:
        yield found


def get(address: str, path: str, **headers: str):  # type: ignore[no-untyped-def]
    return ask(address, path=path, **headers)


def test_the_list_names_every_question_with_its_address(address: str) -> None:
    found = {query["name"]: query for query in json.loads(get(address, "/queries").body)}
    assert found["which-tasks-implement-clause"]["url"].endswith(CLAUSE)
    assert found["which-tasks-implement-clause"]["params"][0]["name"] == "clause"


@pytest.mark.parametrize("clause", ["5.2", "sat-20170427-openness:5.2", "五(二)"])
def test_a_question_answers_however_the_clause_is_written(address: str, clause: str) -> None:
    found = json.loads(get(address, f"{CLAUSE}?clause={quote(clause)}&{GUANGZHOU}").body)
    assert "27" in [row["task"] for row in found["rows"]] and found["params"]["clause"] == "sat-20170427-openness:5.2"


def test_the_format_is_chosen_by_accept_by_ending_or_by_parameter(address: str) -> None:
    table = f"{CLAUSE}.csv?clause=5.2"
    texts = {
        get(address, table).body,
        get(address, f"{CLAUSE}?clause=5.2", Accept="text/csv").body,
        get(address, f"{CLAUSE}?clause=5.2&format=csv").body,
    }
    assert len(texts) == 1
    rows = list(csv.DictReader(io.StringIO(texts.pop().decode())))
    assert "27" in [row["task"] for row in rows]
    assert get(address, f"{CLAUSE}?clause=5.2", Accept="image/png").status == 406
    assert get(address, f"{CLAUSE}?clause=5.2&format=png").status == 400
    sheet = load_workbook(io.BytesIO(get(address, f"{CLAUSE}.xlsx?clause=5.2").body))
    assert sheet.worksheets


def test_csv_opens_in_excel_and_in_pandas(address: str) -> None:
    at = urlsplit(address)
    frame = pandas.read_csv(f"http://{at.netloc}{CLAUSE}.csv?clause=5.2", dtype=str)
    assert "27" in list(frame["task"])
    marked = get(address, f"{CLAUSE}.csv?clause=5.2&bom=1").body
    assert marked.startswith("\ufeff".encode()) and not get(address, f"{CLAUSE}.csv?clause=5.2").body.startswith("\ufeff".encode())


def test_pages_follow_one_another_by_link_and_hold_every_row_once(address: str) -> None:
    whole = json.loads(get(address, "/queries/list-tasks").body)["rows"]
    rows, path = [], "/queries/list-tasks?limit=50"
    while path:
        found = get(address, path)
        assert found.headers["x-total-count"] == str(len(whole))
        rows += json.loads(found.body)["rows"]
        links = {rel.split('"')[1]: target.strip("<> ") for target, rel in (one.split(";") for one in found.headers["link"].split(","))}
        path = links.get("next", "")
    assert rows == whole and len(whole) == 129


def test_pick_lists_give_values_that_are_understood(address: str) -> None:
    values = json.loads(get(address, f"{CLAUSE}/params/clause").body)["values"]
    assert {"sat-20170427-openness:5.2"} < {value["value"] for value in values}
    one = next(value for value in values if value["value"] == "sat-20170427-openness:5.2")
    assert "推进重大服务举措公开" in one["zh"]
    assert get(address, f"{CLAUSE}?clause={quote(one['value'])}").status == 200
    assert get(address, f"{CLAUSE}/params/nothing").status == 404


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("/queries/nothing", 404, "nothing"),
        ("/queries/list-taks", 404, "list-tasks"),
        ("/queries/..%2f..%2fetc%2fpasswd", 404, "passwd"),
        ("/queries/%FF", 404, "UTF-8"),
        (CLAUSE, 400, "clause"),
        (f"{CLAUSE}?clause=99.99", 400, "99.99"),
        (f"{CLAUSE}?clause=5.2&clasue=1", 400, "clasue"),
        (f"{CLAUSE}?clause=5.2&clause=5.3", 400, "twice"),
        (f"{CLAUSE}?clause=5.2&limit=0", 400, "limit"),
        (f"{CLAUSE}?clause=5.2&limit=x", 400, "limit"),
        (f"{CLAUSE}?clause=5.2&bom=maybe", 400, "bom"),
        (f"{CLAUSE}?clause=%FF", 400, "UTF-8"),
        (f"{CLAUSE}?clause=5.2%0d%0aSet-Cookie:%20x=1", 400, "5.2"),
        ("/queries/due-by?date=2017-13-45", 400, "2017-13-45"),
    ],
)
def test_what_is_wrong_is_said(address: str, path: str, status: int, word: str) -> None:
    found = get(address, path)
    assert found.status == status and word in found.detail and "set-cookie" not in found.headers


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action")]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_question_is_a_page_too_with_its_form_answer_and_query(address: str) -> None:
    empty = Page(get(address, CLAUSE, Accept="text/html").body.decode())
    assert "哪些任务承接某一条目" in empty.words and "Which tasks implement a clause" in empty.words
    found = get(address, f"{CLAUSE}?clause=5.2", Accept="text/html,*/*;q=0.1")
    page = Page(found.body.decode())
    assert "27" in page.words and "SELECT" in page.words and found.headers["content-security-policy"].startswith("default-src 'none'")
    listed = Page(get(address, "/docs").body.decode()).addresses
    questions = {query["url"].partition("/queries/")[2] for query in json.loads(get(address, "/queries").body)}
    assert {other.removeprefix("/queries/") for other in listed if other.startswith("/queries/")} >= questions
    others = {*page.addresses, *empty.addresses, *(other for other in listed if not other.startswith("/queries/")), listed[-1]}
    for other in sorted(others):
        assert other.startswith("/"), other  # nothing from elsewhere
        if other not in ("/", "/ns"):
            assert get(address, other, Accept="text/html,*/*;q=0.5").status == 200, other


def test_what_was_typed_is_no_html(address: str) -> None:
    found = get(address, f"{CLAUSE}?clause={quote('<script>x</script>')}", Accept="text/html")
    assert found.status == 400 and b"<script>x" not in found.body and b"&lt;script&gt;" in found.body


@pytest.fixture(scope="module")
def schema(address: str):  # type: ignore[no-untyped-def]
    return schemathesis.openapi.from_url(address.replace("/sparql", "/openapi.json"))


def test_the_openapi_document_is_valid_and_complete(address: str, schema) -> None:  # type: ignore[no-untyped-def]
    document = schema.raw_schema
    assert document["openapi"] == "3.1.0"
    schema.validate()
    names = {query["name"] for query in json.loads(get(address, "/queries").body)}
    assert {f"/queries/{name}" for name in names} <= set(document["paths"])


def test_nothing_in_the_openapi_document_or_beside_it_makes_a_fault(schema) -> None:  # type: ignore[no-untyped-def]
    """Schemathesis: what the document allows, and what it does not, gets an answer that is no 5xx."""
    cases = [case for operation, many in drawn_from(schema) for case in examples(operation, many)]
    assert len(cases) > 100
    with ThreadPoolExecutor(4) as pool:
        for case, response in zip(cases, pool.map(lambda case: case.call(timeout=90), cases), strict=True):
            assert response.status_code < 500, (case.as_curl_command(), response.text)


def drawn_from(schema) -> Iterator[tuple[Any, int]]:  # type: ignore[no-untyped-def]
    """Yield operations and how many cases of each are drawn: six of those that differ in more than the question they ask.

    Every question is asked, but many take the same parameters, which one function reads; and a pick-list is of its parameter.
    """
    seen: set[tuple[str, ...]] = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        _, *parts = operation.path.split("/")
        is_question, is_pick = parts[0] == "queries" and len(parts) == 2, parts[-2:-1] == ["params"]
        kind = (operation.method, operation.path)
        if is_question:
            kind = ("question", *sorted(parameter.name for parameter in operation.query))
        elif is_pick:
            kind = ("pick", parts[-1])
        if kind not in seen or is_question:
            yield operation, 1 if kind in seen or is_pick else 6
        seen.add(kind)


def examples(operation, many: int):  # type: ignore[no-untyped-def]
    """Draw some cases of an operation, the same ones every run."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    drawn = []

    @seed(7)
    @settings(max_examples=many, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy())
    def draw(case) -> None:  # type: ignore[no-untyped-def]
        drawn.append(case)

    draw()
    return drawn
