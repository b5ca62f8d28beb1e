"""The pages without a browser: opened by their links (Streamlit's AppTest), what they say, and what a visitor does there."""

from __future__ import annotations

from functools import cache

import streamlit.components.v2.manifest_scanner as scanner
from streamlit.testing.v1 import AppTest

WAITS_S = 240  # of a machine that does other things as well
PLAN = """全面推进政务公开任务细化分工表

序号,主要任务,具体举措,牵头部门,完成时限
1,规范纳税服务公开范围,加大公开首问责任制、限时办结制、预约办税制、延时服务制和24小时自助办税等便民办税服务措施。,纳税服务科,2017年12月底前
2,规范纳税服务公开范围,主动公开纳税信用A级纳税人名单及相关信息。,纳税服务科,持续开展
3,加强税收政策公开,及时公开税收优惠政策。,,持续开展
"""
NOTHING = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}
# Each app looks through all that is installed for components (half a second of a processor), and finds the same every time.
scanner.scan_component_manifests = cache(scanner.scan_component_manifests)


def opened(page: str, **link: str) -> AppTest:
    """Return a page as its link opens it."""
    app = AppTest.from_string(f"from ui.app import main\nmain(opens={page!r})", default_timeout=WAITS_S)
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def words_of(app: AppTest) -> str:
    """Return every word of the page that is not in a table."""
    parts = [
        element.value
        for kind in ("title", "subheader", "markdown", "caption", "info", "error", "warning", "success", "text")
        for element in app.get(kind)
    ]
    parts += [element.proto.body for element in app.get("html")]
    return "\n".join(map(str, parts))


def said(app: AppTest) -> str:
    """Return the same without the marks that keep words from being Markdown."""
    return words_of(app).replace("\\", "")


CONTROLS = ("button", "checkbox", "text_input", "text_area", "selectbox", "multiselect", "radio", "slider", "date_input")
CONTROLS += ("download_button", "button_group", "file_uploader")


def unexplained(app: AppTest) -> list[str]:
    """Return the controls that do not say what they are for."""
    return [one.proto.label for kind in CONTROLS for one in app.get(kind) if not one.proto.help]


def press(app: AppTest, key: str) -> AppTest:
    """Press the button of that key."""
    app.get_by_key(key).click().run()
    assert not app.exception
    return app


def again(app: AppTest) -> AppTest:
    """Draw the page once more."""
    app.run()
    assert not app.exception
    return app


def ticked(app: AppTest, *rows: int, table: str | None = None) -> AppTest:
    """Tick rows of a table (the first that can be ticked)."""
    key = table or next(str(one.key) for one in app.dataframe if one.key)
    app.session_state[key] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    return again(app)


def typed_over(app: AppTest, cells: dict[int, dict[str, str]]) -> AppTest:
    """Type over cells of the page's table that can be filled in, row → column → words."""
    app.session_state[str(app.data_editor[0].key)] = {**NOTHING, "edited_rows": cells}
    return again(app)


def button(app: AppTest, words: str) -> AppTest:
    """Press the button that says so."""
    next(one for one in app.button if one.label == words).click().run()
    assert not app.exception
    return app


def chosen(app: AppTest, key: str, value: object) -> AppTest:
    """Choose in the field whose key begins so."""
    kinds = (app.selectbox, app.radio, app.text_input, app.text_area, app.toggle, app.slider, app.date_input, app.get("button_group"))
    next(one for kind in kinds for one in kind if str(one.key).startswith(key)).set_value(value).run()
    assert not app.exception
    return app


def dropped(name: str, data: bytes) -> AppTest:
    """Return the page for documents after one was dropped on it."""
    app = opened("import")
    app.get_by_key("upload").upload(name, data).run()
    assert not app.exception
    return app
