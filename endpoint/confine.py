"""What a worker process may not do, whatever a query asks: open a connection, outlive its time, take the machine's memory.

All of it is the kernel's work, since a query that runs inside an engine cannot be stopped from Python. Where a kernel lacks
something (seccomp on another system or processor) the rest still holds, and the check before parsing stands before all of it.
"""

from __future__ import annotations

import ctypes
import math
import os
import platform
import resource
import struct
from pathlib import Path

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13  # EACCES
_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # audit architecture, number of socket(2)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def forbid_connections() -> bool:
    """Make socket(2) fail for this thread and those it starts; True when the kernel took it."""
    known = _SOCKET.get(platform.machine()) if platform.system() == "Linux" else None
    if known is None:
        return False
    architecture, socket_call = known
    steps = [
        (_LOAD, 0, 0, 4),  # the architecture of the call
        (_JUMP_IF_EQUAL, 0, 3, architecture),
        (_LOAD, 0, 0, 0),  # its number
        (_JUMP_IF_EQUAL, 0, 1, socket_call),
        (_RETURN, 0, 0, _DENY),
        (_RETURN, 0, 0, _ALLOW),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.cast(code, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def cap_memory(more_bytes: int) -> None:
    """Let this process grow by that much from here on; an engine that asks for more is ended."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (pages * os.sysconf("SC_PAGE_SIZE") + more_bytes, resource.RLIM_INFINITY))


def cap_processor_time(more_seconds: float) -> None:
    """End this process after so much more work, even when the one that started it is gone and can no longer do so."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = math.ceil(used.ru_utime + used.ru_stime + more_seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def no_core_file() -> None:
    """Leave no image of the memory behind when ended."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
