"""Each saved question on a small graph written by hand: a row that must appear, a near miss that must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from queries.catalogue import OURS, load_catalogue
from queries.lint import lint_folder
from queries.run import Answer, run_query
from zhengmai.store import OpenStore

TINY = Path(__file__).parent / "data/queries-tiny.trig"


@pytest.fixture(scope="module")
def store() -> OpenStore:
    import pyoxigraph

    store = pyoxigraph.Store()
    store.load(path=TINY, format=pyoxigraph.RdfFormat.TRIG)
    return OpenStore("0123456789ab", TINY.parent, "memory", store)


def cut(answer: Answer, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row[column] for column in columns) for row in answer.rows]


def test_tasks_of_a_clause_with_the_words_of_both(store: OpenStore) -> None:
    answer = run_query("which-tasks-implement-clause", {"clause": "5.2"}, store)
    assert cut(answer, "task", "sentence", "relation", "status", "decided_by", "confidence") == [
        ("26", None, "adapted", "proposed", "rule", 0.3),  # by its heading alone
        ("27", "5.2.s1", "verbatim", "accepted", "rule", 0.97),
        ("28", "5.2.s2", "adapted", "proposed", "rule", 0.55),
    ]  # not 9-u1, which a person turned down; not 27's link to 4.2
    row = answer.rows[1]
    assert row == {
        "task": "27",
        "clause": "5.2",
        "clause_number": "五(二)",
        "sentence": "5.2.s1",
        "relation": "verbatim",
        "structure": "joined",
        "confidence": 0.97,
        "status": "accepted",
        "decided_by": "rule",
        "task_text": "三日内发布解读；\n（1）编写稿件\n组织宣讲；\n编制公开目录。",
        "provision_text": "政策公布后三日内发布解读，并组织宣讲。",
        "task_quote": "三日内发布解读 … 组织宣讲",
        "provision_quote": "三日内发布解读",
        "place": "table/1/row/4",
        "task_place": "span/907-914 span/1020-1024",
        "provision_place": "span/315-322",
        "skips_level": None,
        "lower": "city-tasks",
        "upper": "nat-measures",
    }
    assert answer.counts == {"rows": 3, "rule": 1, "person": 0, "proposed": 2, "left_out": 0}
    assert answer.params == {"clause": "nat-measures:5.2"}
    assert answer.iris[1]["task"] == "https://w3id.org/zhengmai/id/doc/city-tasks/task/27"


@pytest.mark.parametrize(
    ("clause", "tasks"),
    [
        ("5.2.s1", ["27"]),
        ("nat-measures:5", ["26", "27", "28"]),
        ("4.2", ["27"]),
        ("nat-measures:5.1", []),
    ],
)
def test_a_clause_means_everything_below_it(store: OpenStore, clause: str, tasks: list[str]) -> None:
    assert [row["task"] for row in run_query("which-tasks-implement-clause", {"clause": clause}, store).rows] == tasks


def test_a_link_a_person_decided_counts_as_theirs(store: OpenStore) -> None:
    answer = run_query("which-tasks-implement-clause", {"clause": "4.2"}, store)
    assert (answer.counts["rule"], answer.counts["person"]) == (0, 1)
    assert (answer.rows[0]["task_quote"], answer.rows[0]["task_place"]) == (None, None)  # it has no quotes, and is listed all the same


@pytest.mark.parametrize(("lower", "rows"), [("city-tasks", 3), ("county-tasks", 0)])
def test_the_lower_document_narrows(store: OpenStore, lower: str, rows: int) -> None:
    assert len(run_query("which-tasks-implement-clause", {"clause": "5.2", "lower": lower}, store).rows) == rows


def test_accepted_only_says_how_many_it_leaves_out(store: OpenStore) -> None:
    answer = run_query("which-tasks-implement-clause", {"clause": "5.2"}, store, accepted_only=True)
    assert [row["task"] for row in answer.rows] == ["27"]
    assert answer.counts["left_out"] == 2
    assert [note.zh for note in answer.notes] == ["另有 2 项待复核，未计入"]


def test_a_limit_says_how_many_there_are(store: OpenStore) -> None:
    answer = run_query("which-tasks-implement-clause", {"clause": "5.2"}, store, limit=1)
    assert (len(answer.rows), answer.counts["rows"]) == (1, 3)
    assert [note.en for note in answer.notes] == ["3 rows, the first 1 are shown"]


def test_the_chain_of_a_task_up_to_what_the_document_rests_on(store: OpenStore) -> None:
    answer = run_query("basis-chain-of-task", {"task": "city-tasks:27"}, store)
    assert cut(answer, "depth", "unit", "node", "how", "by", "status") == [
        (1, "sentence", "4.2.s1", "implements", None, "accepted"),
        (1, "sentence", "5.2.s1", "implements", None, "accepted"),
        (1, "clause", "4.2", "part-of", None, "accepted"),
        (1, "clause", "5.2", "part-of", None, "accepted"),
        (1, "section", "4", "part-of", None, "accepted"),
        (1, "section", "5", "part-of", None, "accepted"),
        (1, "policy-document", "nat-measures", "part-of", None, "accepted"),
        (1, "policy-document", "nat-measures", "concluded-basis", "city-tasks", None),
        (2, "policy-document", "cited/shui-50", "stated-basis", "nat-measures", None),
        (2, "policy-document", "cited/zhongban-8", "stated-basis", "nat-measures", None),
        (2, "policy-document", "cited/guoban-80", "stated-basis", "nat-measures", None),
        (3, "policy-document", "cited/guofa-1", "stated-basis", "cited/guoban-80", None),
    ]  # not the guide that is only mentioned, not 5.1


def test_a_chain_that_rests_on_a_proposed_link_says_so(store: OpenStore) -> None:
    answer = run_query("basis-chain-of-task", {"task": "28"}, store)
    assert {row["status"] for row in answer.rows if row["how"] in ("implements", "part-of")} == {"proposed"}


def test_a_task_without_links_still_has_what_its_document_rests_on(store: OpenStore) -> None:
    answer = run_query("basis-chain-of-task", {"task": "9-u1"}, store)
    assert {row["how"] for row in answer.rows} == {"concluded-basis", "stated-basis"}
    assert run_query("basis-chain-of-task", {"task": "county-tasks:27"}, store).rows == ()


def test_uncovered_sentences_with_their_reason(store: OpenStore) -> None:
    answer = run_query("uncovered-provisions", {}, store)
    assert cut(answer, "sentence", "clause_number", "reason", "level", "nearest_task", "confidence", "place") == [
        ("5.1.s1", "五(一)", "level-unclear", None, "26", 0.21, "span/220-227"),
        ("5.2.s3", "五(二)", "addressed-to-other-level", "national|provincial", None, None, "span/1340-1353"),
    ]  # not 5.2.s2, which has a link awaiting review
    assert answer.counts["left_out"] == 1
    assert "provisions-awaiting-review" in answer.notes[0].zh


@pytest.mark.parametrize(
    ("params", "rows"), [({"upper": "nat-measures"}, 2), ({"upper": "prov-notice"}, 0), ({"lower": "county-tasks"}, 0)]
)
def test_uncovered_sentences_of_a_pair(store: OpenStore, params: dict[str, str], rows: int) -> None:
    assert len(run_query("uncovered-provisions", params, store).rows) == rows


def test_sentences_with_nothing_but_links_awaiting_review(store: OpenStore) -> None:
    answer = run_query("provisions-awaiting-review", {}, store)
    assert cut(answer, "sentence", "links", "lower", "upper") == [("5.2.s2", 1, "city-tasks", "nat-measures")]  # not 5.2.s1: accepted


def test_load_counts_a_task_once_a_role_and_keeps_the_unnamed_apart(store: OpenStore) -> None:
    answer = run_query("load-by-department", {"document": "city-tasks"}, store)
    assert cut(answer, "authority", "department", "role", "tasks", "counted", "of_tasks", "actor_kind") == [
        ("甲市税务局", "办公室", "lead", 2, "row", 4, None),  # 28 names it twice
        ("甲市税务局", "征管和科技发展处", "supporting", 1, "row", 4, None),
        ("甲市税务局", "相关处室", "responsible", 1, "row", 4, "contextual"),
    ]  # not the county's office, which leads a clause and no task
    assert run_query("load-by-department", {"document": "county-tasks"}, store).rows == ()


def test_groups_and_their_clauses_also_those_without(store: OpenStore) -> None:
    answer = run_query("group-clause-map", {"lower": "city-tasks"}, store)
    assert cut(answer, "group", "group_level", "group_heading", "unit", "provision", "provision_number", "tasks", "place") == [
        ("1", 1, "扩大公开", "section", "5", "五", 4, "table/1/row/2/cell/2"),
        ("1.2", 2, "加强解读", "clause", "5.2", "五(二)", 3, "table/1/row/3/cell/3"),
        ("1.10", 2, "本市自定", None, None, None, 1, None),
    ]
    assert [row["provision"] for row in run_query("group-clause-map", {"upper": "prov-notice"}, store).rows] == [None, None, None]


@pytest.mark.parametrize(
    ("name", "params", "first", "rows"),
    [
        ("list-documents", {}, ["city-tasks", "county-tasks", "nat-measures", "prov-notice"], 4),  # not those only cited
        ("list-clauses", {"document": "nat-measures"}, ["4", "4.2", "5", "5.1", "5.2"], 5),  # not the sentences
        ("list-tasks", {"document": "city-tasks"}, ["9-u1", "26", "27", "28"], 4),
        ("list-departments", {}, ["办公室", "办公室", "征管和科技发展处"], 3),  # not 相关处室
    ],
)
def test_pick_lists(store: OpenStore, name: str, params: dict[str, str], first: list[str], rows: int) -> None:
    answer = run_query(name, params, store)
    assert [next(iter(row.values())) for row in answer.rows] == first
    assert answer.counts["rows"] == rows


@pytest.mark.parametrize("name, params", [("which-tasks-implement-clause", {"clause": "5.2"}), ("basis-chain-of-task", {"task": "28"})])
def test_the_same_question_gives_the_same_answer(store: OpenStore, name: str, params: dict[str, str]) -> None:
    assert run_query(name, params, store).rows == run_query(name, params, store).rows


def test_our_questions_are_fit_to_be_published() -> None:
    assert [str(error) for error in lint_folder(OURS)] == []


def test_every_pick_list_and_every_left_out_is_a_question_of_ours() -> None:
    queries = load_catalogue()[0]
    names = {query.name for query in queries}
    asked = {param.pick_query for query in queries for param in query.params} | {query.left_out for query in queries}
    assert asked - {None} <= names
    assert {
        "which-tasks-implement-clause",
        "basis-chain-of-task",
        "uncovered-provisions",
        "load-by-department",
        "group-clause-map",
    } <= names
