"""A real server on a free port, and a client that hides nothing of what it says."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from seeds import ROOT


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
