"""Every saved question's example holds on the three documents, and the answers read by hand are there."""

from __future__ import annotations

from collections import Counter

import pytest
from seed_graph import seed_store
from seeds import answers

from ontology.terms import SCHEMES
from queries.catalogue import load_catalogue
from queries.run import Answer, run_query
from queries.saved import SavedQuery
from zhengmai.errors import BadQuery


def ask(name: str, **params: str) -> Answer:
    return run_query(name, params, seed_store())


@pytest.mark.parametrize("query", load_catalogue()[0], ids=lambda q: q.name)
def test_the_example_of_every_question_holds(query: SavedQuery) -> None:
    example = query.example
    answer = run_query(query, example.params, seed_store())
    if example.empty:
        assert answer.rows == ()
    for want in example.rows:
        assert any(all(str(row[key]) == str(value) for key, value in want.items()) for row in answer.rows), want


def test_clause_5_2_is_carried_out_by_tasks_27_and_28() -> None:
    """Read by hand."""
    rows = ask("which-tasks-implement-clause", clause="5.2").rows
    assert [(r["task"], r["sentence"], r["status"]) for r in rows] == [("27", "5.2.s1", "accepted"), ("28", "5.2.s2", "accepted")]
    assert all(r["task_text"] and r["provision_text"] for r in rows)


def test_people_may_type_the_number_as_published() -> None:
    want = ask("which-tasks-implement-clause", clause="5.2").rows
    for typed in ("五(二)", "五（二）", "第五部分第(二)项", "sat-20170427-openness:5.2"):
        assert ask("which-tasks-implement-clause", clause=typed).rows == want


def test_row_37_is_found_under_the_clause_it_really_carries_out() -> None:
    """Read by hand: the row stands in the group of 六(三)."""
    assert [r["task"] for r in ask("which-tasks-implement-clause", clause="6.2").rows] == ["37"]


def test_uncovered_sentences_say_why() -> None:
    """Read by hand."""
    reasons = {r["sentence"]: r["reason"] for r in ask("uncovered-provisions").rows}
    assert reasons["7.2.s1"] == "addressed-to-other-level"
    assert {reasons[f"7.2.s{n}"] for n in (2, 3, 4)} == {"level-unclear"}
    assert len(reasons) == 19


def test_the_basis_chain_of_task_27_ends_at_the_three_cited_documents() -> None:
    """Read by hand."""
    rows = ask("basis-chain-of-task", task="gz-stb-openness-tasks:27").rows
    text = " ".join(str(value) for row in rows for value in row.values())
    assert all(number in text for number in ("中办发〔2016〕8号", "国办发〔2016〕80号", "税总发〔2016〕50号"))


def test_every_group_of_guangzhou_equals_a_section_or_clause() -> None:
    """Measured in the design: 11 main tasks and 34 groups."""
    rows = [r for r in ask("group-clause-map").rows if r["lower"] == "gz-stb-openness-tasks" and r["provision"]]
    assert (sum(r["group_level"] == 1 for r in rows), sum(r["group_level"] == 2 for r in rows)) == (11, 34)


def test_load_of_the_general_office_of_guangzhou() -> None:
    """Counted in the table read by hand."""
    rows = ask("load-by-department", document="gz-stb-openness-tasks").rows
    led = next(r for r in rows if (r["department"], r["role"]) == ("办公室", "lead"))
    want = sum("办公室" in row["lead"].split("|") for row in answers("guangzhou_rows.tsv"))
    assert (led["tasks"], led["of_tasks"]) == (want, 91)


def test_the_counts_of_a_pair_are_those_of_its_list() -> None:
    """relations-of-pair counts what links-of-pair lists; links-by-structure shows parts of the same list."""
    pair = {"upper": "sat-20170427-openness", "lower": "gz-stb-openness-tasks"}
    rows = ask("links-of-pair", **pair).rows
    counted = {(r["relation"], r["status"]): r["links_counted"] for r in ask("relations-of-pair", **pair).rows}
    assert counted == Counter((r["relation"], r["status"]) for r in rows)
    shown = [r for code in SCHEMES["structure"] for r in ask("links-by-structure", structure=code).rows]
    assert sorted((r["task"], r["sentence"]) for r in shown) == sorted((r["task"], r["sentence"]) for r in rows)


@pytest.mark.parametrize(
    ("name", "params", "same"),
    [
        ("duties-of-level", {"level": "区县"}, {"level": "county"}),
        ("duties-of-level", {"level": "县（区）"}, {"level": "county"}),
        ("duties-of-level", {"level": "地市"}, {"level": "city"}),
        ("duties-of-level", {"level": "中央"}, {"level": "national"}),
        ("duties-of-level", {"level": "乡镇"}, {"level": "township"}),
        ("open-findings", {"severity": "警告"}, {"severity": "warning"}),
        ("open-findings", {"document": "003_9fe1bac3cd389239.txt"}, {"document": "hechi-three-systems-tasks"}),
        ("sentences-of-task", {"task": "广州27"}, {"task": "gz-stb-openness-tasks:27"}),
        ("sentences-of-task", {"task": "9u1"}, {"task": "gz-stb-openness-tasks:9-u1"}),
        ("which-tasks-implement-clause", {"clause": "实施办法5.2"}, {"clause": "5.2"}),
    ],
)
def test_other_words_for_the_same_give_the_same(name: str, params: dict[str, str], same: dict[str, str]) -> None:
    given = {"document": "hechi-three-systems-tasks"} if name == "duties-of-level" else {}
    assert ask(name, **given, **params).rows == ask(name, **given, **same).rows


@pytest.mark.parametrize(("param", "typed"), [("level", "村"), ("level", "（）"), ("document", "9fe1bac3cd389239"), ("document", "gz-stb")])
def test_what_is_only_near_is_not_taken_for_the_same(param: str, typed: str) -> None:
    with pytest.raises(BadQuery):
        ask("duties-of-level", **({"document": "河池", "level": "县级"} | {param: typed}))


def test_the_coverage_of_a_clause_counts_what_the_lists_list() -> None:
    pair = {"upper": "sat-20170427-openness", "lower": "gz-stb-openness-tasks"}
    gaps = Counter((r["clause"], r["reason"]) for r in ask("uncovered-provisions", **pair).rows)
    clauses = ask("coverage-by-clause", **pair).rows
    for column, reason in (("other_level", "addressed-to-other-level"), ("level_unclear", "level-unclear"), ("none_found", "none-found")):
        assert {r["clause"]: r[column] for r in clauses if r[column]} == {c: n for (c, why), n in gaps.items() if why == reason}
    sections = ask("coverage-by-section", **pair).rows
    assert sum(r["taken_up"] for r in clauses) == sum(r["taken_up"] for r in sections) == 118  # 137 sentences, 19 without a task
    assert sum(gaps.values()) == 19


def test_the_roles_of_a_department_count_what_its_list_lists() -> None:
    listed = ask("tasks-of-department", department="纳税服务处").rows
    counted = {(r["how"], r["role"]): r["tasks"] for r in ask("roles-of-department", department="纳税服务处").rows}
    assert counted == Counter((how, role) for how, role, _ in {(r["how"], r["role"], r["task"]) for r in listed})
