"""The pages, as somebody opens them by their links: what they show, what they say when something is wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from pages import CONTROLS, opened, press, said, unexplained, words_of
from seed_graph import seed_workspace

from ontology.labels import label, labels
from queries.catalogue import load_catalogue
from queries.run import Answer
from ui import incoming as arriving
from ui.answers import ask, version
from ui.app import PAGES
from ui.marked import MARK, ONLY_LOWER, marked, plain, side_by_side
from ui.page_home import pair_names
from zhengmai.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
CLAUSE = "sat-20170427-openness:5.2"
QUESTION = "which-tasks-implement-clause"


@pytest.fixture(autouse=True)
def workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(seed_workspace().path))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages(page: str, lang: str) -> None:
    app = opened(page, lang=lang)
    title = f"{label('app/name', lang)} · {label('app/subtitle', lang)}" if page == "home" else label(f"page/{page}", lang)  # type: ignore[arg-type]
    assert [element.value for element in app.title] == [title]
    assert not app.error and unexplained(app) == []
    if lang == "en":  # what is not English is a name, a title or a quote, never a word of ours
        told = [said for kind in CONTROLS for one in app.get(kind) for said in (one.proto.label, one.proto.help)]
        ours = {said for said, other in labels().values() if said != other}
        assert [said for said in told if said in ours] == []


def test_home_counts_what_is_there_and_says_what_a_link_means() -> None:
    app = opened("home")
    counted = {metric.label: metric.value for metric in app.metric}
    assert (counted["收录文件"], counted["任务"], counted["规则确认"], counted["人工确认"]) == ("3 份", "129 项", "124 条", "0 条")
    assert {"出现的文件共 8 份", "其中 91 项已与上位文件比对", "比对的共 137 句（按文件对计）", "对应关系共 124 条"} <= set(
        words_of(app).splitlines()
    )
    assert "不表示职责已经履行" in words_of(app)


def test_two_pairs_are_never_called_the_same() -> None:
    titles = {"a": "某市关于全面推进政务公开工作的实施方案", "b": "某市关于全面推进政务公开工作的任务分工表", "u": "政务公开工作办法"}
    assert pair_names([("a", "u")], titles) == {("a", "u"): "某市关于全面推进政务公开工作 → 政务公开工作办法"}
    both = pair_names([("a", "u"), ("b", "u")], titles)
    assert both == {("a", "u"): "某市关于全面… a → 政务公开工作… u", ("b", "u"): "某市关于全面… b → 政务公开工作… u"}


def test_the_language_switch_changes_the_page_and_its_link() -> None:
    app = opened("home")
    app.get_by_key("lang").set_value("en").run()
    assert not app.exception
    assert "tasks" in {metric.label for metric in app.metric}
    assert app.query_params["lang"] == "en"


def test_a_link_with_a_clause_answers_with_tasks_27_and_28() -> None:
    app = opened("topics", query=QUESTION, **{"p.clause": CLAUSE})
    (table,) = app.dataframe
    assert list(table.value["task"]) == ["27", "28"]
    assert list(table.value["status"]) == ["已确认", "已确认"]
    assert "2 行 · 规则确认 2 · 人工确认 0 · 待复核 0" in words_of(app).replace("\\", "")
    assert [button.label for button in app.get("download_button")] == ["下载 csv", "下载 xlsx", "下载 json"]


def test_how_an_answer_was_computed_is_drawn_once_it_is_opened() -> None:
    app = opened("topics", query=QUESTION, **{"p.clause": CLAUSE})
    assert [code for code in app.code if "SELECT" in code.value] == []
    app.session_state[f"how-{QUESTION}"] = True
    app.run()
    assert [code.value.startswith("PREFIX") for code in app.code if "SELECT" in code.value] == [True]
    assert any(text.value.startswith("clause = <") and "5.2" in text.value for text in app.text)


def test_the_form_asks_and_the_link_keeps_what_was_asked() -> None:
    app = opened("topics")
    next(iter(app.radio)).set_value(QUESTION).run()
    app.get_by_key(f"{QUESTION}/clause").set_value(CLAUSE)
    next(button for button in app.button if button.label == "查询").click().run()
    assert not app.exception
    assert list(app.dataframe[0].value["task"]) == ["27", "28"]
    assert (app.query_params["query"], app.query_params["p.clause"]) == (QUESTION, CLAUSE)


def test_a_date_is_asked_for_with_a_calendar() -> None:
    app = opened("topics", query="due-by", **{"p.date": "2019-09-30"})
    assert str(app.date_input[0].value) == "2019-09-30"
    assert "2019-07-31" in set(app.dataframe[0].value["due_date"])


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"query": QUESTION, "p.clause": "99.9"}, "找不到这个条目"),
        ({"query": QUESTION, "p.nothing": "1"}, "没有这个参数"),
        ({"query": "no-such-question"}, "没有这个查询"),
        ({"query": "due-by", "p.date": "2019-13-45"}, "日期应写作"),
        ({"query": "links-by-structure", "p.structure": "<script>"}, "取值不在可选范围内"),
    ],
)
def test_a_wrong_value_is_answered_in_words(link: dict[str, str], said: str) -> None:
    app = opened("topics", **link)
    assert said in words_of(app).replace("\\", "")
    assert not app.dataframe


def test_a_form_sent_without_what_it_needs_says_so() -> None:
    app = opened("topics", query=QUESTION)
    assert not app.error
    next(button for button in app.button if button.label == "查询").click().run()
    assert "缺少参数" in app.error[0].value


def test_an_empty_answer_is_explained() -> None:
    app = opened("topics", query="provisions-awaiting-review")
    assert "没有结果不等于没有落实" in words_of(app)


def test_the_search_and_the_tag_leave_what_fits() -> None:
    assert "哪些任务承接某一条目" in next(iter(opened("topics", q="承接 条目").radio)).options
    app = opened("topics", tag="overview")
    assert next(iter(app.radio)).options == ["对应关系由谁确认", "某一版本以来的变化", "各对文件的承接情况", "图谱中有什么"]
    assert "没有符合的专题" in words_of(opened("topics", q="zzzz"))


@pytest.mark.parametrize("query", [query.name for query in load_catalogue()[0]])
def test_every_question_answers_its_example(query: str) -> None:
    example = next(one for one in load_catalogue()[0] if one.name == query).example
    app = opened("topics", query=query, **{f"p.{name}": value for name, value in example.params.items()})
    assert not app.error
    assert len(app.dataframe) == (not example.empty)


def test_the_chain_of_clause_5_2_shows_both_texts_with_the_shared_words_marked() -> None:
    app = opened("trace", clause=CLAUSE)
    assert list(app.dataframe[0].value["sentence"]) == ["5.2.s1", "5.2.s2"]
    assert list(app.dataframe[0].value["tasks"]) == ["27", "28"]
    said = words_of(app)
    assert "下位文件任务 27" in said
    assert f"{MARK}加大公开首问责任制、限时办结制" in said
    assert f"{ONLY_LOWER}。主动公开纳税信用A级纳税人名单及相关信息。</mark>" in said
    assert "对应类型 合并" in said and "复核状态 已确认" in said and "占条文文字的比例" in said
    second = words_of(opened("trace", clause=f"{CLAUSE}.s2"))
    assert f"{MARK}对“便民办税春风行动”、纳税服务规范" in second and "下位文件任务 28" in second


def test_the_chain_s_filters_and_its_link_leave_the_same_rows() -> None:
    app = opened("trace", lead="办公室", relation="verbatim", sure="0.9")
    said = words_of(app).replace("\\", "")
    shown = re.search(r"(\d+) 行（共 124） · 规则确认", said)
    assert shown and 0 < int(shown[1]) < 124 and "对应类型 原文沿用" in said and "本级牵头 办公室" in said
    assert app.query_params["lead"] == "办公室" and app.query_params["sure"] == "0.9"
    assert "越级对照（未收录：省级）" in said


def test_the_chain_of_a_pair_judged_not_based_says_why_and_shows_no_links() -> None:
    app = opened("trace", upper="sat-20170427-openness", lower="hechi-three-systems-tasks")
    assert "11 个任务标题中有 0 个与上级标题相同" in words_of(app).replace("\\", "")
    assert "对应类型" not in words_of(app)
    assert len(app.dataframe[0].value) == 38  # all its rows are tasks without a basis in this text


def test_a_pair_that_is_gone_is_said_and_another_shown() -> None:
    app = opened("trace", upper="nobody", lower="gz-stb-openness-tasks")
    assert "没有这一对文件" in app.error[0].value


@pytest.mark.parametrize("view", ["flow", "graph"])
def test_the_chain_is_drawn(view: str) -> None:
    app = opened("trace", view=view, clause="sat-20170427-openness:5")
    assert len(app.get("plotly_chart")) == (view == "flow")
    assert len(app.get("component_instance")) == (view == "graph")


def test_the_chain_lists_the_sentences_no_task_was_found_for() -> None:
    said = words_of(opened("trace", clause="sat-20170427-openness:7.2", view="gaps"))
    assert "适用其他层级" in said and "最接近而未采用的任务" in said
    assert "广州市国家税务局" in said.partition("最接近而未采用的任务")[2][:400]  # the candidate's own words and document stand beside


def test_the_chain_of_an_unknown_clause_is_answered_in_words() -> None:
    assert "找不到这个条目" in words_of(opened("trace", clause="99.9"))


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>"])
def test_a_page_with_an_injected_text_shows_it_as_text(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def injected(name: str, params: dict[str, str] | None = None) -> Answer:
        answer = ask(name, params)
        if name != "links-of-pair":
            return answer
        return replace(answer, rows=tuple({**row, "task_text": text, "provision_text": text, "task_quote": text} for row in answer.rows))

    monkeypatch.setattr("ui.page_trace.ask", injected)
    cards = [element.proto.body for element in opened("trace", clause=CLAUSE).get("html") if "下位文件任务" in element.proto.body]
    assert cards
    assert all(escape(text) in card and text not in card for card in cards)


def test_a_new_build_is_shown_and_said() -> None:
    app = opened("home")
    app.session_state["graph"] = "before"
    app.run()
    assert [toast.value for toast in app.toast] == ["图谱已更新，本页显示新版本。"]
    assert app.session_state["graph"] == version()


def test_findings_are_filtered_by_the_link() -> None:
    everything = opened("check").dataframe[0].value
    warnings = opened("check", severity="warning").dataframe[0].value
    assert set(warnings["severity"]) == {"疑点"}
    assert 0 < len(warnings) < len(everything)


def test_no_graph_yet_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(tmp_path))
    assert "还没有构建图谱" in words_of(opened("home"))


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</mark><b>x", "a&lt;b"])
def test_text_of_a_document_stays_text(text: str) -> None:
    for quotes in ("", text, "script … alert"):
        html = side_by_side((text, marked(text, quotes), text), ("", "", ""))
        assert set(re.findall(r"<(\w+)", html)) <= {"div", "mark"}
    assert "<" not in plain(text).replace("\\<", "")


def test_marks_stand_where_the_words_are() -> None:
    assert marked("甲乙丙丁", "乙丙") == f"甲{MARK}乙丙</mark>丁"
    assert marked("甲乙甲丙", "甲 … 甲") == f"{MARK}甲</mark>乙{MARK}甲</mark>丙"
    assert marked("", "甲") == ""
    assert marked("甲\n乙", "没有") == "甲<br>乙"


def test_the_pages_hold_no_sparql_no_rdf_library_and_no_script_but_the_two_of_signing_in() -> None:
    told = re.compile(r"\b(SELECT|CONSTRUCT|PREFIX|WHERE)\b|rdflib|pyoxigraph|unsafe_allow|<script")
    found = {path.name: told.findall(path.read_text(encoding="utf-8")) for path in (ROOT / "ui").glob("*.py")}
    assert {name for name, words in found.items() if any(words)} | {"sign_in.py"} == {"sign_in.py"}
    source = (ROOT / "ui" / "sign_in.py").read_text(encoding="utf-8")
    assert re.findall(r"st\.html\((.*?),", source) == ["KEEP_ADDRESS", "GO_BACK"]  # constants: nothing of a visitor goes into them
    assert re.findall(r'^(\w+) = """<script>', source, re.M) == ["KEEP_ADDRESS", "GO_BACK"]


