"""A real server on a free port, and a client that hides nothing of what it says."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from http.client import HTTPConnection
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlencode, urlsplit

from seeds import ROOT

from zhengmai import __main__ as cli
from zhengmai.commands import serve


@contextmanager
def served(workspace: Path, *options: str) -> Iterator[str]:
    """Run ``zhengmai serve`` on a free port; give its address."""
    command = [sys.executable, "-m", "zhengmai", "serve", "--port", "0", "--workspace", str(workspace), *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0


def refused(workspace: Path, *options: str, **environment: str) -> str:
    """Run ``zhengmai serve`` in this process where it cannot start; give what it says."""

    def serving(*_: object) -> None:
        raise AssertionError("it serves")

    out, err = io.StringIO(), io.StringIO()
    command = ["serve", "--port", "0", "--workspace", str(workspace), *options]
    with patch.object(serve, "_serve", serving), patch.dict(os.environ, environment), redirect_stdout(out), redirect_stderr(err):
        status = cli.main(command)
    said = err.getvalue()
    assert status == 2 and out.getvalue() == "" and "Traceback" not in said and "Fix:" in said
    return said


class Answer:
    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def rows(self) -> list[dict[str, str]]:
        return [{key: value["value"] for key, value in row.items()} for row in json.loads(self.body)["results"]["bindings"]]

    @property
    def detail(self) -> str:
        assert self.headers["content-type"] == "application/problem+json"
        return str(json.loads(self.body)["detail"])


def ask(address: str, query: str | None = None, method: str = "GET", body: bytes | None = None, path: str = "", **headers: str) -> Answer:
    at = urlsplit(address)
    connection = HTTPConnection(at.hostname or "", at.port, timeout=30)
    target = path or (f"{at.path}?{urlencode({'query': query})}" if query is not None else at.path)
    connection.request(method, target, body, {name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    found = Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
    connection.close()
    return found


def form(address: str, **fields: str) -> Answer:
    return ask(address, method="POST", body=urlencode(fields).encode(), Content_Type="application/x-www-form-urlencoded")
