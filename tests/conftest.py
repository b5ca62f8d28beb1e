"""Property tests draw the same cases every run, so that a failure is about the change; HYPOTHESIS_PROFILE=explore draws new ones.

Whole journeys through the pages in a browser come last; on a machine that has no browser and may install none they are left out, and
that is said.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import find_chromium
from comunica import find_comunica
from hypothesis import HealthCheck, settings
from sarif_schema import find_schema
from w3c import suites

if TYPE_CHECKING:
    from zhengmai.workspace import Workspace

settings.register_profile("same", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

JOURNEYS, SIGN_IN = "test_journeys.py", "test_sign_in.py"
NO_CHROMIUM = "没有 Chromium：不进行浏览器测试 · no Chromium on this machine: the browser journeys are left out"
# What a test file needs that pip does not bring; `make programs` fetches it where that can be done.
_NEEDS = {
    JOURNEYS: (find_chromium(), NO_CHROMIUM),
    SIGN_IN: (find_chromium(), NO_CHROMIUM),
    "test_w3c_queries.py": (suites(), "没有 W3C 测试集 · the W3C's query tests were not fetched and are left out"),
    "test_sarif_schema.py": (find_schema(), "没有 SARIF 的格式定义 · the schema of SARIF was not fetched: its test is left out"),
    "test_comunica.py": (find_comunica(), "没有 Comunica · Comunica was not fetched: its tests are left out"),
}
collect_ignore = [name for name, (found, _) in _NEEDS.items() if not found]


def pytest_report_header() -> list[str]:
    """Say what is left out, and why."""
    return list(dict.fromkeys(words for found, words in _NEEDS.values() if not found))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the journeys last: they take longest, and say least about what is wrong."""
    items.sort(key=lambda item: item.path.name in (JOURNEYS, SIGN_IN))


@pytest.fixture
def on_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages show the three documents' workspace."""
    from seed_graph import seed_workspace

    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(seed_workspace().path))


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on_seeds: None) -> Workspace:
    """Let the pages show a copy of that workspace, which may be changed."""
    from seed_graph import seed_workspace

    from zhengmai.workspace import Workspace

    shutil.copytree(seed_workspace().path, tmp_path / "own", symlinks=True)
    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(tmp_path / "own"))
    return Workspace(tmp_path / "own")
