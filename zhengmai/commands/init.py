"""新建工作区 · Make a workspace of your own.

It holds sources.yaml (the list of documents) and
  sources/   documents as published, never changed
  curated/   decisions made by hand: reviews, waivers, corrections
  rules/     word lists that extend ours
  queries/   your own named questions
  built/     derived, may be deleted at any time
Add documents with: zhengmai add FILE… --workspace DIR, then type: zhengmai build --workspace DIR
"""

from __future__ import annotations

import argparse
from pathlib import Path

from zhengmai.commands import Subparsers
from zhengmai.errors import UsageError

SOURCES_YAML = """\
# 文件清单，每个文件一条。只写文件自身写明的内容；推定的依据关系由比对得出，不写在这里。
# The documents, one entry each. Only what a document itself states; a basis that is concluded is found by the aligner.
sources:
#  - slug: gz-openness-tasks        # 小写字母、数字、连字符 · small letters, digits, hyphens; never change it later
#    file: openness-tasks.docx      # sources/ 中的文件名 · a file in sources/
#    title: 全面推进政务公开任务分工表
#    issuer: 某市税务局             # 原文写明的发文机关，否则 null · where the text states it, else null
#    date: 2017-06-01               # 成文日期，否则 null · where the text states it, else null
#    level: city                    # national provincial city county township all
#    what: {zh: 任务分工表, en: task table}
#    sha256: null                   # 填写后，文件被改动时会提示 · once written, a changed file is reported
#    access: internal               # internal（默认：不导出、不发布）或 public · internal (default): never exported or published
#    carries_out: []                # 原文写明贯彻落实的文件名称或文号 · titles or numbers the text states
"""
FOLDERS = ("sources", "curated", "rules", "queries", "built")


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("init", help="新建工作区 · make a workspace of your own")
    parser.add_argument("folder", metavar="DIR", type=Path, help="新的或空的文件夹 · a new or empty folder")
    return parser


def run(args: argparse.Namespace) -> int:
    """Make the workspace and print its path."""
    folder: Path = args.folder.expanduser()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            where=str(folder),
            found="a folder with files in it" if folder.is_dir() else "a file",
            expected="a new or an empty folder",
            fix="choose another name; an existing workspace is used with --workspace",
            zh="该文件夹不是空的，请另选名称。",
        )
    for name in FOLDERS:
        (folder / name).mkdir(parents=True)
    (folder / "sources.yaml").write_text(SOURCES_YAML, encoding="utf-8")
    print(folder.resolve())
    return 0
