"""Pictures of every page, in both languages, on a desk and on a phone: ``make docs`` makes them into docs/screenshots/.

They are small (128 colours) and made to be looked at: overlaps, cut words, empty charts, missing glyphs.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from browser import Visitor, chromium, find_chromium, running_pages
from seed_graph import seed_workspace

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
TALLEST = 1800
# Page, and the link under which it has something to show.
SHOTS: dict[str, tuple[str, dict[str, str]]] = {
    "home": ("", {}),
    "topics": ("topics", {"query": "load-by-department"}),
    "trace": ("trace", {"clause": "sat-20170427-openness:5.2"}),
    "trace-flow": ("trace", {"view": "flow", "clause": "sat-20170427-openness:5"}),
    "trace-graph": ("trace", {"view": "graph", "clause": "sat-20170427-openness:5"}),
    "trace-gaps": ("trace", {"view": "gaps"}),
    "deadlines": ("deadlines", {"on": "2019-08-01", "by": "2020-07-31", "view": "in-window"}),
    "departments": ("departments", {}),
    "compare": ("compare", {"doc": "gz-stb-openness-tasks", "at": "27"}),
    "compare-text": ("compare", {"doc": "sat-20170427-openness", "at": "5.2"}),
    "import": ("import", {}),
    "check": ("check", {}),
    "search": ("search", {"words": "纳税信用"}),
    "concordance": ("concordance", {"upper": "sat-20170427-openness", "lower": "gz-stb-openness-tasks"}),
    "ledger": ("ledger", {"document": "gz-stb-openness-tasks"}),
    "review": ("review", {"by": "张三", "order": "document"}),
    "sparql": ("sparql", {}),
}


DARK = ("home", "topics", "trace", "trace-graph", "deadlines", "review", "compare")


def main(only: list[str]) -> int:
    if not find_chromium():
        print("没有 Chromium，未作截图 · no Chromium: no pictures made (make programs installs it)", file=sys.stderr)
        return 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    workspace = seed_workspace().path
    try:
        with running_pages(workspace) as address, chromium() as browser:
            first = Visitor(browser, address)
            first.opens("check")  # the report is made once; afterwards the start page counts what it found
            first.leaves()
            for phone in (False, True):
                for lang in ("zh", "en"):
                    visitor = Visitor(browser, address, phone=phone)
                    for name, (page, link) in SHOTS.items():
                        if not only or name in only:
                            visitor.opens(page, **link, **({"lang": "en"} if lang == "en" else {}))
                            shoot(visitor, FOLDER / f"{name}-{lang}-{'phone' if phone else 'desktop'}.png")
                    visitor.leaves()
            if not only:
                visitor = Visitor(browser, address, dark=True)
                for name in DARK:
                    page, link = SHOTS[name]
                    visitor.opens(page, **link)
                    shoot(visitor, FOLDER / f"{name}-zh-dark.png")
                visitor.leaves()
    finally:
        shutil.rmtree(workspace.parent, ignore_errors=True)
    return 0


def shoot(visitor: Visitor, path: Path) -> None:
    """Take the whole page as one picture, 128 colours, which is a third of its size."""
    from PIL import Image

    page = visitor.page
    page.wait_for_timeout(600)
    size = page.viewport_size or {"width": 1280, "height": 900}
    for _ in range(2):  # a graph stands as high as it is only once it is in sight
        height = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": min(max(int(height), size["height"]), TALLEST)})
        page.wait_for_timeout(400)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(128, dither=Image.Dither.NONE)
    picture.save(path, optimize=True)
    page.set_viewport_size(size)
    print(f"{path.name} {path.stat().st_size // 1024} kB", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
