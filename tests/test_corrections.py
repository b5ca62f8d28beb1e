"""Corrections by hand: applied as long as the old words stand, understood anew, kept apart from the words as published."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seeds import GUANGZHOU, HECHI, NATIONAL, ROOT, seed

from loaders.corrections import PROVISION_FIELDS, ROW_FIELDS, Correction, apply_corrections, read_corrections
from loaders.describe import describe_document
from loaders.describe.listing import Listing
from loaders.records import Extraction, TaskRow
from ontology.terms import SCHEMES
from zhengmai.errors import BadConfiguration
from zhengmai.workspace import Workspace

HEAD = "document,place,field,old,new,reason,who,date\n"


def correct(name: str, *corrections: Correction) -> Extraction:
    return apply_corrections(seed(name), corrections)


def row_of(extraction: Extraction, row: str) -> TaskRow:
    return next(r for r in extraction.rows if r.row == row)


def lead(row: TaskRow) -> list[str]:
    return [m.actor.name for m in row.roles if m.role == "lead"]


def test_a_department_is_corrected_and_the_list_read_anew() -> None:
    before = row_of(seed(GUANGZHOU), "27")
    after = row_of(correct(GUANGZHOU, Correction("gz", "27", "lead", "纳税服务处", "办公室、征管和科技发展处")), "27")
    assert lead(before) == ["纳税服务处"]
    assert lead(after) == ["办公室", "征管和科技发展处"]
    assert [m for m in after.roles if m.role != "lead"] == [m for m in before.roles if m.role != "lead"]
    assert (after.cells["lead"].raw.strip(), after.cells["lead"].place) == ("纳税服务处", before.cells["lead"].place)
    assert (after.corrected, after.cells["lead"].rule) == (("lead",), "correction")


def test_a_deadline_is_read_anew_with_the_years_around_it() -> None:
    old = row_of(seed(HECHI), "2").text("deadline")
    after = row_of(correct(HECHI, Correction("h", "2", "deadline", old, "10月15日前")), "2").deadline
    assert after is not None
    assert (after.kind, after.date) == ("fixed-date", "2019-10-15")
    assert "year-from-neighbours" in [i.rule for i in after.inferred]


def test_a_note_gives_its_roles_and_a_heading_its_words() -> None:
    old = next(p for p in seed(NATIONAL).provisions if p.id == "5.2")
    after = correct(
        NATIONAL,
        Correction("u", "5.2", "note", "纳税服务司牵头,会同相关司局落实", "政策法规司牵头,会同办公厅落实"),
        Correction("u", "5.2", "heading", old.heading or "", "推进服务公开"),
    )
    new = next(p for p in after.provisions if p.id == "5.2")
    assert [(m.role, m.actor.name) for m in new.roles] == [("lead", "政策法规司"), ("joint", "办公厅")]
    assert new.heading == "推进服务公开" and new.note_place == old.note_place
    assert [c.field for c in after.corrected] == ["note", "heading"]


def test_a_doubt_that_a_person_settled_is_gone() -> None:
    doubtful = next(r for r in seed(HECHI).rows if "supporting" in r.doubtful)
    after = correct(HECHI, Correction("h", doubtful.row, "supporting", doubtful.text("supporting"), "办公室"))
    row = row_of(after, doubtful.row)
    assert "supporting" not in row.doubtful + row.inherited
    assert [m.actor.name for m in row.roles if m.role == "supporting"] == ["办公室"]
    count = [sum(f.code == "doubtful-merge" for f in x.findings) for x in (seed(HECHI), after)]
    assert count[1] == count[0] - 1


def test_an_emptied_cell_has_no_roles_and_no_deadline() -> None:
    row = row_of(seed(GUANGZHOU), "27")
    after = row_of(
        correct(
            GUANGZHOU,
            Correction("gz", "27", "lead", row.text("lead"), ""),
            Correction("gz", "27", "deadline", row.text("deadline"), ""),
        ),
        "27",
    )
    assert (lead(after), after.deadline) == ([], None)


def test_blanks_in_the_old_words_do_not_count() -> None:
    assert correct(GUANGZHOU, Correction("gz", "27", "lead", " 纳税 服务处\n", "办公室")).corrected


@pytest.mark.parametrize(
    ("correction", "code", "says"),
    [
        (Correction("gz", "27", "lead", "办公室", "人事处"), "correction-stale", "现为“纳税服务处”"),
        (Correction("gz", "27", "supporting", "", "人事处"), "correction-unknown", "可更正"),
        (Correction("gz", "27", "laed", "纳税服务处", "人事处"), "correction-unknown", "lead"),
        (Correction("gz", "999", "lead", "纳税服务处", "人事处"), "correction-unknown", "没有 999"),
        (Correction("gz", "27", "note", "x", "y"), "correction-unknown", "27"),
    ],
)
def test_what_cannot_be_applied_is_reported_and_changes_nothing(correction: Correction, code: str, says: str) -> None:
    after = correct(GUANGZHOU, correction)
    (finding,) = [f for f in after.findings if f.code.startswith("correction-")]
    assert (finding.code, finding.severity) == (code, "warning") and says in finding.message.zh
    assert (after.rows, after.corrected) == (seed(GUANGZHOU).rows, ())
    assert code in SCHEMES["finding-type"]


def test_a_sentence_s_words_are_no_place_for_a_correction() -> None:
    assert [f.code for f in correct(NATIONAL, Correction("u", "5.2.s1", "text", "x", "y")).findings if "correction" in f.code] == [
        "correction-unknown"
    ]


def test_the_graph_keeps_what_was_published_apart_from_what_was_corrected() -> None:
    measure = row_of(seed(GUANGZHOU), "27").text("measure")
    extraction = correct(
        GUANGZHOU,
        Correction("gz", "27", "lead", "纳税服务处", "办公室", "印刷错误", "某人", "2024-01-02"),
        Correction("gz", "27", "measure", measure, "公开名单。"),
        Correction("gz", "27", "deadline", "持续开展", ""),
    )
    lines = describe_document(extraction, Listing("gz"))
    task = "https://w3id.org/zhengmai/id/doc/gz/task/27"

    def said(about: str, graph: str) -> str:
        return "\n".join(line for line in lines if line.startswith(f"<{about}") and line.endswith(f"/{graph}> ."))

    assert "办公室" in said(f"{task}/role/lead/1>", "inferred") and not said(f"{task}/role/lead", "asserted")
    assert '#text> "公开名单。"@zh' in said(f"{task}/measure/1>", "inferred")
    assert "公开名单" not in said(task, "asserted") and "加大公开首问责任制" in said(f"{task}/measure/1>", "asserted")
    notes = [line for line in lines if "core#note>" in line]
    assert any("原为“纳税服务处”。印刷错误（某人，2024-01-02）" in line for line in notes)
    used = [line for line in lines if "prov#used>" in line and "task.27.role.lead.1" in line]
    assert any("/row/29/cell/5>" in line for line in used)
    sure = [line for line in lines if "/task.27." in line and "ns#confidence>" in line]
    assert sure and all('"1.0"' in line for line in sure)
    assert any("/task.27.deadline>" in line and "rule/correction>" in line for line in lines)


def test_the_file_is_read_with_places_as_people_write_them(tmp_path: Path) -> None:
    text = HEAD + 'gz,"row 27, lead",,a,b,why,who,2024-01-02\ngz,行 9-u1,deadline,a,b,,,\n,,,,,,,\nu,５.2,note,"x,y",z,,,\n'
    (tmp_path / "corrections.csv").write_text("\ufeff" + text, encoding="utf-8")
    found = read_corrections(tmp_path)
    assert found["gz"] == (
        Correction("gz", "27", "lead", "a", "b", "why", "who", "2024-01-02", row=True),
        Correction("gz", "9-u1", "deadline", "a", "b", row=True),
    )
    assert found["u"] == (Correction("u", "5.2", "note", "x,y", "z"),)


def test_no_file_is_no_correction(tmp_path: Path) -> None:
    assert read_corrections(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "says"),
    [("document,place,old,new\n", "no column field"), (HEAD + "gz,,lead,a,b,,,\n", "line 2"), (HEAD + "gz,27,,a,b,,,\n", "line 2")],
)
def test_a_slip_in_the_file_is_named_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "corrections.csv").write_text(text, encoding="utf-8")
    with pytest.raises(BadConfiguration, match=says):
        read_corrections(tmp_path)


@given(
    st.lists(
        st.builds(
            Correction,
            st.just("gz"),
            st.sampled_from(["1", "2", "9-u1", "5.2", "x"]),
            st.sampled_from([*ROW_FIELDS, *PROVISION_FIELDS, "x"]),
            st.sampled_from(["", "政策法规处", "持续开展"]),
            st.text("办公室、牵头;（2024年6月底前）\n或等", max_size=12),
        ),
        max_size=3,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_corrections_leave_a_document_that_can_be_described(corrections: list[Correction]) -> None:
    small = replace(seed(GUANGZHOU), rows=seed(GUANGZHOU).rows[:10])
    after = apply_corrections(small, corrections)
    assert len(after.corrected) + sum("correction-" in f.code for f in after.findings) == len(corrections)
    assert [r.row for r in after.rows] == [r.row for r in small.rows]
    assert describe_document(after, Listing("gz"))


def test_the_build_applies_them_and_notices_a_change(tmp_path: Path) -> None:
    import shutil

    from zhengmai.commands._pipeline import build

    shutil.copytree(ROOT / "graph_data", tmp_path / "ws", ignore=shutil.ignore_patterns("built"))
    workspace = Workspace(tmp_path / "ws")
    file = workspace.curated_dir / "corrections.csv"
    file.write_text(HEAD + "gz-stb-openness-tasks,row 27,lead,纳税服务处,办公室,,,\n", encoding="utf-8")
    first = build(workspace)
    graph = workspace.built_dir / "current" / "graph.nq"
    assert "rule/correction> <https://w3id.org/zhengmai/graph/doc/gz" in graph.read_text(encoding="utf-8")
    file.write_text(HEAD, encoding="utf-8")
    second = build(workspace)
    assert (second.read_again, second.version == first.version) == (0, False)
    assert "rule/correction> <https://w3id.org/zhengmai/graph/doc/gz" not in graph.read_text(encoding="utf-8")
