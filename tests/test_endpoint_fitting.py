"""The server leans on inner classes of uvicorn's: here it is said when they change, and tried that it answers without them."""

from __future__ import annotations

import ast
import inspect
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
import uvicorn
from endpoint_client import ask
from seeds import ROOT
from uvicorn.protocols.http import httptools_impl

from endpoint.fitting import fitting
from endpoint.short_way import ShortWay, _Cycle

INNER = "uvicorn.protocols.http.httptools_impl"
# What uvicorn might look like one day: names of its own are others, or the module is gone.
RENAMED = f"""
import importlib.util, sys, types
source = importlib.util.find_spec("{INNER}").loader.get_source("{INNER}")
module = types.ModuleType("{INNER}")
sys.modules["{INNER}"] = module
exec(source.replace("OLD", "NEW"), module.__dict__)
"""
CHANGES = {
    "the cycle has another name": (RENAMED.replace("OLD", "RequestResponseCycle").replace("NEW", "Cycle"), "ShortWay: module"),
    "the line of requests has another name": (RENAMED.replace("OLD", "pipeline").replace("NEW", "queue"), "PatientProtocol: pipeline"),
    "the module is gone": (f"import sys; sys.modules['{INNER}'] = None", INNER),
}


def test_the_uvicorn_that_is_installed_fits() -> None:
    found = fitting()
    assert found.lacking == (), f"uvicorn {uvicorn.__version__} has changed what endpoint/short_way.py leans on: {found.lacking}"
    assert found.protocol is ShortWay


def test_what_stands_in_for_a_cycle_has_all_that_uvicorn_asks_of_one() -> None:
    tree = ast.parse(inspect.getsource(httptools_impl.HttpToolsProtocol))
    asked = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "cycle"
    }
    assert {"response_complete", "message_event"} <= asked
    assert asked <= {*_Cycle.__slots__}, f"uvicorn {uvicorn.__version__} asks more of a cycle: {asked - {*_Cycle.__slots__}}"


@contextmanager
def served_by(change: str, data: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """Run the server on a uvicorn that has changed; give its address and the file of what it says."""
    begin = f"{change}\nimport sys\nfrom zhengmai.__main__ import main\nsys.exit(main())"
    said = folder / "said"
    command = [sys.executable, "-c", begin, "serve", "--port", "0", "--data", str(data), "--log", str(folder / "log")]
    with said.open("w") as err, subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=err, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip(), said
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0


@pytest.mark.parametrize("name", CHANGES)
def test_it_answers_on_a_uvicorn_that_has_changed(name: str, tmp_path: Path) -> None:
    change, missed = CHANGES[name]
    data = tmp_path / "data.nq"
    data.write_text("".join(f'<http://e/s{n}> <http://e/p> "第 {n} 项" <http://e/g> .\n' for n in range(100)), encoding="utf-8")
    with served_by(change, data, tmp_path) as (address, said):
        told = said.read_text(encoding="utf-8")
        assert missed in told and "uvicorn 有变化" in told
        for _ in range(2):  # the second is answered from memory
            found = ask(address, "SELECT ?o { <http://e/s7> ?p ?o }")
            assert found.rows == [{"o": "第 7 项"}] and found.headers["x-graph-version"]
        assert ask(address, "SELECT nonsense").status == 400
        at = urlsplit(address)
        queries = [quote(f"ASK {{ <http://e/s{n}> ?p ?o }}") for n in range(20)]
        asked = "".join(f"GET /sparql?query={query} HTTP/1.1\r\nHost: localhost\r\n\r\n" for query in queries)
        with socket.create_connection((at.hostname, at.port), timeout=30) as connection:
            connection.sendall(asked.encode() + b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            seen = b""
            while part := connection.recv(1 << 16):
                seen += part
        assert seen.count(b"HTTP/1.1 200") == 21 and seen.count(b'"boolean":true') == 20
