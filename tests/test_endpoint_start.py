"""What keeps ``serve`` from starting is said, with exit status 2: wrong options, a port that is taken, a graph that is damaged."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
from endpoint_client import ask, refused, served
from seed_graph import seed_workspace
from seeds import ROOT
from test_endpoint_writing import ALL, LINE, rows, workspace


@pytest.mark.parametrize(
    "typed",
    ["sparql:", "sparql:127.0.0.1", "sparql:file:///etc/passwd", "oxigraph:/none", "oxigraph:", "mysql:x", "sparql:http://h:x/", "x"],
)
def test_a_store_that_cannot_be(typed: str) -> None:
    assert f"--store {typed}" in refused(seed_workspace().path, "--store", typed)


def test_a_folder_that_holds_no_database(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for place in (tmp_path, tmp_path / "none", tmp_path / "file"):
        assert "no Oxigraph database" in refused(seed_workspace().path, "--store", f"oxigraph:{place}")
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]  # and none was made


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert "none.ttl" in refused(seed_workspace().path, "--data", str(tmp_path / "none.ttl"))
    assert "--log" in refused(seed_workspace().path, "--log", str(tmp_path / "none" / "log"))


def test_a_port_that_is_taken_and_a_host_that_is_not_ours() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = refused(seed_workspace().path, "--port", port)
        assert f"127.0.0.1:{port}" in said and "--port" in said and "端口" in said
    assert "203.0.113.9" in refused(seed_workspace().path, "--host", "203.0.113.9")


@pytest.mark.parametrize("engine", ["memory", "disk"])
@pytest.mark.parametrize("harm", ["files.json", "graph.nq", "oxigraph"])
def test_a_damaged_snapshot(tmp_path: Path, harm: str, engine: str) -> None:
    home = workspace(tmp_path)
    snapshot = (home.built_dir / "current").resolve()
    if harm == "files.json":
        (snapshot / harm).unlink()
    else:
        part = snapshot / harm if harm == "graph.nq" else min((snapshot / harm).glob("*.sst"))
        part.write_bytes(part.read_bytes()[:10])
    said = refused(home.path, "--engine", engine)
    assert "ZM-301" in said and str(snapshot) in said and "zhengmai build" in said


def test_a_workspace_that_is_not_there_or_not_built(tmp_path: Path) -> None:
    assert "no such folder" in refused(tmp_path / "none")
    assert "zhengmai build" in refused(tmp_path)


def test_a_database_that_another_process_has_open_is_served_as_it_was_written(tmp_path: Path) -> None:
    script = (
        "import pyoxigraph, sys; s = pyoxigraph.Store(sys.argv[1]); s.load(sys.argv[2].encode(), pyoxigraph.RdfFormat.N_QUADS); s.flush()"
    )
    command = [sys.executable, "-c", f"{script}; print('open', flush=True); sys.stdin.read()", str(tmp_path / "db"), LINE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout and other.stdout.readline() == "open\n"
        with pytest.raises(OSError, match="[Ll]ock"):
            pyoxigraph.Store(str(tmp_path / "db"))  # so it is locked
        with served(seed_workspace().path, "--store", f"oxigraph:{tmp_path / 'db'}") as address:
            assert len(rows(address, ALL)) == 1
        other.communicate("")
    assert len([*pyoxigraph.Store(str(tmp_path / "db"))]) == 1


def test_a_database_that_is_damaged_is_said(tmp_path: Path) -> None:
    store = pyoxigraph.Store(str(tmp_path / "db"))
    store.load(LINE.encode(), pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    del store
    for path in (tmp_path / "db").glob("MANIFEST-*"):
        path.write_bytes(b"nonsense")
    with served(seed_workspace().path, "--store", f"oxigraph:{tmp_path / 'db'}") as address:
        found = ask(address, "ASK {}")
        assert found.status == 503 and "cannot be opened" in found.detail and ask(address, path="/health").status == 503


def test_the_command_itself_says_it_too(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "zhengmai", "serve", "--port", "0", "--workspace", str(tmp_path), "--writable"]
    environment = {name: value for name, value in os.environ.items() if name != "ZHENGMAI_TOKEN"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, env=environment, check=False)
    assert done.returncode == 2 and "ZHENGMAI_TOKEN" in done.stderr and "Traceback" not in done.stderr and done.stdout == ""
