"""Bodies named without their place: which they are, in the graph of documents from several places."""

from __future__ import annotations

import pytest

from loaders.describe import describe_document
from loaders.describe.bodies import bare_body, is_ministry, whole_name
from loaders.describe.listing import Listing
from loaders.extract import extract_bytes

HEAD = "序号,重点工作,具体任务,牵头单位,责任单位,完成时限\n"
LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def _actors(title: str, lead: str, slug: str, issuer: str = "") -> dict[str, tuple[str, set[str]]]:
    """Return label → (IRI, its classes) of the actors one document adds."""
    found = extract_bytes(f"{title},,,,,\n{HEAD}1,场馆开放,公共体育场馆每周开放不少于40小时。,{lead},{lead},长期坚持\n".encode(), "a.csv")
    lines = [line.split(" ", 3) for line in describe_document(found, Listing(slug, title=title, issuer=issuer))]
    kinds = {
        s: {o.split(" ")[0].strip("<>").rpartition("#")[2] for a, p, o, *_ in map(_parts, lines) if a == s and p == TYPE} for s, *_ in lines
    }
    return {
        o.split('"')[1]: (s, kinds[s])
        for s, p, o, *_ in map(_parts, lines)
        if p == LABEL and kinds[s] & {"Authority", "Department", "GenericActor"}
    }


def _parts(line: list[str]) -> tuple[str, str, str]:
    return line[0], line[1], " ".join(line[2:])


def test_the_same_bare_name_is_another_body_in_another_city() -> None:
    one = _actors("临沂市构建全民健身公共服务体系任务清单", "市体育局", "linyi")
    other = _actors("青岛市构建全民健身公共服务体系任务清单", "市体育局", "qingdao")
    assert one["临沂市体育局"][1] == other["青岛市体育局"][1] == {"Authority", "Actor"}
    assert one["临沂市体育局"][0] != other["青岛市体育局"][0]


def test_without_a_place_the_name_is_a_body_of_its_document_alone() -> None:
    one, other = (_actors("全民健身公共服务体系任务清单", "市体育局", slug) for slug in ("first", "second"))
    assert one["市体育局"][1] == other["市体育局"][1] == {"Authority", "Actor"}
    assert one["市体育局"][0] != other["市体育局"][0]


def test_a_province_s_table_and_the_city_s_own_mean_one_bureau() -> None:
    above = _actors("山东省构建全民健身公共服务体系任务清单", "临沂市体育局", "shandong", "山东省人民政府")
    here = _actors("临沂市构建全民健身公共服务体系任务清单", "市体育局", "linyi", "临沂市人民政府")
    assert above["临沂市体育局"][0] != "" and here["临沂市体育局"][1] == {"Authority", "Actor"}
    assert above["临沂市体育局"][0] == here["临沂市体育局"][0]


def test_ministries_are_no_units_of_the_state_council_s_office() -> None:
    found = _actors("全民健身任务分工", "教育部", "nation", "国务院办公厅")
    assert found["教育部"][1] == {"Authority", "Actor"}
    own = _actors("全民健身任务分工", "秘书局", "nation", "国务院办公厅")
    assert own["秘书局"][1] == {"Department", "Actor"}


@pytest.mark.parametrize("name", ["市场监管局", "市局", "市局征管处", "各市财政局", "国家税务总局", "政策法规处", "县域医共体", "市民"])
def test_other_names_begin_with_no_bare_place(name: str) -> None:
    assert bare_body(name) is None


@pytest.mark.parametrize(
    ("name", "home", "whole"),
    [
        ("市财政局", "上海市徐汇区人民政府", "上海市财政局"),
        ("区财政局", "上海市徐汇区人民政府", "上海市徐汇区财政局"),
        ("县财政局", "临沂市人民政府", None),
        ("省财政厅", "临沂市人民政府", "山东省财政厅"),
        ("市财政局", "国务院办公厅", None),
    ],
)
def test_the_place_is_the_document_s_own(name: str, home: str, whole: str | None) -> None:
    assert whole_name(name, home) == whole


def test_a_bureau_of_a_ministry_is_the_ministry_s() -> None:
    assert not is_ministry("税务总局办公厅", "国家税务总局")
