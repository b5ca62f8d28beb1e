"""The tools as an assistant meets them: the official client over a real process."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from seed_graph import seed_workspace
from seeds import ROOT


def call(*calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """Start the server, call some tools, return what they said."""

    async def session() -> list[Any]:
        command = ["-m", "zhengmai", "mcp", "--workspace", str(seed_workspace().path)]
        server = StdioServerParameters(command=sys.executable, args=command, cwd=ROOT)
        async with stdio_client(server) as (read, write), ClientSession(read, write) as client:
            await client.initialize()
            tools = (await client.list_tools()).tools
            assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
            said: list[Any] = [sorted(tool.name for tool in tools)]
            for name, arguments in calls:
                answer = await client.call_tool(name, arguments)
                said.append(json.loads(answer.content[0].text))
            return said

    return asyncio.run(session())


@pytest.fixture(scope="module")
def answers() -> list[Any]:
    return call(
        ("list_questions", {}),
        ("ask_question", {"name": "which-tasks-implement-clause", "params": {"clause": "5.2", "lower": "gz-stb-openness-tasks"}}),
        ("trace", {"thing": "gz-stb-openness-tasks:27", "direction": "up"}),
        ("why", {"thing": "gz-stb-openness-tasks:27"}),
        ("search", {"words": "首问责任制 限时办结制"}),
        ("values_for", {"name": "which-tasks-implement-clause", "param": "clause"}),
        ("ask_question", {"name": "which-tasks-implement-clause", "params": {"clause": "99.99"}}),
        ("search", {"words": "没有这样的文字"}),
    )


def test_the_tools_there_are(answers: list[Any]) -> None:
    assert answers[0] == ["ask_question", "list_questions", "search", "trace", "values_for", "why"]
    assert "which-tasks-implement-clause" in [question["name"] for question in answers[1]]


def test_an_answer_carries_quotes_and_places(answers: list[Any]) -> None:
    row = next(row for row in answers[2]["rows"] if row["task"] == "27")
    assert "首问责任制" in row["provision_quote"] and row["task_place"] and "文本对应" in answers[2]["meaning"]
    assert "首问责任制" in json.dumps(answers[3]["up"], ensure_ascii=False) and answers[3]["graph_version"]
    sources = [source for reason in answers[4]["reasons"] for source in reason.get("sources", [])]
    assert any(source.get("place", "").startswith("table/1/row/29") for source in sources)


def test_search_finds_both_sides_with_their_ids(answers: list[Any]) -> None:
    assert {"gz-stb-openness-tasks:27", "sat-20170427-openness:5.2.s1"} <= {hit["id"] for hit in answers[5]["hits"]}
    assert answers[8]["total"] == 0


def test_what_is_wrong_says_what_to_do(answers: list[Any]) -> None:
    assert "sat-20170427-openness:5.2" in [value["value"] for value in answers[6]]
    assert "99.99" in answers[7]["error"]["found"] and answers[7]["error"]["fix"]
