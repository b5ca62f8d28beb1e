"""Sign-in before the pages: a real provider of identities, a real browser; who signed in decides under that name."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import Visitor, chromium, free_port, running_pages
from oidc_provider import CLIENT, PASSWORD, SECRET, running_provider
from playwright.sync_api import Browser, expect
from seed_graph import seed_workspace

from zhengmai.workspace import Workspace

SECRETS = """[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "a-long-random-text-of-the-test-only"
client_id = "{client}"
client_secret = "{secret}"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def test_who_signs_in_sees_the_pages_and_decides_under_that_name(browser: Browser, tmp_path: Path) -> None:
    shutil.copytree(seed_workspace().path, tmp_path / "own", symlinks=True)
    workspace = Workspace(tmp_path / "own")
    (tmp_path / ".streamlit").mkdir()
    with running_provider(free_port()) as provider:
        secrets = SECRETS.format(client=CLIENT, secret=SECRET, provider=provider)
        (tmp_path / ".streamlit" / "secrets.toml").write_text(secrets, encoding="utf-8")
        with running_pages(workspace.path, started_in=tmp_path) as address:
            visitor = Visitor(browser, address)
            page = visitor.opens("review", by="李四", order="document")
            assert "请先登录" in visitor.words() and page.get_by_role("heading").count() == 0
            page.get_by_role("button", name="登录").click()
            page.get_by_role("heading", name="某单位统一登录").wait_for()
            page.get_by_label("姓名").fill("张三")
            page.get_by_label("密码").fill("错的")
            page.get_by_role("button", name="确认").click()
            page.get_by_text("请先登录").first.wait_for()  # turned away by the provider: nothing is seen
            visitor.settled()
            page.get_by_role("button", name="登录").click()
            page.get_by_label("姓名").fill("张三")
            page.get_by_label("密码").fill(PASSWORD)
            page.get_by_role("button", name="确认").click()
            page.get_by_role("heading", name="对应关系复核").wait_for()  # the link that was asked for first, in spite of the wrong password
            visitor.settled()
            assert urlsplit(page.url).path == "/review" and "order=document" in page.url
            expect(page.get_by_test_id("stSidebar").get_by_text("已登录：张三")).to_be_visible()
            assert "复核人 张三" in visitor.words() and "李四" not in visitor.words()  # a link cannot lend another name
            page.keyboard.press("a")
            page.get_by_text("已判断 1 / 124").wait_for()
            record = (workspace.curated_dir / "reviews.sssom.tsv").read_text(encoding="utf-8").splitlines()[-1]
            assert "张三" in record and "李四" not in record
            page.get_by_test_id("stSidebar").get_by_role("button", name="退出登录").click()
            page.get_by_text("请先登录").first.wait_for()
            visitor.settled()
            assert page.evaluate("sessionStorage.getItem('zhengmai-wanted')") is None  # once only
            assert {url.split("/")[2] for url in visitor.asked} == {address.split("/")[2], provider.split("/")[2]}
            cookies = json.dumps(visitor.context.cookies())
            assert SECRET not in cookies and PASSWORD not in cookies
            visitor.leaves()
