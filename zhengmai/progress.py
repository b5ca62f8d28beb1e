"""What a long command says while it works: lines on standard error with how long each step took, nothing when quiet.

Language and quiet are read from the environment (``--lang`` and ``--quiet`` set it), so that worker processes agree.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Literal

LANG_VARIABLE = "ZHENGMAI_LANG"
QUIET_VARIABLE = "ZHENGMAI_QUIET"


def language() -> Literal["zh", "en"]:
    """Return the language people are spoken to in; Chinese unless they asked otherwise."""
    return "en" if os.environ.get(LANG_VARIABLE) == "en" else "zh"


def say(zh: str, en: str) -> None:
    """Tell the person at the terminal something, on standard error; nothing when quiet."""
    if not os.environ.get(QUIET_VARIABLE):
        print(zh if language() == "zh" else en, file=sys.stderr, flush=True)


@contextmanager
def step(zh: str, en: str) -> Iterator[None]:
    """Announce a step of a long command and say how long it took once it succeeded.

    ``with step("读取文件", "reading documents"): ...`` prints ``· 读取文件 …`` and then ``  0.8 s``.
    """
    say(f"· {zh} …", f"· {en} …")
    start = perf_counter()
    yield
    took = f"  {perf_counter() - start:.1f} s"
    say(took, took)


@contextmanager
def patience(zh: str, en: str, *, after_s: float = 3.0) -> Iterator[None]:
    """Say something when a call into the engine takes long, and let Ctrl-C end the program at once meanwhile.

    For calls that write nothing: Python itself would hear Ctrl-C only when the engine has answered.
    """
    timer = threading.Timer(after_s, say, (zh, en))
    timer.daemon = True
    here = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, signal.SIG_DFL) if here else None
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if here:
            signal.signal(signal.SIGINT, before)
