"""Whatever was concluded leads back to what documents say."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache

import pytest
from seed_graph import seed_store, seed_workspace

from ontology.load import lineage_rules
from ontology.terms import ZM
from queries.why import PATHS, Reason, _Why, as_json, why
from queries.why_text import write_text

DOC = "https://w3id.org/zhengmai/id/doc/"
TASK_27, CLAUSE = f"{DOC}gz-stb-openness-tasks/task/27", f"{DOC}sat-20170427-openness/clause/5.2"


def leaves(reason: Reason) -> Iterator[Reason]:
    if not reason.premises:
        yield reason
    for premise in reason.premises:
        yield from leaves(premise)


@cache
def asker() -> _Why:
    return _Why(seed_store())


def test_every_inferred_triple_of_the_seeds_leads_down_to_what_a_document_says() -> None:
    walked, lost = 0, []
    for quad in seed_store().store:
        graph = quad.graph_name.value  # type: ignore[union-attr]
        if graph.endswith(("/inferred", "/inferred/lineage")):
            triple = (quad.subject.value, quad.predicate.value, quad.object.value)  # type: ignore[union-attr]
            found = [reason for reason in asker().reasons(*triple) if graph.endswith(reason.graph)]
            walked += 1
            ends = [leaf for reason in found for leaf in leaves(reason)]
            if not ends or any(not leaf.sources and leaf.kind != "curated" for leaf in ends):
                lost.append(triple)
            if graph.endswith("/lineage") and any(leaf.kind == "inferred" and not leaf.sources for leaf in ends):
                lost.append(triple)
    assert lost == [] and walked > 3000


def test_each_rule_of_the_lineage_has_its_path() -> None:
    made = {ZM.NS + path.read_text(encoding="utf-8").split("CONSTRUCT {")[1].split("zm:")[1].split()[0] for path in lineage_rules()}
    assert made == set(PATHS)


def test_a_chain_names_its_rule_and_each_triple_it_used() -> None:
    (reason,) = why(seed_store(), TASK_27, ZM.tracesTo, CLAUSE)
    assert (reason.kind, reason.rule) == ("inferred", "traces-to")
    assert [(one.predicate.rpartition("#")[2], one.kind) for one in reason.premises] == [("implements", "linked"), ("isPartOf", "asserted")]


def test_a_link_names_method_confidence_status_and_the_words_of_both() -> None:
    reason = next(one for one in why(seed_store(), TASK_27, ZM.implements) if one.object.endswith("5.2.s1"))
    details = dict(reason.details)
    assert (details["method"], details["status"], details["decided_by"]) == ("sentence-exact", "accepted", "rule")
    assert float(details["confidence"]) > 0.9 and "text 1.0" in details["features"]
    assert {source.document.partition("/")[0] for source in reason.sources} == {"gz-stb-openness-tasks", "sat-20170427-openness"}
    assert all("加大公开首问责任制" in source.raw for source in reason.sources)
    assert {premise.kind for premise in reason.premises} == {"asserted"}


def test_who_leads_is_read_from_a_cell() -> None:
    (reason,) = why(seed_store(), TASK_27, ZM.ledBy)
    assert (reason.kind, [source.place for source in reason.sources]) == ("asserted", ["table/1/row/29/cell/5"])


def test_a_merged_cell_says_so_and_how_sure_that_is() -> None:
    found = why(seed_store(), f"{DOC}hechi-three-systems-tasks/task/2", ZM.supportedBy)
    assert {(reason.kind, reason.rule) for reason in found} == {("inferred", "merged-cell-down")}
    (premise,) = found[0].premises
    assert dict(premise.details)["confidence"] == "0.5"
    assert premise.sources[0].place == "table/1/row/2/cell/8"


def test_a_footnote_is_the_source_of_what_it_rules() -> None:
    found = why(seed_store(), f"{DOC}hechi-three-systems-tasks/task/11", ZM.supportedBy)
    assert {reason.rule for reason in found} == {"footnote-default-support"}
    assert any("配合部门" in source.raw or source.place.startswith("span/") for reason in found for source in reason.premises[0].sources)


def test_nothing_there_has_no_reason() -> None:
    assert why(seed_store(), TASK_27, ZM.implements, CLAUSE) == () and why(seed_store(), f"{DOC}no/such") == ()


def test_a_circle_of_rules_ends() -> None:
    counterpart = next(
        iter(seed_store().query("SELECT ?a ?b { ?a <https://w3id.org/zhengmai/ns#counterpartOf> ?b } ORDER BY ?a ?b LIMIT 1"))
    )
    found = why(seed_store(), counterpart["b"].value, ZM.counterpartOf, counterpart["a"].value)
    assert [leaf.kind for reason in found for leaf in leaves(reason)] == ["curated"]


def test_text_and_json_say_the_same() -> None:
    found = why(seed_store(), TASK_27, ZM.tracesTo, CLAUSE)
    text = write_text(found, "zh")
    assert "推断：追溯至" in text and "方法：句相同" in text and "字符 3153–3198" in text
    said = as_json(found[0])
    assert said["premises"][0]["sources"][0]["place"].startswith("span/") and json.dumps(said, ensure_ascii=False)


def run(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zhengmai", "why", *args, "--workspace", str(seed_workspace().path)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_the_command_shows_the_words_round_a_place() -> None:
    done = run("gz-stb-openness-tasks:27", "tracesTo", "sat-20170427-openness:5.2")
    assert done.returncode == 0
    assert "(二)推进重大服务举措公开。【加大公开首问责任制" in done.stdout and "】。对“便民办税春风行动”" in done.stdout


def test_injected_words_are_not_shown_again() -> None:
    done = run("sat-20170427-openness:1.2.s4", "text")
    assert done.returncode == 0 and "▇▇▇" in done.stdout and "乐动" not in done.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["gz-stb-openness-tasks:27", "ledBi"], "did you mean ledBy?"),
        (["gz-stb-openness-tasks:27", "ledBy", "办公室"], "no such triple"),
        (["27"], "fits 2"),
        (["doc/no such"], "ZM-401"),
    ],
)
def test_wrong_use_ends_with_2(args: list[str], said: str) -> None:
    done = run(*args)
    assert (done.returncode, done.stdout) == (2, "") and said in done.stderr and "Traceback" not in done.stderr


def test_the_features_of_a_link_are_named_in_the_reader_s_language() -> None:
    found = [one for one in why(seed_store(), TASK_27, ZM.implements) if one.object.endswith("5.2.s1")]
    assert "文字相合 1.0；" in write_text(found, "zh") and "best_piece" not in write_text(found, "zh")
    assert "best piece of the task 1.0; " in write_text(found, "en") and "best_piece" not in write_text(found, "en")
