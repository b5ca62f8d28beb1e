"""Adding documents: what was read is shown, good files are stored and bad ones named, and whatever stops it changes nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from seeds import GUANGZHOU, HECHI, NATIONAL, ROOT, SOURCES

from zhengmai import intake
from zhengmai.commands import _reading
from zhengmai.commands._reading import Unread, read_many
from zhengmai.commands.init import FOLDERS, SOURCES_YAML
from zhengmai.errors import BadConfiguration, UsageError
from zhengmai.intake import Arrival, take_in
from zhengmai.sources_text import with_documents
from zhengmai.workspace import Workspace, read_sources

CLEAN = """\
某市任务分工表
序号,主要任务,具体举措,牵头部门,完成时限
{n},优化服务,推行一次办结,办公室,2024年6月底前
8,规范执法,公示结果,法制处,长期
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    home = tmp_path / "ws"
    for name in FOLDERS:
        (home / name).mkdir(parents=True)
    (home / "sources.yaml").write_text(SOURCES_YAML, encoding="utf-8")
    return Workspace(home)


def add(workspace: Workspace, *args: object, text: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zhengmai", "add", *map(str, args), "--workspace", str(workspace.path), "--lang", "en"]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False, input=text)


def table(folder: Path, name: str, n: int = 1) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(CLEAN.format(n=n), encoding="utf-8")
    return path


def stored(workspace: Workspace) -> dict[str, bytes]:
    return {
        p.relative_to(workspace.path).as_posix(): p.read_bytes() for p in workspace.path.rglob("*") if p.is_file() and p.name != ".lock"
    }


def test_what_was_read_is_shown_and_the_document_stored(workspace: Workspace) -> None:
    done = add(workspace, SOURCES / HECHI)
    assert (done.returncode, done.stdout) == (0, f"doc-4a184956\t{HECHI}\n")
    for said in (
        "河池市税务系统",
        "task table (text)",
        "written on: (not stated)",
        "全面准确及时主动公开",
        "rows: seen 39, kept 38",
        "zhengmai build",
    ):
        assert said in done.stderr
    assert "2 (table 1 row 3): supporting" in done.stderr
    (entry,) = read_sources(workspace)
    assert (entry.slug, entry.access, entry.path.name, entry.what_zh) == ("doc-4a184956", "internal", HECHI, "任务分工表")
    assert entry.path.read_bytes() == (SOURCES / HECHI).read_bytes()


def test_the_list_keeps_every_line_and_comment_that_was_there(workspace: Workspace) -> None:
    add(workspace, SOURCES / NATIONAL, "--access", "public", "--quiet")
    text = workspace.sources_file.read_text(encoding="utf-8")
    assert text.startswith(SOURCES_YAML)
    (entry,) = read_sources(workspace)
    assert (entry.title, entry.issuer, entry.date, entry.level) == (
        "全面推进政务公开工作实施办法",
        "国家税务总局",
        "2017-04-27",
        "national",
    )
    assert (entry.access, entry.carries_out) == ("public", ("中办发〔2016〕8号", "国办发〔2016〕80号"))
    assert len(yaml.safe_load(text)["sources"][0]["sha256"]) == 64


def test_options_state_what_the_document_does_not(workspace: Workspace) -> None:
    options = ["--slug", "hechi", "--title", "三项制度: 分工 #1", "--issuer", "河池市税务局", "--level", "county", "--date", "2019-06-01"]
    assert add(workspace, SOURCES / HECHI, *options, "--yes").stdout == f"hechi\t{HECHI}\n"
    (entry,) = read_sources(workspace)
    assert (entry.title, entry.issuer, entry.level, entry.date) == ("三项制度: 分工 #1", "河池市税务局", "county", "2019-06-01")


def test_the_same_bytes_are_not_stored_twice_and_another_file_of_the_name_is(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, table(tmp_path / "a", "表.csv"), "--quiet")
    again = add(workspace, table(tmp_path / "b", "另名.csv"))
    assert (again.returncode, again.stdout) == (0, "") and "already there" in again.stderr
    other = add(workspace, table(tmp_path / "c", "表.csv", n=2))
    assert other.stdout.endswith("\t表-2.csv\n")
    assert [e.path.name for e in read_sources(workspace)] == ["表.csv", "表-2.csv"]


def test_a_file_that_lies_in_sources_already_is_listed_where_it_is(workspace: Workspace) -> None:
    path = table(workspace.sources_dir, "deep/表.csv")
    assert add(workspace, path, "--quiet").stdout.endswith("\tdeep/表.csv\n")
    assert [p.name for p in workspace.sources_dir.rglob("*.csv")] == ["表.csv"]
    assert [e.path for e in read_sources(workspace)] == [path]


def test_a_bad_file_keeps_no_good_one_out(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.docx").write_bytes(b"")
    table(tmp_path / "in", "表.csv")
    done = add(workspace, tmp_path / "in")
    assert done.returncode == 2
    assert [e.path.name for e in read_sources(workspace)] == ["表.csv"]
    said = done.stderr.splitlines()
    assert "1 could not be read:" in said and "ZM-102" in said[said.index("1 could not be read:") + 1]


def test_a_folder_gives_its_files_but_not_the_hidden_ones(workspace: Workspace, tmp_path: Path) -> None:
    for at, name in enumerate(("a.csv", "deep/b.csv", ".hidden.csv", ".git/c.csv", "~$d.csv")):
        table(tmp_path / "in", name, n=at + 1)
    assert add(workspace, tmp_path / "in", "--quiet").returncode == 0
    assert [e.path.name for e in read_sources(workspace)] == ["a.csv", "b.csv"]


def test_strict_refuses_a_doubtful_row_and_lists_it(workspace: Workspace, tmp_path: Path) -> None:
    before = stored(workspace)
    done = add(workspace, table(tmp_path, "表.csv"), SOURCES / HECHI, "--strict")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{HECHI}  2 (table 1 row 3): supporting" in done.stderr
    assert stored(workspace) == before


def test_strict_takes_what_is_not_doubtful(workspace: Workspace, tmp_path: Path) -> None:
    assert add(workspace, table(tmp_path, "表.csv"), "--strict").returncode == 0
    assert len(read_sources(workspace)) == 1


def test_a_dry_run_changes_nothing(workspace: Workspace) -> None:
    before = stored(workspace)
    done = add(workspace, SOURCES / GUANGZHOU, "--dry-run")
    assert (done.returncode, done.stdout) == (0, f"doc-118a6052\t{GUANGZHOU}\n")
    assert "nothing was changed" in done.stderr and stored(workspace) == before


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["no-such-file.docx"], "ZM-101"),
        ([SOURCES / HECHI, SOURCES / GUANGZHOU, "--slug", "x"], "ZM-001"),
        ([SOURCES / HECHI, "--slug", "Not A Slug"], "ZM-001"),
        ([SOURCES / HECHI, "--date", "2017"], "2017-04-27"),
    ],
)
def test_wrong_use_stops_at_once(workspace: Workspace, args: Sequence[object], says: str) -> None:
    before = stored(workspace)
    done = add(workspace, *args, "--quiet")
    assert (done.returncode, done.stdout) == (2, "") and says in done.stderr and "Traceback" not in done.stderr
    assert stored(workspace) == before


