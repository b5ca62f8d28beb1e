"""What sources.yaml says is read as typed, and every slip in it is named with its line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengmai.errors import BadConfiguration, MissingFile, ZhengmaiError
from zhengmai.settings import CHECKOUT
from zhengmai.workspace import SourceEntry, Workspace, current_workspace, read_sources

SHA_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
GOOD = """\
sources:
  - slug: gz-tasks
    file: a.txt
    title: 分工表
    issuer: 广州市国家税务局
    date: 2017-06-01
    level: city
    what: {zh: 表, en: table}
    sha256: ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
    access: public
    carries_out: [中办发〔2016〕8号]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "sources").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "sources" / name).write_text("abc")
    return Workspace(tmp_path)


def read(workspace: Workspace, text: str) -> tuple[SourceEntry, ...]:
    workspace.sources_file.write_text(text, encoding="utf-8")
    return read_sources(workspace)


def test_every_field_is_read(workspace: Workspace) -> None:
    assert read(workspace, GOOD) == (
        SourceEntry(
            slug="gz-tasks",
            path=workspace.sources_dir / "a.txt",
            title="分工表",
            issuer="广州市国家税务局",
            date="2017-06-01",
            level="city",
            what_zh="表",
            what_en="table",
            sha256=SHA_OF_ABC,
            access="public",
            carries_out=("中办发〔2016〕8号",),
        ),
    )


def test_slug_and_file_are_enough_and_access_is_internal_unless_said(workspace: Workspace) -> None:
    (entry,) = read(workspace, "sources:\n  - slug: a\n    file: a.txt\n    date: null\n    issuer:\n    what: 表\n")
    assert (entry.date, entry.issuer, entry.level, entry.access, entry.sha256) == (None, "", None, "internal", SHA_OF_ABC)
    assert (entry.what_zh, entry.what_en, entry.carries_out) == ("表", "表", ())


@pytest.mark.parametrize("text", ["", "sources:\n", "sources: []\n", "# nothing yet\n"])
def test_an_empty_list_is_no_mistake(workspace: Workspace, text: str) -> None:
    assert read(workspace, text) == ()


SLIPS = {
    "misspelt field": (GOOD.replace("title", "titel"), 4, "did you mean 'title'?"),
    "misspelt top": (GOOD.replace("sources:", "source:"), 1, "did you mean 'sources'?"),
    "misspelt level": (GOOD.replace("level: city", "level: citty"), 7, "did you mean 'city'?"),
    "misspelt access": (GOOD.replace("access: public", "access: pubic"), 10, "did you mean 'public'?"),
    "misspelt language": (GOOD.replace("zh: 表", "zn: 表"), 8, "did you mean 'zh'?"),
    "slug with capitals": (GOOD.replace("gz-tasks", "GZ-tasks"), 2, "small letters"),
    "slug with two hyphens": (GOOD.replace("gz-tasks", "gz--tasks"), 2, "small letters"),
    "no slug": (GOOD.replace("slug: gz-tasks\n    ", ""), 2, "no slug"),
    "no file": (GOOD.replace("    file: a.txt\n", ""), 2, "no file"),
    "impossible day": (GOOD.replace("2017-06-01", "2017-06-31"), 6, "2017-04-27"),
    "day as written in Chinese": (GOOD.replace("2017-06-01", "2017年6月1日"), 6, "2017-04-27"),
    "field twice": (GOOD + "    level: city\n", 12, "a second time"),
    "slug twice": (GOOD + "  - slug: gz-tasks\n    file: b.txt\n", 12, "first in line 2"),
    "file twice": (GOOD + "  - slug: other\n    file: ./a.txt\n", 13, "first in line 3"),
    "path out of the workspace": (GOOD.replace("a.txt", "../../etc/passwd"), 3, "copy the document"),
    "absolute path": (GOOD.replace("a.txt", "/etc/passwd"), 3, "copy the document"),
    "list as title": (GOOD.replace("title: 分工表", "title: [a, b]"), 4, "one text for title"),
    "text as entry": ("sources:\n  - a.txt\n", 2, "- slug:"),
    "text as list": ("sources: a.txt\n", 1, "- slug:"),
    "list at the top": ("- slug: a\n", 1, "sources:"),
    "tab": (GOOD.replace("    title", "\ttitle"), 4, "spaces only"),
    "changed file": (GOOD.replace("ba7816bf", "00000000"), 9, "the file changed since"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_each_slip_is_named_with_its_line_and_a_way_out(workspace: Workspace, slip: str) -> None:
    text, line, hint = SLIPS[slip]
    with pytest.raises(BadConfiguration) as caught:
        read(workspace, text)
    assert f"sources.yaml, line {line}:" in str(caught.value)
    assert hint in str(caught.value)


def test_a_misspelt_file_name_is_guessed(workspace: Workspace) -> None:
    with pytest.raises(MissingFile, match=r"line 3: .*\n.*did you mean 'a.txt'"):
        read(workspace, GOOD.replace("file: a.txt", "file: a.tx"))


def test_a_link_out_of_the_workspace_is_refused(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text("abc")
    (workspace.sources_dir / "c.txt").symlink_to(secret)
    with pytest.raises(BadConfiguration, match="inside sources/"):
        read(workspace, GOOD.replace("a.txt", "c.txt"))


def test_missing_list_and_missing_workspace_say_how_to_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MissingFile, match="zhengmai init"):
        read_sources(Workspace(tmp_path))
    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(tmp_path / "nowhere"))
    with pytest.raises(MissingFile, match="zhengmai init"):
        current_workspace()


def test_wrong_encoding_is_one_clear_message(workspace: Workspace) -> None:
    workspace.sources_file.write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(BadConfiguration, match="UTF-8"):
        read_sources(workspace)


def test_the_checkout_lists_the_three_documents_and_concludes_nothing() -> None:
    entries = read_sources(Workspace(CHECKOUT / "graph_data"))
    assert [(entry.slug, entry.date, entry.level, entry.access) for entry in entries] == [
        ("sat-20170427-openness", "2017-04-27", "national", "public"),
        ("gz-stb-openness-tasks", None, "city", "public"),
        ("hechi-three-systems-tasks", None, "city", "public"),
    ]
    text = entries[0].path.read_text(encoding="utf-8").replace("@", "")
    assert [number in text for number in entries[0].carries_out] == [True, True]
    assert [entry.carries_out for entry in entries[1:]] == [(), ()]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.text("sources: -lugfiet#[]{}\n\t\"'&*!|>", max_size=60).map(str.encode)))
def test_any_bytes_are_entries_or_a_clear_message(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = Path(os.path.realpath(tmp_path_factory.getbasetemp()))
    (folder / "sources").mkdir(exist_ok=True)
    workspace = Workspace(folder)
    workspace.sources_file.write_bytes(data)
    try:
        assert isinstance(read_sources(workspace), tuple)
    except ZhengmaiError as error:
        assert "Fix:" in str(error)
