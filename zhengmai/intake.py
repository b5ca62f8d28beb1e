"""Documents brought into a workspace: copied into ``sources/`` and listed in ``sources.yaml``, all of them or none.

Files are copied beside their place first; they and the new sources.yaml are put in place by renaming. Whatever stops that half-way
(Ctrl-C, a full disk) is undone. The documents themselves are never changed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from zhengmai.errors import UsageError
from zhengmai.sources_text import Value, with_documents
from zhengmai.store import build_lock
from zhengmai.workspace import SLUG, Workspace, read_sources

RESERVED = frozenset({"cited"})  # id/doc/cited/… are documents that are named but not held


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document to be added. ``slug`` is a wish: when taken, -2 is put behind it, unless ``slug_is_asked``."""

    path: Path
    sha256: str
    slug: str
    title: str
    issuer: str
    date: str | None
    level: str | None
    what: tuple[str, str]
    access: str
    carries_out: tuple[str, ...] = ()
    slug_is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a document went, that its very bytes were listed already, or that it changed or went away since it was read."""

    path: Path
    slug: str
    file: str
    state: Literal["added", "already-there", "changed"]


def take_in(workspace: Workspace, arrivals: Sequence[Arrival], *, dry_run: bool = False) -> list[Placed]:
    """Add documents to a workspace and say where each went; with ``dry_run`` say it and change nothing.

    :raises UsageError: when a slug that was asked for is taken or no slug, or the folder cannot be written.
    """
    if dry_run:
        return [placed for _, placed in _plan(workspace, arrivals)]
    with build_lock(workspace.built_dir):
        plan = _plan(workspace, arrivals)
        try:
            changed = _store(workspace, [(arrival, placed) for arrival, placed in plan if placed.state == "added"])
        except OSError as error:
            raise UsageError(
                where=str(workspace.path),
                found=f"{error.strerror or error}",
                expected="a workspace that can be written, with room on the disk",
                fix="check its permissions and the free space; nothing was added",
                zh="无法写入工作区，未添加任何文件。",
            ) from error
        return [replace(placed, state="changed") if placed.slug in changed else placed for _, placed in plan]


def _plan(workspace: Workspace, arrivals: Sequence[Arrival]) -> list[tuple[Arrival, Placed]]:
    entries = read_sources(workspace)
    home = workspace.sources_dir.resolve()
    listed = {e.sha256: (e.slug, _inside(home, e.path) or e.path.name) for e in entries}
    slugs = {e.slug for e in entries} | RESERVED
    names = {_inside(home, e.path) or e.path.name for e in entries}
    plan: list[tuple[Arrival, Placed]] = []
    for arrival in arrivals:
        if arrival.sha256 in listed:
            plan.append((arrival, Placed(arrival.path, *listed[arrival.sha256], "already-there")))
            continue
        slug = _free_slug(arrival, slugs)
        file = _free_name(arrival, home, names)
        slugs.add(slug)
        names.add(file)
        listed[arrival.sha256] = (slug, file)
        plan.append((arrival, Placed(arrival.path, slug, file, "added")))
    return plan


def _free_slug(arrival: Arrival, taken: set[str]) -> str:
    if arrival.slug_is_asked and (arrival.slug in taken or not SLUG.fullmatch(arrival.slug)):
        raise UsageError(
            where="--slug",
            found=f"{arrival.slug!r}, which is {'taken' if arrival.slug in taken else 'no slug'}",
            expected="small letters, digits and single hyphens, not used by another document",
            fix="choose another, or leave --slug out",
            zh="该代号已被使用或写法不对。",
        )
    slug, again = arrival.slug, 1
    while slug in taken:
        again += 1
        slug = f"{arrival.slug}-{again}"
    return slug


def _free_name(arrival: Arrival, home: Path, taken: set[str]) -> str:
    """The file's own name; -2 behind its stem when another document has it. A file that lies in sources/ already stays where it is."""
    there = _inside(home, arrival.path.resolve())
    if there and there not in taken:
        return there
    own = re.sub(r"[\x00-\x1f\x7f]", "_", arrival.path.name.encode("utf-8", "replace").decode()).strip()
    name, again = own, 1
    while name in taken or ((home / name).exists() and _sha256(home / name) != arrival.sha256):
        again += 1
        name = f"{Path(own).stem}-{again}{Path(own).suffix}"
    return name


def _inside(home: Path, path: Path) -> str | None:
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else None


def _store(workspace: Workspace, new: Sequence[tuple[Arrival, Placed]]) -> set[str]:
    """Copy and list the documents; returns the slugs of those that could not be, because they changed since they were read."""
    home = workspace.sources_dir
    home.mkdir(exist_ok=True)
    with _work_folder(home) as work:
        beside: dict[Path, Path] = {}
        kept = []
        for at, (arrival, placed) in enumerate(new):
            if (home / placed.file).exists():
                kept.append((arrival, placed))
            elif _copied(arrival, work / str(at)):
                kept.append((arrival, placed))
                beside[work / str(at)] = home / placed.file
        if kept:
            _put_in_place(workspace, beside, [_entry(arrival, placed) for arrival, placed in kept])
    return {placed.slug for _, placed in new} - {placed.slug for _, placed in kept}


def _put_in_place(workspace: Workspace, beside: dict[Path, Path], entries: Sequence[dict[str, Value]]) -> None:
    listing = workspace.sources_file.resolve()
    old = listing.read_bytes()
    mark = b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b""
    whole = mark + with_documents(old.decode("utf-8-sig"), entries, listing).encode("utf-8")
    fresh = listing.with_name(f".{listing.name}.adding-{os.getpid()}")
    try:
        for copy, place in beside.items():
            copy.rename(place)
        fresh.write_bytes(whole)
        shutil.copymode(listing, fresh)
        fresh.replace(listing)
    except BaseException:
        fresh.unlink(missing_ok=True)
        if listing.read_bytes() != whole:  # else all is in place, and the interruption came a moment too late
            for copy, place in beside.items():
                if not copy.exists():
                    place.unlink(missing_ok=True)
        raise


@contextmanager
def _work_folder(home: Path) -> Iterator[Path]:
    work = home / f".adding-{os.getpid()}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _copied(arrival: Arrival, to: Path) -> bool:
    try:
        shutil.copyfile(arrival.path, to)
    except FileNotFoundError:
        return False
    return _sha256(to) == arrival.sha256


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _entry(arrival: Arrival, placed: Placed) -> dict[str, Value]:
    zh, en = arrival.what
    return {
        "slug": placed.slug,
        "file": placed.file,
        "title": arrival.title,
        "issuer": arrival.issuer,
        "date": arrival.date,
        "level": arrival.level,
        "what": {"zh": zh, "en": en},
        "sha256": arrival.sha256,
        "access": arrival.access,
        "carries_out": arrival.carries_out,
    }
