"""Chains over several levels: what is reached, over which links, and what is not walked."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, Store
from seed_graph import seed_store, seed_workspace

from queries.edges import Edges
from queries.resolve import find_thing
from queries.trace import Node, Trace, trace
from queries.trace_text import WRITERS
from zhengmai.errors import BadQuery
from zhengmai.store import OpenStore

BASE = "https://w3id.org/zhengmai/"
TINY = """
PREFIX zm: <https://w3id.org/zhengmai/ns#>
PREFIX doc: <https://w3id.org/zhengmai/id/doc/>
PREFIX id: <https://w3id.org/zhengmai/id/>
PREFIX s: <https://w3id.org/zhengmai/scheme/status/>
PREFIX sssom: <https://w3id.org/sssom/>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
doc:nation a zm:PolicyDocument ; dct:title "国家办法"@zh .
<https://w3id.org/zhengmai/id/doc/nation/clause/1> a zm:Clause, zm:Provision ; zm:notation "1" ; zm:isPartOf doc:nation .
doc:city a zm:PolicyDocument ; dct:title "市方案"@zh ; zm:concludedBasis doc:nation .
<https://w3id.org/zhengmai/id/doc/city/clause/1> a zm:Clause, zm:Provision ; zm:notation "1" ; zm:isPartOf doc:city .
doc:county a zm:PolicyDocument, zm:TaskTable ; dct:title "县分工表"@zh ; zm:concludedBasis doc:city .
<https://w3id.org/zhengmai/id/doc/county/task/7> a zm:Task ; zm:notation "7" ; zm:taskOf doc:county .
<https://w3id.org/zhengmai/id/doc/county/task/8> a zm:Task ; zm:notation "8" ; zm:taskOf doc:county .
id:a1 zm:alignsTask <https://w3id.org/zhengmai/id/doc/county/task/7> ; zm:alignsProvision <https://w3id.org/zhengmai/id/doc/city/clause/1> ;
  zm:status s:accepted ; sssom:confidence 0.9 .
id:a2 zm:alignsTask <https://w3id.org/zhengmai/id/doc/city/clause/1> ;
  zm:alignsProvision <https://w3id.org/zhengmai/id/doc/nation/clause/1> ; zm:status s:proposed ; sssom:confidence 0.5 .
id:a3 zm:alignsTask <https://w3id.org/zhengmai/id/doc/county/task/8> ; zm:alignsProvision <https://w3id.org/zhengmai/id/doc/city/clause/1> ;
  zm:status s:rejected ; sssom:confidence 0.8 .
