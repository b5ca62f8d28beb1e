"""将文件加入工作区 · Add documents to a workspace: see what was read of them, then store them.

  zhengmai add 分工表.docx 实施方案.html      files, of any kind that zhengmai reads
  zhengmai add 下载文件夹                     every file in a folder; hidden ones are passed over
  zhengmai add 分工表.docx --dry-run          look only
Shown of each: title, kind, issuer, date, the first rows or clauses, what is doubtful, and the account of every row, column and
paragraph. Then the file is copied into sources/ and listed in sources.yaml, with its checksum; access is internal unless said.
A file that cannot be read keeps no other from being added. On standard output: slug and file of each document added.
Exit status: 0 fine; 1 --strict met a doubtful row, nothing was stored; 2 some or all could not be read.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from zhengmai.commands import Subparsers
from zhengmai.errors import MissingFile, UsageError
from zhengmai.progress import language, say
from zhengmai.settings import CHECKOUT
from zhengmai.workspace import ACCESS, LEVELS, Workspace, current_workspace

if TYPE_CHECKING:
    from loaders.describe.listing import Names
    from loaders.preview import Preview
    from zhengmai.intake import Arrival, Placed

FULL_UP_TO = 5  # documents shown in full; of more, one line each
EVERY_S = 2.0


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("add", help="将文件加入工作区 · add documents to the workspace")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="文件或文件夹 · files or folders")
    parser.add_argument("--slug", help="代号（仅限一份文件）· its slug, for one file")
    parser.add_argument("--title", help="标题（仅限一份文件）· its title, for one file")
    parser.add_argument("--date", metavar="YYYY-MM-DD", type=_day, help="成文日期（仅限一份文件）· when it was written, for one file")
    parser.add_argument("--issuer", help="发文机关 · who issued it")
    parser.add_argument("--level", choices=LEVELS, help="行政层级 · level of the issuer")
    parser.add_argument(
        "--access", choices=ACCESS, default="internal", help="公开或内部，默认内部 · default internal: left out of what is shared"
    )
    parser.add_argument("--strict", action="store_true", help="有存疑的行即不入库 · store nothing when any row is doubtful")
    parser.add_argument("--yes", action="store_true", help="不再询问 · do not ask")
    parser.add_argument("--dry-run", action="store_true", help="只看不存 · show what would be stored")
    return parser


def run(args: argparse.Namespace) -> int:
    """Show, then store; see the module's docstring for the exit status."""
    from loaders.account import Account, account_lines, add_up
    from loaders.describe.listing import read_names
    from zhengmai.commands._reading import Unread, read_many
    from zhengmai.workspace import read_sources

    workspace = current_workspace()
    read_sources(workspace)  # a list that cannot be read stops us before the documents are
    names = read_names(workspace.curated_dir)
    paths = _files(args.files)
    _refuse_one_for_many(args, paths)
    arrivals: list[Arrival] = []
    bad: list[str] = []
    doubts: list[str] = []
    total = Account()
    last = monotonic()
    for number, (path, found) in enumerate(read_many(paths), 1):
        if isinstance(found, Unread):
            bad.append(found.message)
        else:
            arrivals.append(_arrival(path, found, args, names))
            doubts += _doubts(path, found)
            total = add_up(total, found.account)
            _show(path, found, full=len(paths) <= FULL_UP_TO)
        if len(paths) > FULL_UP_TO and monotonic() - last > EVERY_S:
            last = monotonic()
            say(f"· 已读 {number} / {len(paths)}", f"· read {number} of {len(paths)}")
    if len(arrivals) > 1:
        _say_lines([f"── {_either('合计', 'all together')} {len(arrivals)}", *account_lines(total, language())])
    if args.strict and doubts:
        _refuse(doubts)
        _list_bad(bad)
        return 1
    _store(workspace, arrivals, bad, args)
    _list_bad(bad)
    return 2 if bad else 0


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: 2017-04-27") from error


def _files(named: Sequence[Path]) -> list[Path]:
    """Return the files named and those in the folders named, each once; hidden files and the locks of office programs are passed over."""
    found: dict[Path, None] = {}
    for path in named:
        if not path.exists():
            raise MissingFile(
                where=str(path), found="nothing", expected="a file or a folder", fix="check the name", zh="找不到该文件或文件夹。"
            )
        inside = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        hidden = ("." if path.is_dir() else "\0", "~$")
        found |= {p: None for p in inside if not any(part.startswith(hidden) for part in p.relative_to(path).parts)}
    return list(found)


def _refuse_one_for_many(args: argparse.Namespace, paths: Sequence[Path]) -> None:
    given = [f"--{name}" for name in ("slug", "title", "date") if getattr(args, name)]
    if given and len(paths) != 1:
        raise UsageError(
            where="zhengmai add",
            found=f"{' and '.join(given)} for {len(paths)} files",
            expected="one file with these options",
            fix="add that file by itself",
            zh="--slug、--title、--date 只能用于一份文件。",
        )


