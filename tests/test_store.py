"""A reader sees a whole graph or a clear message, whatever happens to the build beside it."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengmai.errors import BadStore, StoreBusy
from zhengmai.store import OpenStore, build_lock, current_snapshot, open_store, publish_snapshot
from zhengmai.workspace import Workspace

ONE = '<http://a> <http://b> "一" <http://g/1> .'
TWO = '<http://a> <http://b> "二" <http://g/2> .'
ONE_VERSION = "0a210fd09091"


def lines(count: int) -> list[str]:
    return sorted(f'<http://a/{n}> <http://b> "{n}" <http://g/{n % 3}> .' for n in range(count))


def values(store: OpenStore) -> set[str]:
    return {row["o"].value for row in store.query("SELECT ?o { ?s ?p ?o }")}  # type: ignore[union-attr]


def contents(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(p.relative_to(folder)): (p.stat().st_mtime_ns, p.stat().st_ino) for p in folder.rglob("*") if p.is_file()}


def test_version_is_the_hash_of_the_sorted_text(tmp_path: Path) -> None:
    version = publish_snapshot(tmp_path / "built", [ONE])
    text = (tmp_path / "built/current/graph.nq").read_bytes()
    assert text == f"{ONE}\n".encode()
    assert version == hashlib.sha256(text).hexdigest()[:12] == ONE_VERSION


@pytest.mark.parametrize("engine", ["disk", "memory", "auto"])
def test_open_store_answers_over_all_named_graphs(tmp_path: Path, engine: str) -> None:
    version = publish_snapshot(tmp_path / "built", [ONE, TWO])
    store = open_store(Workspace(tmp_path), engine=engine)  # type: ignore[arg-type]
    assert values(store) == {"一", "二"}
    assert (store.version, store.path.name, len(store)) == (version, version, 2)
    assert list(store.query("SELECT ?o { ?s ?p ?o }", union=False)) == []  # type: ignore[arg-type]


def test_same_graph_is_not_written_again(tmp_path: Path) -> None:
    built = tmp_path / "built"
    publish_snapshot(built, lines(200))
    before = contents(built / "snapshots")
    publish_snapshot(built, (line + "\n" for line in lines(200)))
    assert contents(built / "snapshots") == before


def test_reader_keeps_its_snapshot_while_builds_go_by(tmp_path: Path) -> None:
    built, workspace = tmp_path / "built", Workspace(tmp_path)
    publish_snapshot(built, [ONE])
    reader = open_store(workspace)
    for count in range(1, 6):  # the reader's folder is pruned on the way
        publish_snapshot(built, lines(count))
    assert values(reader) == {"一"}
    assert len(open_store(workspace)) == 5


def test_last_three_snapshots_are_kept_in_order_of_publishing(tmp_path: Path) -> None:
    built = tmp_path / "built"
    first, second, third = (publish_snapshot(built, lines(n)) for n in (1, 2, 3))
    assert publish_snapshot(built, lines(1)) == first  # back to the oldest: now it is the newest
    fourth = publish_snapshot(built, lines(4))
    assert (built / "history").read_text(encoding="utf-8").split() == [third, first, fourth]
    assert {p.name for p in (built / "snapshots").iterdir()} == {third, first, fourth}
    assert current_snapshot(built).name == fourth != second


def test_no_build_yet_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(BadStore, match="zhengmai build"):
        open_store(Workspace(tmp_path))


@pytest.mark.parametrize("pattern", ["graph.nq", "files.json", "oxigraph/CURRENT", "oxigraph/MANIFEST-*", "oxigraph/*.sst"])
@pytest.mark.parametrize("harm", ["removed", "cut short"])
def test_damaged_snapshot_is_refused_and_the_next_build_mends_it(tmp_path: Path, pattern: str, harm: str) -> None:
    built, workspace = tmp_path / "built", Workspace(tmp_path)
    publish_snapshot(built, lines(50))
    for file in current_snapshot(built).glob(pattern):
        if harm == "removed":
            file.unlink()
        else:
            os.truncate(file, file.stat().st_size // 2)
    with pytest.raises(BadStore, match="zhengmai build"):
        open_store(workspace)
    publish_snapshot(built, lines(50))
    assert len(open_store(workspace)) == 50
    assert not list(built.glob(".building-*"))


def test_flipped_bytes_are_found_when_they_are_read(tmp_path: Path) -> None:
    publish_snapshot(tmp_path / "built", lines(50))
    for file in current_snapshot(tmp_path / "built").glob("oxigraph/*.sst"):
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 255
        file.write_bytes(data)
    with pytest.raises(BadStore):
        values(open_store(Workspace(tmp_path)))


@pytest.mark.parametrize("wrong", [[TWO, ONE], [ONE, ONE], ["no quad"], [ONE, ""]])
def test_a_faulty_build_leaves_the_old_graph(tmp_path: Path, wrong: list[str]) -> None:
    built = tmp_path / "built"
    publish_snapshot(built, lines(3))
    with pytest.raises(ValueError, match="N-Quads"):
        publish_snapshot(built, wrong)
    assert len(open_store(Workspace(tmp_path))) == 3
    assert not list(built.glob(".building-*"))


KILLED = """
import os, signal, sys
from pathlib import Path
from zhengmai import store
built, where = Path(sys.argv[1]), sys.argv[2]
def kill(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)
def lines():
    for n in range(1000):
        yield f'<http://a/{n:04}> <http://b> "{n}" <http://g> .'
        if n == 500 and where == "writing":
            kill()
