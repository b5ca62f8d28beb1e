"""修订对照 · What changed between two versions of a document, or between two builds.

zhengmai diff 2016版.docx 2017版.docx                   parts added, removed, moved, re-worded; roles and deadlines; links affected
zhengmai diff dd6ed29bee73 current                     two builds, by graph version (the last three are kept)
zhengmai diff OLD NEW --format docx --output 修订对照表.docx
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zhengmai.commands import Subparsers
from zhengmai.errors import UsageError
from zhengmai.progress import language

if TYPE_CHECKING:
    from lineage.revision import Revision
    from zhengmai.store import OpenStore

FORMATS = ("text", "json", "xlsx", "docx", "html", "csv")


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("diff", help="修订对照 · what changed between two versions")
    parser.add_argument("old", metavar="OLD", help="旧文件或图谱版本 · a file or a graph version")
    parser.add_argument("new", metavar="NEW", help="新文件或图谱版本 · a file or a graph version, or current")
    parser.add_argument("--format", choices=FORMATS, default="text", help="输出格式 · default: text")
    parser.add_argument("--output", metavar="FILE", type=Path, help="写入文件 · write to a file")
    return parser


def run(args: argparse.Namespace) -> int:
    """Print what differs."""
    if args.format in ("xlsx", "docx") and args.output is None and sys.stdout.isatty():
        raise _usage("a terminal", "a file", "add --output FILE", "请用 --output 指定文件。")
    from lineage.revision_page import as_json, revision_page
    from lineage.tables.files import WRITERS
    from zhengmai.output import write_file

    files = [Path(given).is_file() for given in (args.old, args.new)]
    if files[0] != files[1]:
        odd = args.new if files[0] else args.old
        raise _usage(f"{odd}, which is no file", "two files or two graph versions", "give two of a kind", "应为两份文件或两个图谱版本。")
    found = _of_files(Path(args.old), Path(args.new)) if files[0] else _of_builds(args.old, args.new)
    if args.format == "json":
        data = (json.dumps(as_json(found), ensure_ascii=False, indent=1) + "\n").encode()
    elif args.format == "text":
        data = _text(found).encode()
    else:
        data = WRITERS[args.format](revision_page(found, language()))
    write_file(args.output, lambda out: out.write(data))
    return 0


def _of_files(old: Path, new: Path) -> Revision:
    from lineage.revision import revision, touched_links, units_of
    from loaders.extract import extract_file
    from zhengmai.errors import BadStore, MissingFile
    from zhengmai.store import open_store
    from zhengmai.workspace import current_workspace, read_sources

    before, after = extract_file(old), extract_file(new)
    found = revision(units_of(before), units_of(after), names=(str(old), str(new)))
    try:
        workspace = current_workspace()
        slug = next((entry.slug for entry in read_sources(workspace) if entry.sha256 == before.source.sha256), None)
        links = touched_links(open_store(workspace), slug, found.changes) if slug else []
    except (BadStore, MissingFile):  # two files are compared without any graph
        links = []
    return type(found)(found.old, found.new, found.changes, tuple(links), found.same)


def _of_builds(old: str, new: str) -> Revision:
    from lineage.revision import link_changes, revision, units_in

    before, after = _opened(old), _opened(new)
    return revision(units_in(before), units_in(after), link_changes(before, after), names=(before.version, after.version))


def _opened(version: str) -> OpenStore:
    """Open one of the snapshots that are kept, named by its version or how that begins."""
    import pyoxigraph

    from zhengmai.store import OpenStore, current_snapshot
    from zhengmai.workspace import current_workspace

    built = current_workspace().built_dir
    current = current_snapshot(built)
    kept = sorted(path.name for path in (built / "snapshots").iterdir() if (path / "graph.nq").is_file())
    hits = [current.name] if version == "current" else [name for name in kept if version and name.startswith(version)]
    if len(hits) != 1:
        raise _usage(
            f"{version!r}, which is {'several versions' if hits else 'no file and no graph version that is kept'}",
            ", ".join([*kept, "current"]),
            "name one of these, or two files",
            "没有这个文件，也没有保留这个图谱版本。",
        )
    path = built / "snapshots" / hits[0]
    return OpenStore(hits[0], path, "disk", pyoxigraph.Store.read_only(str(path / "oxigraph")))


def _text(found: Revision) -> str:
    """Return the changes as lines, what went in [-…-], what came in {+…+}."""
    from lineage.revision_page import counts, revision_page

    lang = language()
    lines = [f"{found.old} → {found.new}", counts(found, lang)]
    marks = {"": ("", ""), "dropped": ("[-", "-]"), "added": ("{+", "+}")}
    for row, change in zip(revision_page(found, lang).sheets[0].rows, found.changes, strict=True):
        ids = " → ".join(dict.fromkeys(one.text for one in (row[3], row[5]) if one.text))
        lines.append(f"\n{row[1].text} {row[2].text} {ids}")
        sides = (change.old_runs, change.new_runs) if change.kind == "reworded" else (change.new_runs or change.old_runs,)
        lines += [
            "    " + "".join(f"{marks[run.mark][0]}{run.text}{marks[run.mark][1]}" for run in side).replace("\n", "\n    ")
            for side in sides
        ]
        lines += [f"    {line}" for line in row[7].text.splitlines()]
    lines += [f"\n{one.task} — {one.provision}: {one.before or '—'} → {one.after or '—'}" for one in found.links]
    return "\n".join(lines) + "\n"


def _usage(found: str, expected: str, fix: str, zh: str) -> UsageError:
    return UsageError(where="zhengmai diff", found=found, expected=expected, fix=fix, zh=zh)
