"""What people type finds the thing they mean, never another one, and never becomes SPARQL."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Store
from seed_graph import seed_store

from queries.bind import bind, parameters, tokens
from queries.catalogue import find_query
from queries.resolve import resolve
from queries.run import run_query
from queries.saved import Both, Param, SavedQuery
from queries.typed_dates import read_day
from queries.typed_numbers import clause_id, number, task_id
from zhengmai.errors import BadQuery
from zhengmai.store import OpenStore

TINY = Path(__file__).parent / "data/queries-tiny.trig"
DOC = "https://w3id.org/zhengmai/id/doc/"


@pytest.fixture(scope="module")
def store() -> OpenStore:
    store = Store()
    store.load(path=TINY, format=RdfFormat.TRIG)
    return OpenStore("0123456789ab", TINY.parent, "memory", store)


def question(kind: str, **more: object) -> SavedQuery:
    """A question with one parameter ``x`` of a kind, and documents that narrow it."""
    base = find_query("which-tasks-implement-clause")
    documents = tuple(param for param in base.params if param.type == "document")
    wanted = Param("x", kind, Both("值", "value"), **more)  # type: ignore[arg-type]
    return SavedQuery(**{name: getattr(base, name) for name in base.__slots__} | {"params": (wanted, *documents)})


def meant(store: OpenStore, kind: str, typed: str, **scope: str) -> str:
    return resolve(question(kind), {"x": typed, **scope}, store)["x"].value.removeprefix(DOC)


@pytest.mark.parametrize(
    "typed",
    ["5.2", " 5.2 ", "五(二)", "五（二）", "五 （二）", "第五部分第(二)项", "第五章第二条", "五、（二）", "５.２", "nat-measures:5.2",
     "nat-measures：五(二)", "推进公开工作实施办法:5.2", DOC + "nat-measures/clause/5.2", "doc/nat-measures/clause/5.2",
     "《推进公开工作实施办法》五(二)", "推进公开工作实施办法第五部分第(二)项", "实施办法五（二）"],
)  # fmt: skip
def test_a_clause_however_it_is_typed(store: OpenStore, typed: str) -> None:
    assert meant(store, "clause", typed) == "nat-measures/clause/5.2"


@pytest.mark.parametrize(
    ("kind", "typed", "scope", "thing"),
    [
        ("clause", "5.2.s1", {}, "nat-measures/sentence/5.2.s1"),
        ("clause", "五(二)第1句", {}, "nat-measures/sentence/5.2.s1"),
        ("clause", "5.1", {"upper": "prov-notice"}, "prov-notice/clause/5.1"),
        ("clause", "4", {}, "nat-measures/section/4"),
        ("task", "28", {}, "city-tasks/task/28"),
        ("task", "第28项", {}, "city-tasks/task/28"),
        ("task", "9-u1", {}, "city-tasks/task/9-u1"),
        ("task", "任务28", {}, "city-tasks/task/28"),
        ("task", "28号", {}, "city-tasks/task/28"),
        ("task", "第9项后未编号行", {}, "city-tasks/task/9-u1"),
        ("task", "27", {"lower": "county-tasks"}, "county-tasks/task/27"),
        ("task", "county-tasks:27", {}, "county-tasks/task/27"),
        ("document", "city-tasks", {}, "city-tasks"),
        ("document", "推进公开工作通知", {}, "prov-notice"),
        ("document", "实施办法", {}, "nat-measures"),
        ("document", "国办发〔2016〕80号", {}, "cited/guoban-80"),
        ("document", "国办发[2016]80号", {}, "cited/guoban-80"),
        ("document", "《推进公开工作通知》", {}, "prov-notice"),
        ("task", "9u1", {}, "city-tasks/task/9-u1"),
    ],
)
def test_things_by_id_number_or_name(store: OpenStore, kind: str, typed: str, scope: dict[str, str], thing: str) -> None:
    assert meant(store, kind, typed, **scope) == thing


@pytest.mark.parametrize(
    "typed",
    ["征管和科技发展处", "征管科技发展处", "甲市税务局:征管和科技发展处", "市局：征管和科技发展处", "甲市税务局征管和科技发展处",
     "甲市税务局/征管和科技发展处", "甲市局征管和科技发展处", "甲市：征管和科技发展处", "org/city/dept/collection", "city/dept/collection"],
)  # fmt: skip
def test_a_department_by_any_of_its_names(store: OpenStore, typed: str) -> None:
    assert meant(store, "department", typed).endswith("/org/city/dept/collection")


@pytest.mark.parametrize(
    ("kind", "typed", "listed"),
    [
        ("clause", "5.1", ["nat-measures:5.1", "prov-notice:5.1"]),
        ("clause", "五（一）", ["nat-measures:5.1", "prov-notice:5.1"]),
        ("task", "27", ["city-tasks:27", "county-tasks:27"]),
        ("department", "办公室", ["甲市税务局:办公室", "乙县税务局:办公室"]),
        ("document", "推进公开工作", ["nat-measures", "prov-notice"]),
    ],
)
def test_several_hits_are_listed_so_that_each_can_be_typed(store: OpenStore, kind: str, typed: str, listed: list[str]) -> None:
    with pytest.raises(BadQuery) as told:
        meant(store, kind, typed)
    assert all(form in str(told.value) for form in listed)
    assert len({meant(store, kind, form) for form in listed}) == 2


@pytest.mark.parametrize(
    ("kind", "typed", "near"),
    [
        ("clause", "5.3", "nat-measures:5.2"),
        ("clause", "nat-measures:5.9", "nat-measures:5.1"),
        ("task", "29", "city-tasks:28"),
        ("department", "征管科", "甲市税务局:征管和科技发展处"),
        ("document", "city-task", "city-tasks"),
    ],
)
def test_no_hit_suggests_the_closest(store: OpenStore, kind: str, typed: str, near: str) -> None:
    with pytest.raises(BadQuery, match="did you mean") as told:
        meant(store, kind, typed)
    assert near in str(told.value)


@pytest.mark.parametrize("typed", ["prov-notice:5.2", "乙县税务局:征管和科技发展处", "无此局:办公室", "nosuch:27"])
def test_a_named_document_or_authority_is_not_passed_over(store: OpenStore, typed: str) -> None:
    kind = "clause" if "5.2" in typed else "task" if "27" in typed else "department"
    with pytest.raises(BadQuery, match="not in the graph"):
        meant(store, kind, typed)


@pytest.mark.parametrize("typed", ["9.9", "九九", "九（九）", "77"])
def test_a_number_there_is_not_is_no_shorter_number_with_a_heading(typed: str) -> None:
    with pytest.raises(BadQuery, match="not in the graph"):
        run_query("which-tasks-implement-clause", {"clause": typed}, seed_store())


INJECTIONS = [
    "5.2> } DELETE WHERE { ?s ?p ?o } #",
    '5.2" } UNION { ?s ?p ?o } #',
    "5.2' } #",
    "5.2\n} DROP ALL",
    '\\" } ; INSERT DATA { <a:a> <a:b> 1 }',
    "?s",
    "#VALUES",
    "nat-measures> } #:5.2",
    "*",
    ".*",
    "<https://w3id.org/zhengmai/id/doc/nat-measures>",
]


@pytest.mark.parametrize("typed", INJECTIONS)
@pytest.mark.parametrize("kind", ["clause", "task", "department", "document"])
def test_what_is_typed_stays_text(store: OpenStore, kind: str, typed: str) -> None:
    before = len(store)
    with pytest.raises(BadQuery, match="not in the graph"):
        meant(store, kind, typed)
    assert len(store) == before


@pytest.mark.parametrize("typed", INJECTIONS)
def test_a_text_parameter_comes_back_as_it_was(store: OpenStore, typed: str) -> None:
    term = resolve(question("text"), {"x": typed}, store)["x"]
    (row,) = store.query(bind("SELECT ?y { BIND(?_x AS ?y) }", {"x": term}))
    assert row["y"] == Literal(typed.strip())


@settings(max_examples=20, deadline=None)
@given(st.text(min_size=1, max_size=40).filter(lambda text: bool(text.strip())))
def test_any_text_is_found_or_refused(store: OpenStore, typed: str) -> None:
    for kind in ("clause", "task", "department", "document"):
        try:
            meant(store, kind, typed)
        except BadQuery as told:
            assert "ZM-401" in str(told)


@pytest.mark.parametrize(
    ("kind", "typed", "term"),
    [
        ("date", "2019-12-31", '"2019-12-31"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("date", "2019年底", '"2019-12-31"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("integer", "12", '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("iri", "doc/city-tasks", "<https://w3id.org/zhengmai/id/doc/city-tasks>"),
        ("text", "公开", '"公开"'),
    ],
)
def test_values_become_terms_of_their_type(store: OpenStore, kind: str, typed: str, term: str) -> None:
    assert str(resolve(question(kind), {"x": typed}, store)["x"]) == term


@pytest.mark.parametrize(
    ("kind", "typed"), [("date", "2019-2-30"), ("date", "去年"), ("integer", "十二"), ("integer", "1.5"), ("iri", "http://x/ y")]
)
def test_a_value_of_the_wrong_type_is_refused(store: OpenStore, kind: str, typed: str) -> None:
    with pytest.raises(BadQuery):
        meant(store, kind, typed)


def test_a_choice_is_one_of_the_list_and_of_a_scheme_a_concept(store: OpenStore) -> None:
    roles = question("enum", choices=("lead", "joint"), scheme="role")
    assert resolve(roles, {"x": "lead"}, store)["x"] == NamedNode("https://w3id.org/zhengmai/scheme/role/lead")
    assert resolve(roles, {"x": "牵头"}, store) == resolve(roles, {"x": "Lead"}, store) == resolve(roles, {"x": "lead"}, store)
    with pytest.raises(BadQuery, match="did you mean lead"):
        resolve(roles, {"x": "leader"}, store)


def test_unknown_and_missing_parameters_say_which_there_are(store: OpenStore) -> None:
    with pytest.raises(BadQuery, match="did you mean clause"):
        run_query("which-tasks-implement-clause", {"clauses": "5.2"}, store)
    with pytest.raises(BadQuery, match="add -p clause=sat-20170427-openness:5.2"):
        run_query("which-tasks-implement-clause", {}, store)
    with pytest.raises(BadQuery, match="did you mean uncovered-provisions"):
        run_query("uncovered-provision", {}, store)


def test_only_whole_variables_are_replaced() -> None:
    sparql = """SELECT ?s { # ?_x
      ?s <http://x/?_x#> "?_x" ; ?p '?_x', \"\"\"?_x "q" \"\"\" FILTER(!BOUND(?_x) || ?s = ?__x_iri || ?_xy = $_x) }"""
    text = bind(sparql, {"x": NamedNode("http://y")})
    assert text == sparql.replace("BOUND(?_x)", "true").replace("?__x_iri", "<http://y>").replace("$_x", "<http://y>")
    assert set(parameters(sparql)) == {"_x", "__x_iri", "_xy"}


@given(st.text(alphabet="?_x{}<>\"'\\#\n aBOUND()", max_size=60))
def test_tokens_lose_nothing(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == text
    assert bind(text, {}) == text


@pytest.mark.parametrize(
    ("typed", "found"),
    [("十二(四)", "12.4"), ("二十一", "21"), ("0.0", "0.0"), ("2.4.1", "2.4.1"), ("5.2.s12", "5.2.s12"), ("五二", None), ("五(", None),
     ("", None), ("s1", None), ("9" * 5000, None), ("第句", None), ("(二)", None), ("第（二）项", None)],
)  # fmt: skip
def test_clause_numbers(typed: str, found: str | None) -> None:
    assert clause_id(typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [("27", "27"), ("第二十七项", "27"), ("27号", "27"), ("任务 27", "27"), ("row 27", "27"), ("第9项后未编号行", "9-u1"),
     ("第9项后第2个未编号行", "9-u2"), ("五(二)", None), ("27x", None), ("", None)],
)  # fmt: skip
def test_row_numbers(typed: str, found: str | None) -> None:
    assert task_id(typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [("2019-09-30", "2019-09-30"), ("2019/9/30", "2019-09-30"), ("2019.9.30", "2019-09-30"), ("20190930", "2019-09-30"),
     ("2019年9月30日", "2019-09-30"), ("２０１９年９月３０日前", "2019-09-30"), ("二〇一九年九月三十日", "2019-09-30"),
     ("2019年2月底", "2019-02-28"), ("2020-02", "2020-02-29"), ("2019", "2019-12-31"),
     ("2019年底前", "2019-12-31"), ("2019-2-30", None), ("201909", None), ("去年", None),
     ("0000-01-01", None), ("2019-13", None)],
)  # fmt: skip
def test_days(typed: str, found: str | None) -> None:
    day = read_day(typed)
    assert (day.isoformat() if day else None) == found


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_none(typed: str) -> None:
    assert number(typed) is None or number(typed) >= 0  # type: ignore[operator]
    assert clause_id(typed) is None or clause_id(typed)
    assert task_id(typed) is None or task_id(typed)
    assert read_day(typed) is None or read_day(typed)