if where != "writing":
    setattr(store, where, kill)
store.publish_snapshot(built, lines())
"""


@pytest.mark.parametrize("where", ["writing", "_index", "_put_in_place", "_write_whole", "_swap_current", "_prune"])
def test_killed_build_leaves_a_whole_graph_and_the_next_build_clears_up(tmp_path: Path, where: str) -> None:
    built, workspace = tmp_path / "built", Workspace(tmp_path)
    publish_snapshot(built, lines(3))
    done = subprocess.run([sys.executable, "-c", KILLED, str(built), where], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(open_store(workspace)) == (1000 if where == "_prune" else 3)
    newest = publish_snapshot(built, lines(4))
    assert len(open_store(workspace)) == 4
    assert not list(built.glob(".building-*"))
    named = (built / "history").read_text(encoding="utf-8").split()
    assert named[-1] == newest
    assert {p.name for p in (built / "snapshots").iterdir()} <= set(named)


HOLDING = """
import sys
from pathlib import Path
from zhengmai.store import build_lock
with build_lock(Path(sys.argv[1])):
    print("holding", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_build(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDING, str(tmp_path / "built")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holding\n"
        yield process
        process.kill()


def test_two_processes_do_not_build_at_once(tmp_path: Path, other_build: subprocess.Popen[str]) -> None:
    with pytest.raises(StoreBusy, match="another build at work"):
        publish_snapshot(tmp_path / "built", [ONE])
    other_build.kill()
    other_build.wait()
    assert publish_snapshot(tmp_path / "built", [ONE]) == ONE_VERSION  # a killed build holds no lock


def test_a_whole_build_may_hold_the_lock_around_publishing(tmp_path: Path) -> None:
    with build_lock(tmp_path / "built"):
        assert publish_snapshot(tmp_path / "built", [ONE]) == ONE_VERSION


READING = """
import sys
from pathlib import Path
from zhengmai.store import open_store
from zhengmai.workspace import Workspace
for _ in range(40):
    store = open_store(Workspace(Path(sys.argv[1])))
    seen = sum(1 for _ in store.query("SELECT ?o { ?s ?p ?o }"))
    assert seen == len(store) and seen % 10 == 0, seen
"""


def test_another_process_never_sees_half_a_build(tmp_path: Path) -> None:
    publish_snapshot(tmp_path / "built", lines(10))
    with subprocess.Popen([sys.executable, "-c", READING, str(tmp_path)]) as reader:
        turn = 0
        while reader.poll() is None:
            publish_snapshot(tmp_path / "built", lines(10 + 10 * (turn % 3)))
            turn += 1
    assert reader.returncode == 0
    assert turn > 1


@settings(max_examples=25, deadline=None)
@given(st.sets(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters='"\\\n\r'), max_size=8), max_size=20))
def test_what_is_published_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, texts: set[str]) -> None:
    home = tmp_path_factory.mktemp("w")
    publish_snapshot(home / "built", sorted(f'<http://a> <http://b> "{text}" <http://g> .' for text in texts))
    assert values(open_store(Workspace(home))) == texts
