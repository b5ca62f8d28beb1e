"""Where results go: standard output, or a file or folder that is put in place whole, so that a stopped command leaves the old one."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from zhengmai.errors import UsageError


def write_file(output: Path | None, write: Callable[[BinaryIO], object]) -> None:
    """Let ``write`` fill a file, its folders made where there are none, or standard output when None.

    :raises UsageError: when the file cannot be written.
    """
    if output is None:
        sys.stdout.flush()
        stream = cast(BinaryIO, sys.stdout.buffer)
        write(stream)
        stream.flush()
        return
    fresh = output.with_name(f".{output.name}-{os.getpid()}")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as out:
            write(out)
        fresh.replace(output)
    except OSError as error:
        raise _unwritable(output, str(error.strerror or error)) from error
    finally:
        if fresh.parent.is_dir():
            fresh.unlink(missing_ok=True)


def refuse_unwritable(output: Path) -> None:
    """Say before a long work that its result cannot go where it is asked to go.

    :raises UsageError: when it is a folder, lies under a file, or must not be written.
    """
    if output.is_dir() or not output.name:
        raise _unwritable(output, "a folder")
    nearest = next((folder for folder in output.absolute().parents if folder.exists()), Path("/"))
    if not nearest.is_dir():
        raise _unwritable(output, f"{nearest} is a file")
    if not os.access(nearest, os.W_OK):
        raise _unwritable(output, f"{nearest} must not be written")


def write_folder(output: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a folder. A folder that was there is replaced, when nothing but an earlier export can be in it.

    :raises UsageError: when it cannot be written, or holds files (or folders) that this export does not write.
    """
    fresh = output.with_name(f".{output.name}-{os.getpid()}")
    try:
        fresh.mkdir()
        write(fresh)
        _refuse_strangers(output, {path.name for path in fresh.iterdir()})
        shutil.rmtree(output, ignore_errors=True)
        fresh.replace(output)
    except OSError as error:
        raise _unwritable(output, str(error.strerror or error)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _refuse_strangers(output: Path, ours: set[str]) -> None:
    strange = sorted(path.name for path in output.iterdir() if path.name not in ours) if output.is_dir() else []
    if strange:
        raise UsageError(
            where=str(output),
            found=f"{strange[0]}, which this export does not write",
            expected="a new folder, or one of an earlier export",
            fix="name another folder",
            zh="该文件夹中有其他文件，请另选一个文件夹。",
        )


def _unwritable(output: Path, found: str) -> UsageError:
    return UsageError(
        where=str(output),
        found=found,
        expected="a place that can be written",
        fix="choose another --output",
        zh="无法写入该位置。",
    )
