"""Property tests draw the same cases every run, so that a failure is about the change; HYPOTHESIS_PROFILE=explore draws new ones.

Whole journeys through the pages in a browser come last; on a machine that has no browser and may install none they are left out, and
that is said.
"""

from __future__ import annotations

import os

import pytest
from browser import find_chromium
from hypothesis import settings

settings.register_profile("same", derandomize=True, database=None)
settings.register_profile("explore", max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

JOURNEYS = "test_journeys.py"
collect_ignore = [] if find_chromium() else [JOURNEYS]


def pytest_report_header() -> str:
    """Say when the journeys cannot be made."""
    return "" if find_chromium() else "没有 Chromium：不进行浏览器测试 · no Chromium on this machine: the browser journeys are left out"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the journeys last: they take longest, and say least about what is wrong."""
    items.sort(key=lambda item: item.path.name == JOURNEYS)
