"""What bars those who cannot see a page, and whether it fits a phone: every page under a link that shows something."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from ui.app import PAGES

GZ, SAT = "gz-stb-openness-tasks", "sat-20170427-openness"
FITS = "(most) => document.querySelector('[data-testid=stMain]').scrollWidth <= most"
SCHEME = "(scheme) => getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme === scheme"


def barriers(page: Page) -> list[str]:
    """Return what axe-core calls serious or critical."""
    answer = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{one['id']} {one['nodes'][0]['target']} {one['nodes'][0]['html'][:120]}"
        for one in answer.response["violations"]
        if one["impact"] in ("serious", "critical")
    ]


def views() -> dict[str, dict[str, str]]:
    """Every page under a link that shows something."""
    shown = {
        "topics": {"query": "load-by-department"},
        "trace": {"clause": f"{SAT}:5.2"},
        "deadlines": {"on": "2019-08-01", "by": "2020-07-31", "view": "in-window"},
        "compare": {"doc": GZ, "at": "27"},
        "review": {"by": "张三"},
        "search": {"words": "纳税信用"},
    }
    return {"" if name == "home" else name: shown.get(name, {}) for name in PAGES}