def test_adding_to_the_checkout_s_own_workspace_is_remarked() -> None:
    command = [sys.executable, "-m", "zhengmai", "add", str(SOURCES / HECHI), "--dry-run", "--lang", "en"]
    env = {k: v for k, v in os.environ.items() if k != "ZHENGMAI_WORKSPACE"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env, timeout=60, check=False)
    assert "the checkout's own workspace" in done.stderr and "already there" in done.stderr


def test_a_reviewed_title_gives_the_slug(workspace: Workspace, tmp_path: Path) -> None:
    shutil.copy(ROOT / "graph_data" / "curated" / "slugs.tsv", workspace.curated_dir)
    with (workspace.curated_dir / "slugs.tsv").open("a", encoding="utf-8") as file:
        file.write("全面推进政务公开工作实施办法\topenness-measures\t\n")
    assert add(workspace, SOURCES / NATIONAL, "--quiet").stdout.split("\t")[0] == "cn-sat-openness-measures"


def arrival(path: Path, slug: str = "a") -> Arrival:
    import hashlib

    return Arrival(path, hashlib.sha256(path.read_bytes()).hexdigest(), slug, "题", "", None, None, ("表", "table"), "internal")


@pytest.mark.parametrize("moment", ["_put_in_place", "_copied", "with_documents"])
@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_what_stops_half_way_is_undone(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, stop: BaseException
) -> None:
    before = stored(workspace)

    def stopped(*_: object) -> None:
        raise stop

    monkeypatch.setattr(intake, moment, stopped)
    with pytest.raises(KeyboardInterrupt if stop is KeyboardInterrupt else UsageError):
        take_in(workspace, [arrival(table(tmp_path, "表.csv"))])
    assert stored(workspace) == before


