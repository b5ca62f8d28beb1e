"""A function run in a process of its own that may take only so long and so much memory: for what strangers hand in.

``run_bounded("loaders.extract:extract_file", path)`` returns what the function returns and raises what it raises (errors of ours);
whatever else happens to the process, this one goes on. The function is named, so that the child imports only what it needs.
"""

from __future__ import annotations

import importlib
import os
import pickle
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zhengmai.errors import UnreadableSource, ZhengmaiError

SECONDS, MEMORY_BYTES = 120.0, 3_000_000_000
LAST = 19  # the lowest priority there is


def run_bounded(
    function: str,
    *args: Any,
    seconds: float = SECONDS,
    memory_bytes: int = MEMORY_BYTES,
    environment: Mapping[str, str] | None = None,
    behind: bool = False,
) -> Any:
    """Return what ``module:function`` returns for these arguments; both must be picklable.

    :param seconds: wall-clock time; afterwards the process and what it started are killed.
    :param environment: variables set for it in addition to ours.
    :param behind: let everybody else have the processor first: nobody waits for this.
    :raises ZhengmaiError: what the function raised of ours.
    :raises UnreadableSource: when it took too long, too much memory, or ended in any other way.
    """
    with tempfile.TemporaryDirectory(prefix="zhengmai-bounded-") as folder:
        task, outcome = Path(folder) / "task", Path(folder) / "outcome"
        task.write_bytes(pickle.dumps((function, args, memory_bytes, behind)))
        command = [sys.executable, "-m", "zhengmai.bounded", str(task), str(outcome)]
        process = subprocess.Popen(
            command,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise _stopped(f"that it takes longer than {seconds:g} s", f"处理超过 {seconds:g} 秒，已停止。") from error
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if not outcome.is_file():
            raise _stopped("that its process was ended (too little memory?)", "处理被中止，可能内存不足。")
        kind, value = pickle.loads(outcome.read_bytes())
        if kind == "error":
            raise value
        if kind == "fault":
            raise _stopped(value, "处理时出现内部错误。")
        return value


def _stopped(found: str, zh: str) -> UnreadableSource:
    return UnreadableSource(
        where="the document",
        found=found,
        expected="a document of usual size",
        fix="split the file, or save it anew from the program it came from",
        zh=f"{zh}可拆分文件，或从原程序另存后再试。",
    )


def _work(task: Path, outcome: Path) -> None:
    function, args, memory_bytes, behind = pickle.loads(task.read_bytes())
    if behind:
        os.nice(LAST)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    module, _, name = function.partition(":")
    said: tuple[str, Any]
    try:
        said = ("value", getattr(importlib.import_module(module), name)(*args))
    except ZhengmaiError as error:
        said = ("error", error)
    except Exception as error:  # the document is hostile or the fault is ours: who asked is told either way
        said = ("fault", " ".join(f"{type(error).__name__}: {error}".split())[:200])
    outcome.write_bytes(pickle.dumps(said))


if __name__ == "__main__":
    _work(Path(sys.argv[1]), Path(sys.argv[2]))
