"""Sign-in through Streamlit's own: with an [auth] section nobody sees a page before signing in."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

AUTH = {"redirect_uri": "http://localhost:8501/oauth2callback", "cookie_secret": "x", "client_id": "a", "client_secret": "b"}


@pytest.mark.parametrize("page", ["home", "review"])
def test_nobody_sees_a_page_before_signing_in(page: str) -> None:
    app = AppTest.from_string(f"from ui.app import main\nmain(opens={page!r})", default_timeout=60)
    app.secrets = {"auth": AUTH}
    app.run()
    assert not app.exception
    assert [button.label for button in app.button] == ["登录"] and len(app.info) == 1
    assert not app.title and not app.dataframe and not app.metric
