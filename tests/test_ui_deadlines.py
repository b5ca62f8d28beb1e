"""时限: as of a day, after an event, again and again, without a date."""

from __future__ import annotations

import pytest
from pages import chosen, opened, said

from ui.answers import ask

GZ, HC = "gz-stb-openness-tasks", "hechi-three-systems-tasks"


pytestmark = pytest.mark.usefixtures("on_seeds")


def test_what_has_passed_is_listed_as_of_a_day() -> None:
    app = opened("deadlines", on="2019-10-01", by="2019-12-31", view="overdue")
    assert "2019-09-30" in set(app.dataframe[0].value["due_date"])
    assert "只说明日期已过" in said(app)


def test_an_event_s_date_counts_working_days() -> None:
    """Row 5 of Guangzhou: 作出行政许可决定之日起7个工作日内. From Tuesday 1 August 2017 the seventh working day is Thursday the 10th."""
    app = opened("deadlines", on="2017-08-01", by="2017-08-31", view="triggered", document=GZ, **{"e.作出行政许可决定之日": "2017-08-01"})
    table = app.dataframe[0].value
    assert list(zip(table["task"], table["due_date"], strict=True)) == [("5", "2017-08-10")]
    assert app.query_params["e.作出行政许可决定之日"] == "2017-08-01"


def test_an_entered_event_is_kept_in_the_link() -> None:
    import datetime

    app = opened("deadlines", on="2017-08-01", by="2017-08-31", view="triggered", document=GZ)
    assert "没有符合的时限" in said(app)
    app.get_by_key("due-event/作出行政许可决定之日").set_value(datetime.date(2017, 8, 1)).run()
    assert not app.exception
    assert list(app.dataframe[0].value["due_date"]) == ["2017-08-10"]
    assert app.query_params["e.作出行政许可决定之日"] == "2017-08-01"


def test_limits_without_a_date_are_counted_by_why() -> None:
    app = opened("deadlines", on="2017-08-01", view="undated", document=GZ)
    assert "持续开展，没有期限" in set(app.dataframe[0].value["why"])


def test_days_the_wrong_way_round_are_said() -> None:
    assert "结束日期早于开始日期" in said(opened("deadlines", on="2019-10-01", by="2019-09-01"))


def test_what_comes_again_is_a_view_of_its_own() -> None:
    app = opened("deadlines", on="2019-08-01", by="2020-07-31", view="recurring", document=HC)
    assert app.query_params["view"] == "recurring"
    kinds = {kind for table in app.dataframe if "kind" in table.value for kind in table.value["kind"]}
    assert kinds and all(kind.startswith("每") or "周期" in kind for kind in kinds)
    assert "最低频次要求及承担者" in said(app)


def test_limits_are_narrowed_by_level_and_department_and_days_are_chosen() -> None:
    app = opened("deadlines", on="2019-08-01", by="2020-07-31", view="in-window")
    whole = len(app.dataframe[0].value)
    chosen(app, "due-level", "county")
    assert len(app.dataframe[0].value) <= whole and app.query_params["level"] == "county"
    chosen(chosen(app, "due-level", None), "due-department", "办公室")
    assert app.query_params["department"] == "办公室"
    assert "共" in said(app)
    assert opened("deadlines", on="not-a-day", by="1800-01-01").date_input[0].value
    assert "drift" in opened("deadlines", view="drift").query_params["view"]


def test_a_department_without_tasks_or_counterpart_is_said_so() -> None:
    names = [iris["actor"].rpartition("/id/")[2] for iris in ask("list-departments").iris]
    words = "".join(said(opened("departments", department=name, document=HC)) for name in names[:6])
    assert "没有" in words
