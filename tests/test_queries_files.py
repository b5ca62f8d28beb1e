"""Query files: what the lint says of a bad one, and that a bad one hides no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from queries.catalogue import as_json, find_query, load_catalogue
from queries.lint import lint_file
from queries.spreadsheet import row_height
from zhengmai.errors import BadConfiguration, BadQuery

GOOD = (Path(__file__).parent / "data" / "a-good-question.rq").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("#+ version: 1.0.0\n", "", 1, "no version"),
        ("#+ chart: table", "#+ chart: pie", 9, "chart 'pie'"),
        ("#+ tags: [", "#+ tags: [[", 5, "expected ',' or ']'"),
        (
            "#+ params: []",
            "#+ params: [{name: x, type: text, description: {zh: 值, en: v}}]",
            1,
            "a parameter x that the query does not use",
        ),
        ("?actor a zm:Department", "?actor a ?_kind", 24, "?_kind, which the header does not declare"),
        ("SELECT DISTINCT ?department ?authority ?actor", "SELECT DISTINCT *", 22, "SELECT *"),
        ("\nORDER BY ?authority ?department ?actor", "", 28, "rows in no order"),
        ("kind: id}", "kind: thing}", 14, "kind 'thing'"),
        ("label: column/actor,", "label: column/nobody,", 14, "label column/nobody"),
        ("{department: 征管和科技发展处, authority: 广州市国家税务局}", "{}", 16, "an example without expected rows"),
        ("{department: 征管", "{unit: 征管", 1, "an example with a column unit"),
        ("#+ example:", "#+ sample:", 1, "no example"),
        ("?actor skos:prefLabel ?department .", "?actor skos:prefLabel ?department ;;; }", 26, "error at 26:"),
        ("SELECT DISTINCT ?department ?authority", "SELECT DISTINCT ?authority ?department", 1, "columns department, authority, actor"),
        ("具名部门及其所属机关 · ", "", 2, "summary"),
        ("{zh: 部门清单, en: Departments}", "Departments", 1, "title 'Departments'"),
        ("#+ tags: [list, department]", "#+ tags: [list, department]\n#+ tags: [twice]", 5, "tags a second time"),
    ],
)
def test_lint_names_the_file_the_line_and_the_fault(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in GOOD
    path = tmp_path / "mine.rq"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    errors = lint_file(path)
    assert any(f"mine.rq, line {line}:" in str(error) and said in str(error) for error in errors), [str(error) for error in errors]


def test_the_good_one_has_no_fault(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(GOOD, encoding="utf-8")
    assert lint_file(tmp_path / "mine.rq") == []


def test_a_user_s_own_question_stands_beside_ours_and_a_bad_one_hides_none(tmp_path: Path) -> None:
    (tmp_path / "who-is-there.rq").write_text(GOOD, encoding="utf-8")
    (tmp_path / "broken.rq").write_text("SELECT ?x { ?x ?y ?z }", encoding="utf-8")
    (tmp_path / "list-tasks.rq").write_text("not asked, since ours has the name", encoding="utf-8")
    queries, broken = load_catalogue(tmp_path)
    assert {"who-is-there", "list-tasks", "which-tasks-implement-clause"} <= {query.name for query in queries}
    assert ["broken.rq, line 1" in str(error) for error in broken] == [True]
    with pytest.raises(BadConfiguration, match="no header"):
        find_query("broken", tmp_path)
    with pytest.raises(BadQuery, match="did you mean who-is-there"):
        find_query("who-is-here", tmp_path)


def test_a_file_is_read_once_and_again_when_it_has_changed(tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text(GOOD, encoding="utf-8")
    first = find_query("mine", tmp_path)
    assert find_query("mine", tmp_path) is first
    file.write_text(GOOD.replace("#+ version: 1.0.0", "#+ version: 1.0.12"), encoding="utf-8")
    assert (first.version, find_query("mine", tmp_path).version) == ("1.0.0", "1.0.12")


def test_the_catalogue_tells_what_a_page_needs() -> None:
    said = as_json(find_query("which-tasks-implement-clause"))
    assert said["title"] == {"zh": "哪些任务承接某一条目", "en": "Which tasks implement a clause"}
    assert [(param["name"], param["type"], param["required"]) for param in said["params"]] == [
        ("clause", "clause", True),
        ("upper", "document", False),
        ("lower", "document", False),
    ]
    assert said["params"][0]["pick_query"] == "list-clauses"
    json.dumps(said)


def test_a_row_is_as_high_as_its_words_when_printed() -> None:
    assert row_height([("一" * 28, 60)]) < row_height([("一" * 30, 60), ("短", 10)])  # thirty characters are drawn wider than 60 digits
    assert row_height([("一" * 9000, 60)]) == 409