"""


@cache
def tiny() -> OpenStore:
    store = Store()
    store.load(TINY.encode(), format=RdfFormat.TURTLE)
    return OpenStore("tiny", Path(), "memory", store)


def every(node: Node | None) -> Iterator[Node]:
    if node is not None:
        yield node
        for child in node.children:
            yield from every(child)


@cache
def of(typed: str) -> Trace:
    _, iri = find_thing(typed, seed_store(), where="test")
    return trace(seed_store(), iri)


def test_a_county_s_task_leads_over_the_city_to_the_nation() -> None:
    found = trace(tiny(), f"{BASE}id/doc/county/task/7", down=False)
    assert [(node.id, node.step.kind if node.step else "") for node in every(found.up)] == [
        ("county:7", ""),
        ("city:1", "implements"),
        ("nation:1", "implements"),
        ("nation", "part-of"),
        ("city", "part-of"),
        ("nation", "concluded-basis"),
        ("county", "task-of"),
        ("city", "concluded-basis"),
        ("nation", "concluded-basis"),
    ]


def test_a_nation_s_clause_leads_down_to_the_county() -> None:
    found = trace(tiny(), f"{BASE}id/doc/nation/clause/1", up=False)
    assert [node.id for node in every(found.down)] == ["nation:1", "city:1", "county:7"]


@pytest.mark.parametrize(("options", "left_out"), [({"confidence": 0.6}, 1), ({"accepted_only": True}, 1), ({}, 0)])
def test_unsure_links_are_not_walked_but_counted(options: dict[str, float], left_out: int) -> None:
    found = trace(tiny(), f"{BASE}id/doc/county/task/7", down=False, **options)  # type: ignore[arg-type]
    assert found.left_out == left_out
    assert ("nation:1" in {node.id for node in every(found.up)}) == (left_out == 0)


def test_a_rejected_link_is_no_step() -> None:
    found = trace(tiny(), f"{BASE}id/doc/county/task/8", down=False)
    assert "city:1" not in {node.id for node in every(found.up)} and found.left_out == 0


def test_the_depth_is_kept_and_what_is_beyond_is_said() -> None:
    found = trace(tiny(), f"{BASE}id/doc/county/task/7", down=False, depth=1)
    assert found.up is not None and [child.cut for child in found.up.children] == [True, True]


def test_task_27_stands_on_two_sentences_and_names_who_and_when() -> None:
    found = of("gz-stb-openness-tasks:27")
    assert found.up is not None and found.down is not None
    links = [child for child in found.up.children if child.step and child.step.kind == "implements"]
    assert [(child.id, child.step.status) for child in links if child.step] == [
        ("sat-20170427-openness:4.2.s2", "accepted"),
        ("sat-20170427-openness:5.2.s1", "accepted"),
    ]
    second = links[1].step
    assert second is not None and second.provision_quotes == (
        "加大公开首问责任制、限时办结制、预约办税制、延时服务制和24小时自助办税等便民办税服务措施",
    )
    assert [(child.step.kind, child.name or child.words) for child in found.down.children if child.step][:2] == [
        ("role/lead", "广州市国家税务局纳税服务处"),
        ("role/responsible", "广州市国家税务局纳税服务处"),
    ]
    assert found.down.children[-1].words == "持续开展" and found.skips_level


def test_a_clause_leads_down_to_the_tasks_of_its_sentences() -> None:
    tasks = [node.id for node in every(of("sat-20170427-openness:5.2").down) if node.kind == "task"]
    assert tasks == ["gz-stb-openness-tasks:27", "gz-stb-openness-tasks:28"]


def test_a_document_that_is_only_cited_is_called_so() -> None:
    cited = {node.number for node in every(of("sat-20170427-openness").up) if node.kind == "cited-document"}
    assert cited == {"中办发〔2016〕8号", "国办发〔2016〕80号", "税总发〔2016〕50号"}


def test_a_document_s_tasks_stand_under_it_in_their_order() -> None:
    children = of("hechi-three-systems-tasks").down
    assert children is not None and [child.number for child in children.children if child.kind == "task"] == [str(n) for n in range(1, 39)]


def test_one_thing_is_meant_or_the_list_is_shown() -> None:
    with pytest.raises(BadQuery, match="fits 2: gz-stb-openness-tasks:27, hechi-three-systems-tasks:27"):
        find_thing("27", seed_store(), where="x")
    with pytest.raises(BadQuery, match="did you mean"):
        find_thing("纳税服务局", seed_store(), where="x")
    assert find_thing("五(二)", seed_store(), where="x")[0] == "clause"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(WRITERS))
def test_every_format_holds_the_chain(name: str, lang: str) -> None:
    text = WRITERS[name](of("gz-stb-openness-tasks:27"), lang)  # type: ignore[arg-type]
    assert "推进重大服务举措公开" in text and "持续开展" in text and text == WRITERS[name](of("gz-stb-openness-tasks:27"), lang)  # type: ignore[arg-type]


def test_the_drawing_is_xml_and_the_json_is_json() -> None:
    found = of("sat-20170427-openness:5.2")
    assert ElementTree.fromstring(WRITERS["svg"](found, "zh")).tag.endswith("svg")
    said = json.loads(WRITERS["json"](found, "zh"))
    assert said["down"]["children"][0]["step"] == {"kind": "has-part"}
    assert said["down"]["children"][0]["children"][0]["step"]["confidence"] > 0.9


def test_the_text_shows_quotes_under_a_link() -> None:
    lines = WRITERS["text"](of("gz-stb-openness-tasks:27"), "zh").splitlines()
    assert any("上级：「加大公开首问责任制" in line for line in lines) and any("本级：「加大公开首问责任制" in line for line in lines)
    assert any("时限 持续开展" in line for line in lines)


def run(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zhengmai", *args, "--workspace", str(seed_workspace().path)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_the_command_prints_the_chain_and_says_what_a_link_means() -> None:
    done = run("trace", "sat-20170427-openness:5.2", "--down")
    assert done.returncode == 0 and done.stdout.startswith("向下  条目 五(二) 推进重大服务举措公开")
    assert "中间层级文件未收录" in done.stderr and "不表示职责已经履行" in done.stderr


@pytest.mark.parametrize(
    ("args", "said"), [(["27"], "fits 2"), (["5.2", "--depth", "-1"], "0 to 50"), (["5.2", "--confidence", "2"], "0 to 1")]
)
def test_wrong_use_ends_with_2(args: list[str], said: str) -> None:
    done = run("trace", *args)
    assert (done.returncode, done.stdout) == (2, "") and said in done.stderr and "Traceback" not in done.stderr


def test_what_is_not_there_has_no_facts() -> None:
    assert Edges(tiny().store).first("", "https://w3id.org/zhengmai/ns#heading") == ""