def _arrival(path: Path, preview: Preview, args: argparse.Namespace, names: Names) -> Arrival:
    from ontology.labels import label
    from zhengmai.intake import Arrival

    title, issuer = args.title or preview.title, args.issuer or preview.issuer
    return Arrival(
        path=path,
        sha256=preview.sha256,
        slug=args.slug or _slug(names, title, preview.number, issuer) or f"doc-{preview.sha256[:8]}",
        title=" ".join(title.split()),
        issuer=issuer,
        date=args.date or preview.written_on,
        level=args.level or preview.level,
        what=(label(f"document-kind/{preview.kind}", "zh"), label(f"document-kind/{preview.kind}", "en")),
        access=args.access,
        carries_out=preview.carries_out,
        slug_is_asked=bool(args.slug),
    )


def _slug(names: Names, title: str, number: str | None, issuer: str) -> str | None:
    """Return the reviewed slugs of issuer and title (or number) joined, None when the title has none."""
    own = names.slugs.get(title) or names.slugs.get(number or "")
    by = names.slugs.get(issuer)
    return f"{by}-{own}" if own and by and not own.startswith(by) else own


def _show(path: Path, preview: Preview, *, full: bool) -> None:
    from loaders.account import account_lines
    from loaders.preview import head_lines
    from ontology.labels import label
    from queries.text_table import grid

    lang, account = language(), preview.account
    if not full:
        kind = label(f"document-kind/{preview.kind}", lang)
        doubtful = f" · {label('account/doubtful', lang)} {account.doubtful_rows}" if account.doubtful_rows else ""
        say(*[f"{path.name}  {preview.title or '—'}  {kind} {preview.total}{doubtful}"] * 2)
        return
    room = min(shutil.get_terminal_size((100, 24)).columns, 120)
    lines = [f"── {path}", *head_lines(preview, lang), ""]
    if preview.first:
        headings = [label(key, lang) for key in preview.headings]
        lines += grid(headings, preview.first, room)
        more = preview.total - len(preview.first)
        lines += [f"… {_either(f'另有 {more}', f'{more} more')}", ""] if more > 0 else [""]
    _say_lines([*lines, *account_lines(account, lang), ""])


def _doubts(path: Path, preview: Preview) -> list[str]:
    from loaders.account import doubtful_lines

    lines = [f"{path.name}  {line}" for line in doubtful_lines(preview.account, language())]
    if preview.violations:
        lines.append(f"{path.name}  {_either('错误', 'violations')} {preview.violations}")
    return lines


def _refuse(doubts: Sequence[str]) -> None:
    said = _either("--strict：有存疑之处，未添加任何文件：", "--strict: some rows are doubtful; nothing was stored:")
    print(said, *(f"  {line}" for line in doubts), sep="\n", file=sys.stderr)


def _list_bad(bad: Sequence[str]) -> None:
    if bad:
        said = _either(f"未能读取 {len(bad)} 份文件：", f"{len(bad)} could not be read:")
        print(said, *bad, sep="\n", file=sys.stderr)


def _store(workspace: Workspace, arrivals: Sequence[Arrival], bad: list[str], args: argparse.Namespace) -> None:
    from zhengmai.intake import take_in

    if not arrivals:
        return
    if workspace.path.resolve() == (CHECKOUT / "graph_data").resolve():
        say(
            "注意：这是程序自带的工作区 graph_data/；自己的研究宜另建：zhengmai init DIR",
            "note: this is the checkout's own workspace, graph_data/; for your own study make one: zhengmai init DIR",
        )
    if not args.dry_run and not args.yes and not _agreed(len(arrivals)):
        say("未添加任何文件。", "Nothing was stored.")
        return
    placed = take_in(workspace, arrivals, dry_run=args.dry_run)
    added = [p for p in placed if p.state == "added"]
    for p in placed:
        if p.state == "already-there":
            say(f"已在库中：{p.path.name}，即 {p.slug}（{p.file}）", f"already there: {p.path.name} is {p.slug} ({p.file})")
    bad += [
        f"{p.path}: {_either('读取后又有变化，未添加', 'changed since it was read; not added')}" for p in placed if p.state == "changed"
    ]
    sys.stdout.writelines(f"{p.slug}\t{p.file}\n" for p in added)
    _say_next(added, args)


def _say_next(added: Sequence[Placed], args: argparse.Namespace) -> None:
    if args.dry_run:
        say(f"试运行：将添加 {len(added)} 份，未作改动。", f"dry run: {len(added)} would be added, nothing was changed.")
    elif added:
        access = _either({"internal": "内部", "public": "公开"}[args.access], args.access)
        at = f" --workspace {args.workspace}" if getattr(args, "workspace", None) else ""
        say(
            f"已添加 {len(added)} 份（{access}），登记在 sources.yaml。下一步：zhengmai build{at}",
            f"{len(added)} added ({access}), listed in sources.yaml. Next: zhengmai build{at}",
        )


def _agreed(count: int) -> bool:
    """Ask, where there is somebody to answer."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    print(_either(f"加入这 {count} 份文件？[Y/n] ", f"Store these {count}? [Y/n] "), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("", "y", "yes", "是")


def _either(zh: str, en: str) -> str:
    return zh if language() == "zh" else en


def _say_lines(lines: Sequence[str]) -> None:
    say("\n".join(lines), "\n".join(lines))