def test_files_put_in_place_are_taken_back_when_the_list_cannot_be_written(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stored(workspace)
    monkeypatch.setattr(shutil, "copymode", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        take_in(workspace, [arrival(table(tmp_path, "表.csv")), arrival(table(tmp_path, "b.csv", n=3), "b")])
    assert stored(workspace) == before


def test_a_file_that_changed_since_it_was_read_is_left_out_alone(workspace: Workspace, tmp_path: Path) -> None:
    changed, good = arrival(table(tmp_path, "a.csv")), arrival(table(tmp_path, "b.csv", n=2), "b")
    table(tmp_path, "a.csv", n=9)
    assert [p.state for p in take_in(workspace, [changed, good])] == ["changed", "added"]
    assert [e.slug for e in read_sources(workspace)] == ["b"]


def test_slugs_are_made_unique(workspace: Workspace, tmp_path: Path) -> None:
    paths = [table(tmp_path, f"{n}.csv", n=n) for n in range(1, 4)]
    assert [p.slug for p in take_in(workspace, [arrival(p, "cited") for p in paths])] == ["cited-2", "cited-3", "cited-4"]


def test_a_name_with_blanks_and_marks_comes_back(workspace: Workspace, tmp_path: Path) -> None:
    name = "附件: 1  (修改#2) [终稿], 'a' \"b\".csv"
    take_in(workspace, [arrival(table(tmp_path, name))])
    assert [e.path.name for e in read_sources(workspace)] == [name]


def test_many_files_are_read_in_order_and_a_killed_reader_names_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [table(tmp_path, f"{n}.csv", n=n) for n in range(1, 8)]
    monkeypatch.setattr(_reading, "read_one", _dies_of_three)
    found = list(read_many(paths))
    assert sorted(path.name for path, _ in found) == [path.name for path in paths]
    assert [path.name for path, outcome in found if isinstance(outcome, Unread)] == ["3.csv"]


def _dies_of_three(path: Path) -> object:
    if path.name == "3.csv":
        os._exit(137)
    from loaders.extract import extract_file
    from loaders.preview import preview_of

    return preview_of(extract_file(path))


def test_an_interrupt_while_reading_leaves_the_workspace_as_it_was(workspace: Workspace, tmp_path: Path) -> None:
    for n in range(1, 300):
        shutil.copy(SOURCES / GUANGZHOU, table(tmp_path / "in", f"{n}.txt"))
    before = stored(workspace)
    command = [sys.executable, "-m", "zhengmai", "add", str(tmp_path / "in"), "--workspace", str(workspace.path)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests started in the background inherit one that is ignored
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()
        os.killpg(process.pid, signal.SIGINT)
        asked = time.monotonic()
        _, said = process.communicate(timeout=120)
    assert process.returncode == 130 and time.monotonic() - asked < 120
    assert "Traceback" not in said and "已中断" in said
    assert stored(workspace) == before


ENTRY = {"slug": "new", "file": "new.txt", "title": None, "date": "2017-06-01", "carries_out": ["中办发〔2016〕8号"]}


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("", 0),
        ("# nothing\n", 0),
        ("sources:\n", 0),
        ("sources:", 0),
        ("sources: []  # none yet\n", 0),
        ("sources: null\n", 0),
        ("sources:\n  - slug: a\n    file: a.txt   # first\n\n# the end\n", 1),
        ("sources:\n- slug: a\n  file: a.txt", 1),
        ("sources: [{slug: a, file: a.txt}]\n", 1),
        ("sources: [\n  {slug: a, file: a.txt},  # first\n]\n", 1),
        ("sources:\r\n  - slug: a\r\n    file: a.txt\r\n", 1),
        ("---\nsources:\n    - slug: a\n      what: |\n        two\n        lines\n", 1),
    ],
)
def test_an_entry_is_added_in_the_style_of_the_list(text: str, there: int) -> None:
    grown = with_documents(text, [ENTRY, {**ENTRY, "slug": "newer"}], Path("sources.yaml"))
    listed = yaml.safe_load(grown)["sources"]
    assert [entry["slug"] for entry in listed[there:]] == ["new", "newer"] and len(listed) == there + 2
    assert listed[there]["title"] is None and str(listed[there]["date"]) == "2017-06-01"
    assert all(comment in grown for comment in ("# first", "# the end", "# none yet") if comment in text)
    assert grown.count("\r\n") == (grown.count("\n") if "\r\n" in text else 0)


def test_a_list_that_cannot_grow_is_said_to_be_so() -> None:
    with pytest.raises(BadConfiguration, match="- slug:"):
        with_documents("sources:\n  - slug: a\n...\n", [ENTRY], Path("sources.yaml"))


@given(st.text(max_size=30), st.text(max_size=30).map(str.strip))
@settings(max_examples=150, deadline=None)
def test_any_title_comes_back_as_it_was(title: str, issuer: str) -> None:
    entry = {"slug": "a", "file": "a.txt", "title": " ".join(title.split()), "issuer": issuer, "what": {"zh": "表", "en": "table"}}
    for start in ("sources:\n", "sources: [{slug: z}]\n"):
        listed = yaml.safe_load(with_documents(start, [entry], Path("sources.yaml")))["sources"][-1]
        assert str(listed["title"] or "") == entry["title"] and str(listed["issuer"] or "") == issuer
