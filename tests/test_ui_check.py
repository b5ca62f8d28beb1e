"""一致性核查: findings filtered, read in full, followed to their cell, explained, and taken away in every form."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys

import pytest
from pages import button, chosen, opened, press, said, ticked
from seed_graph import seed_workspace
from streamlit.testing.v1 import AppTest

from ui.drawn import Chosen, narrowed
from ui.page_check import FILES, _written
from ui.reported import report
from validation.trend import read_waivers
from zhengmai.workspace import Workspace

GZ = "gz-stb-openness-tasks"


pytestmark = pytest.mark.usefixtures("on_seeds")


def send(app: AppTest, **fields: object) -> AppTest:
    for key, value in fields.items():
        app.get_by_key(f"explain-{key}").set_value(value)
    next(button for button in app.button if button.label == "标为已说明").click().run()
    assert not app.exception
    return app


def a_finding(code: str) -> str:
    return next(finding.key for finding in report().findings if finding.code == code)


def test_findings_are_filtered_by_the_department_that_leads_there() -> None:
    name = next(name for finding in report().findings for name in finding.departments)
    table = opened("check", department=name).dataframe[0].value
    assert 0 < len(table) < len(report().findings)
    assert all(name in departments.split("、") for departments in table["departments"])


def test_a_finding_is_explained_with_a_reason_a_name_and_an_end_and_taken_back(own: Workspace) -> None:
    key = a_finding("W04")
    before = report().count("warning")
    app = opened("check", finding=key)
    until = datetime.date(2099, 12, 31)
    send(app, reason="两处完成时限不同，已向印发机关核实", who="张三", until=until)
    (kept,) = read_waivers(own.curated_dir / "waivers.csv")
    assert (kept.key, kept.who, kept.expires) == (key, "张三", "2099-12-31")
    assert "已说明 1 条" in said(app) and "两处完成时限不同" in said(app)
    assert report().count("warning") == before - 1
    assert len(opened("check", state="waived").dataframe[0].value) == 1
    app = opened("check", finding=key)
    app.get_by_key("explain-back").click().run()
    assert "已收回 1 条说明" in said(app) and report().count("warning") == before


def test_without_a_reason_or_a_name_nothing_is_written(own: Workspace) -> None:
    app = send(opened("check", finding=a_finding("W04")), reason="原件如此")
    assert "请填写理由和姓名" in said(app)
    assert not (own.curated_dir / "waivers.csv").exists()


def test_a_waivers_file_that_cannot_be_read_is_said_in_words(own: Workspace) -> None:
    (own.curated_dir / "waivers.csv").write_text("key,reason,who,date,expires\nk,,,,\n", encoding="utf-8")
    assert "说明记录须写明" in said(opened("check"))


def test_a_finding_s_link_opens_the_source_with_its_cell_marked() -> None:
    finding = next(f for f in report().findings if f.code == "W04" and f.field == "deadline")
    drawn = said(opened("compare", doc=finding.document, at=finding.notation, field=finding.field))
    assert drawn.count("box-shadow:inset 0 0 0 4px #0072B2") == 1
    assert f'4px #0072B2">{finding.context or finding.quote}' in drawn.replace("\n", "")
    plain_row = said(opened("compare", doc=finding.document, at=finding.notation))
    assert "inset 0 0 0 4px" not in plain_row and "inset 0 0 0 2px #0072B2" in plain_row


def test_every_form_of_the_report_is_offered_and_says_what_the_command_says() -> None:
    app = opened("check")
    assert [button.label for button in app.get("download_button")] == [f"下载 {form}" for form in FILES]
    written = {form: _written(report(), form)() for form in FILES}
    assert all(written.values())
    command = [sys.executable, "-m", "zhengmai", "validate", "--format", "json", "--workspace", str(seed_workspace().path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    ours, theirs = json.loads(written["json"]), json.loads(done.stdout)
    assert [f["key"] for f in ours["findings"]] == [f["key"] for f in theirs["findings"]]
    assert ours["graph_version"] == theirs["graph_version"]


@pytest.mark.parametrize(
    ("span", "kept"), [("12-15", (12, 15)), ("5-15", (10, 40)), ("15-12", (10, 40)), ("<b>", (10, 40)), (None, (10, 40))]
)
def test_a_provision_is_narrowed_to_words_inside_it_alone(span: str | None, kept: tuple[int, int]) -> None:
    found = narrowed(Chosen("5.2", 10, 40, row=False), span)
    assert found and (found.start, found.end) == kept
    assert narrowed(Chosen("27", 10, 40, row=True), "12-15") == Chosen("27", 10, 40, row=True) and narrowed(None, "1-2") is None


def test_findings_that_are_ticked_are_shown_in_full_and_explained_together(own: Workspace) -> None:
    app = ticked(opened("check", rule="W11"), 0, 1)
    assert said(app).count("W11") >= 2 and "将所选 2 条标为已说明" in said(app)
    app.get_by_key("explain-reason").set_value("原件如此")
    app.get_by_key("explain-who").set_value("张三")
    button(app, "标为已说明")
    assert "已说明 2 条" in said(app) and len(read_waivers(own.curated_dir / "waivers.csv")) == 2
    app = ticked(opened("check", state="waived"), 0, 1)
    press(app, "explain-back")
    assert read_waivers(own.curated_dir / "waivers.csv") == ()
    many = ticked(opened("check"), *range(7))
    assert "只显示前 5 行" in said(many)


def test_a_finding_that_is_gone_and_a_filter_that_leaves_none_are_said() -> None:
    app = opened("check", finding="0" * 16)
    assert app.warning and not app.dataframe and app.get("page_link")
    app = opened("check", severity="violation")
    assert not app.dataframe and app.info
    chosen(chosen(app, "check-severity", None), "check-state", "all")
    every = len(report().findings)
    assert len(app.dataframe[0].value) == every and f"{every} 行（共 {every} 行）" in said(app)
    chosen(app, "check-document", GZ)
    assert 0 < len(app.dataframe[0].value) < every