def test_every_tag_has_a_word() -> None:
    tags = {tag for query in load_catalogue()[0] for tag in query.tags}
    assert sorted(tag for tag in tags if f"tag/{tag}" not in labels()) == []


def command(*args: str, workspace: Path | None = None) -> subprocess.CompletedProcess[str]:
    where = ["--workspace", str(workspace)] if workspace else []
    return subprocess.run([sys.executable, "-m", "zhengmai", "ui", *args, *where], capture_output=True, encoding="utf-8", check=False)


def test_the_command_says_that_the_port_is_taken() -> None:
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = command("--port", str(other.getsockname()[1]))
    assert done.returncode == 2 and "该端口不可用" in done.stderr


def test_the_command_says_that_there_is_no_graph(tmp_path: Path) -> None:
    done = command("--port", "65001", workspace=tmp_path)
    assert done.returncode == 2 and "还没有构建图谱" in done.stderr


def test_the_command_says_that_streamlit_is_missing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from zhengmai import __main__ as cli

    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert cli.main(["ui"]) == 2
    assert "未安装网页界面所需的 streamlit" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("topics", {"query": QUESTION, "p.clause": CLAUSE}),
        ("topics", {"query": "due-by", "p.date": "2019-09-30"}),
        ("trace", {"clause": CLAUSE, "view": "graph"}),
        ("review", {"by": "张三"}),
        ("review", {"by": "张三", "kind": "gap"}),
        ("compare", {"doc": "gz-stb-openness-tasks", "at": "27"}),
    ],
)
def test_every_control_of_a_view_says_what_it_is_for(page: str, link: dict[str, str]) -> None:
    assert unexplained(opened(page, **link)) == []


def test_the_switch_leaves_only_what_people_confirmed(own: Workspace) -> None:
    app = opened("topics", query="which-tasks-implement-clause", confirmed="1", **{"p.clause": CLAUSE})
    assert "0 行（共 2） · 规则确认 0 · 人工确认 0" in said(app) and "规则确认与待复核的没有列出" in said(app)
    press(opened("review", by="张三", item="gz-stb-openness-tasks.27--sat-20170427-openness.5.2.s1"), "say-accepted")
    for _ in arriving.build(own):
        pass
    app = opened("topics", query="which-tasks-implement-clause", confirmed="1", **{"p.clause": CLAUSE})
    assert "1 行（共 2） · 规则确认 0 · 人工确认 1" in said(app) and list(app.dataframe[0].value["task"]) == ["27"]
