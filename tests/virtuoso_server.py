"""Virtuoso as Debian packages it, on free ports over a folder of its own. ``make programs`` installs it where that can be done."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = shutil.which("virtuoso-t")
_INI = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
VADInstallDir = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
MaxClientConnections = 50
[SPARQL]
ResultSetMaxRows = 10000000
"""


@contextmanager
def virtuoso(folder: Path, *, buffers: int = 20_000) -> Iterator[tuple[str, int]]:
    """Run the server; give its address without a slash at the end, and the port for isql (user and password dba)."""
    assert PROGRAM, "no Virtuoso on this machine: make programs installs it"
    sql, http = _free(), _free()
    ini = folder / "virtuoso.ini"
    ini.write_text(_INI.format(folder=folder, sql=sql, http=http, buffers=buffers, dirty=buffers * 3 // 4), encoding="utf-8")
    command = [PROGRAM, "+foreground", "+configfile", str(ini)]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                try:
                    socket.create_connection(("127.0.0.1", http), 1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{http}", sql
        finally:
            process.kill()  # its data is of no use to anybody; a clean end would wait for queries nobody waits for
            process.wait(30)


def isql(port: int, command: str) -> str:
    """Run a command as its administrator."""
    program = shutil.which("isql-vt") or shutil.which("isql-v") or shutil.which("isql")
    assert program
    return subprocess.run(
        [program, f"127.0.0.1:{port}", "dba", "dba", f"exec={command}"], capture_output=True, text=True, check=True
    ).stdout


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
