"""What goes wrong on the pages is answered in words: links that are out of date, long answers, a busy workspace, hostile texts."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from pages import opened, said, words_of
from seed_graph import seed_workspace

from queries.run import Answer
from ui import incoming as arriving
from ui.answers import ask
from ui.reported import report
from ui.tables import SHOWN
from zhengmai.errors import StoreBusy
from zhengmai.store import build_lock
from zhengmai.workspace import Workspace

GZ, SAT = "gz-stb-openness-tasks", "sat-20170427-openness"
HOSTILE = "<script>planted()</script><img src=x onerror=planted()> **粗** $x^2$ [链](http://planted.example) :red[红] &lt;b"
PLAN = f"""全面推进政务公开任务细化分工表{HOSTILE}

序号,主要任务,具体举措,牵头部门,完成时限
1,规范纳税服务公开范围{HOSTILE},加大公开首问责任制、限时办结制、预约办税制{HOSTILE},纳税服务科{HOSTILE},2017年12月底前
2,规范纳税服务公开范围,主动公开纳税信用A级纳税人名单及相关信息。,纳税服务科,持续开展
"""


pytestmark = pytest.mark.usefixtures("on_seeds")


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("deadlines", {"document": "nobody"}),
        ("deadlines", {"department": "nobody"}),
        ("departments", {"document": "nobody"}),
        ("departments", {"department": "org/nobody"}),
        ("ledger", {"document": "nobody"}),
        ("ledger", {"department": "nobody"}),
        ("search", {"words": "公开", "doc": "nobody"}),
        ("check", {"document": "nobody"}),
        ("check", {"rule": "nobody"}),
        ("review", {"by": "张三", "pair": "nobody nothing"}),
    ],
)
def test_a_link_that_names_what_is_gone_says_so_and_shows_the_rest(page: str, link: dict[str, str]) -> None:
    app = opened(page, **link)
    assert "已不在图谱中" in said(app) and not app.error
    assert app.dataframe or app.get("arrow_data_frame") or len(words_of(app)) > 200
    app.run()
    assert "已不在图谱中" not in said(app)  # the address no longer names it


def long_answer(name: str, params: dict[str, str] | None = None) -> Answer:
    """An answer of a hundred thousand rows."""
    answer = ask(name, params)
    if name != "list-tasks":
        return answer
    rows = tuple({**answer.rows[0], "task": str(at)} for at in range(100_000))
    return replace(answer, rows=rows, iris=(answer.iris[0],) * len(rows), counts={**answer.counts, "rows": len(rows)})


def test_an_answer_of_a_hundred_thousand_rows_is_paged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.page_topics.ask", long_answer)
    app = opened("topics", query="list-tasks", **{"p.document": GZ})
    assert "100000 行" in said(app) and f"第 1–{SHOWN} 行（共 100000 行）" in said(app)
    (table,) = app.dataframe
    assert len(table.value) == SHOWN and list(table.value["task"])[:2] == ["0", "1"]
    widgets = sum(len(app.get(kind)) for kind in ("button", "selectbox", "radio", "text_input", "download_button", "page_link"))
    assert widgets < 60
    (pages,) = [one for one in app.get("pagination") if one.proto.num_pages == 100_000 // SHOWN]
    assert pages


@contextlib.contextmanager
def being_built(workspace: Workspace) -> Iterator[None]:
    """Another thread holds the workspace, as a build would."""
    with ThreadPoolExecutor(1) as other:
        lock = build_lock(workspace.built_dir)
        other.submit(lock.__enter__).result()
        try:
            yield
        finally:
            other.submit(lock.__exit__, None, None, None).result()


def test_a_workspace_that_is_being_built_is_told_and_nothing_is_half_written(own: Workspace) -> None:
    with being_built(own):
        with pytest.raises(StoreBusy), build_lock(own.built_dir):
            pass
        finding = next(one for one in report().findings if one.code == "W04")
        app = opened("check", finding=finding.key)
        app.get_by_key("explain-reason").set_value("原件如此")
        app.get_by_key("explain-who").set_value("张三")
        next(button for button in app.button if button.label == "标为已说明").click().run()
        assert not app.exception
        assert "另一个构建正在进行" in said(app) and not (own.curated_dir / "waivers.csv").exists()
    next(button for button in app.button if button.label == "标为已说明").click().run()
    assert (own.curated_dir / "waivers.csv").exists()


def test_a_graph_whose_files_are_damaged_is_told_in_words(own: Workspace) -> None:
    (snapshot,) = (own.built_dir / "snapshots").iterdir()
    shutil.rmtree(snapshot)
    words = said(opened("home"))
    assert "图谱" in words and "zhengmai build" in words


def test_the_pages_work_beside_a_server_on_the_same_graph() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "zhengmai", "serve", "--port", str(port), "--workspace", str(seed_workspace().path)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1).read()
                break
            assert server.poll() is None
            time.sleep(0.1)
        assert list(opened("topics", query="which-tasks-implement-clause", **{"p.clause": f"{SAT}:5.2"}).dataframe[0].value["task"]) == [
            "27",
            "28",
        ]
        told = urllib.request.urlopen(f"http://127.0.0.1:{port}/sparql?query=ASK%20%7B%7D", timeout=30).read()
        assert told
    finally:
        server.terminate()
        server.wait(30)


MARKDOWN = ("title", "subheader", "markdown", "caption", "info", "error", "warning", "success", "metric", "expander", "page_link", "radio")


def test_hostile_words_of_a_document_stay_words_on_every_page(own: Workspace) -> None:
    """Before it is stored and afterwards: no script, no picture, no link, no bold, no formula comes of a text."""
    app = opened("import")
    app.get_by_key("upload").upload("分工表.csv", PLAN.encode()).run()
    assert not app.exception
    pages = [app]
    incoming = arriving.receive("分工表.csv", PLAN.encode())
    read = arriving.read(incoming, own)
    facts = {"title": None, "issuer": "", "date": None, "level": "county", "access": "internal"}
    placed = arriving.store(incoming, arriving.arrival_of(incoming, arriving.read_preview(read), facts, own), (), own)
    for _ in arriving.build(own):
        pass
    slug = placed.slug
    pages += [
        opened("home"),
        opened("compare", doc=slug, at="1"),
        opened("topics", query="list-tasks", **{"p.document": slug}),
        opened("search", words="首问责任制"),
        opened("ledger", document=slug),
        opened("departments", document=slug),
        opened("check", document=slug),
        opened("trace", upper=SAT, lower=slug),
        opened("concordance", upper=SAT, lower=slug),
        opened("deadlines", document=slug, on="2017-01-01", by="2017-12-31", view="in-window"),
    ]
    assert any("planted" in "".join(map(str, page.dataframe[0].value.values.ravel())) for page in pages if page.dataframe)
    for page in pages:
        for html in page.get("html"):
            assert set(re.findall(r"<(script|img|b|a)\b", html.proto.body)) == set()
        for kind in MARKDOWN:
            for element in page.get(kind):
                text = str(getattr(element.proto, "body", "") or getattr(element.proto, "label", ""))
                for bare in (r"(?<!\\)\*\*粗", r"(?<!\\)\$x", r"(?<!\\)\[链", r"(?<!\\):red", r"(?<!\\)<script", r"(?<!\\)<img"):
                    assert not re.search(bare, text), (kind, text)
