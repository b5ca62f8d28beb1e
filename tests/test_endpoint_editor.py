"""The editor in a real browser: it asks our endpoint and nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from browser import chromium
from endpoint_client import ask, served
from seed_graph import seed_workspace


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(seed_workspace().path) as found:
        yield found


def test_what_the_editor_knows(address: str) -> None:
    known = json.loads(ask(address, path="/editor.json").body)
    assert "https://w3id.org/zhengmai/ns#Task" in known["class"] and "https://w3id.org/zhengmai/ns#implements" in known["property"]
    example = next(example for example in known["examples"] if example["name"] == "which-tasks-implement-clause")
    assert "clause/5.2" in example["sparql"] and ask(address, example["sparql"]).status == 200


def test_a_query_runs_in_the_browser_and_nothing_leaves_the_machine(address: str) -> None:
    home = address.removesuffix("sparql")
    with chromium() as browser:
        page = browser.new_page()
        asked: list[str] = []
        faults: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(home)
        page.wait_for_selector("body[data-ready]")
        page.select_option("#examples", "list-documents")
        page.click(".yasqe_queryButton >> visible=true")
        page.wait_for_selector(".yasr table.dataTable tbody tr >> visible=true")
        shown = page.inner_text(".yasr >> visible=true")
        assert "sat-20170427-openness" in shown
        # completion: a property of ours, from its local name
        text = "PREFIX zm: <https://w3id.org/zhengmai/ns#>\\nSELECT * { ?s zm:impl"
        page.evaluate(f"document.querySelectorAll('.CodeMirror').forEach(e => e.CodeMirror && e.CodeMirror.setValue('{text}'))")
        page.locator(".CodeMirror >> visible=true").first.click()
        page.keyboard.press("Control+End")
        page.keyboard.press("Control+Space")
        page.wait_for_selector(".CodeMirror-hints li")
        assert "implements" in page.inner_text(".CodeMirror-hints")
    assert [url for url in asked if not url.startswith((home, "data:", "blob:"))] == []
    assert faults == []
