"""A workspace with an internal document among public ones, built once a test process: what may leave is tried on it."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from seeds import HECHI, NATIONAL, SOURCES

from zhengmai.commands._pipeline import build
from zhengmai.workspace import Workspace

SECRET_TABLE = """\
某某市税务局全面推进政务公开绝密分工表
序号\t主要任务\t具体举措\t牵头部门\t完成时限
1\t扩大机密公开范围\t加大公开首问责任制、限时办结制、预约办税制、延时服务制和24小时自助办税等便民办税服务措施。\t特别保密处\t2018年3月底前
2\t扩大机密公开范围\t每月报送隐秘台账一次，不得外传。\t办公室、特别保密处\t持续开展
3\t清理旧档\t按照《全面推进政务公开工作实施办法》销毁旧档。\t纳税服务处\t2019年9月30日前
"""
WORDS_OF_ITS_OWN = (
    "绝密分工表",
    "某某市税务局",
    "扩大机密公开范围",
    "每月报送隐秘台账",
    "特别保密处",
    "清理旧档",
    "销毁旧档",
    "2018年3月底前",
    "2018-03-31",
    "secret.txt",
)


@cache
def secret_workspace() -> Workspace:
    """A public national document, an internal city's table that carries it out (hush-hush), and another public table."""
    home = Workspace(Path(tempfile.mkdtemp(prefix="zhengmai-secret-")))
    home.sources_dir.mkdir()
    home.curated_dir.mkdir()
    for name in (NATIONAL, HECHI):
        shutil.copy(SOURCES / name, home.sources_dir / name)
    (home.sources_dir / "secret.txt").write_text(SECRET_TABLE, encoding="utf-8")
    home.sources_file.write_text(
        f"""\
sources:
  - {{slug: upper, file: {NATIONAL}, title: 全面推进政务公开工作实施办法, issuer: 国家税务总局, level: national, access: public}}
  - {{slug: hush-hush, file: secret.txt, title: 全面推进政务公开绝密分工表, issuer: 某某市税务局, level: city}}
  - {{slug: open-table, file: {HECHI}, level: city, access: public}}
""",
        encoding="utf-8",
    )
    (home.curated_dir / "counterparts.sssom.tsv").write_text(
        "subject_label\tpredicate_id\tobject_label\treviewer_id\n某某市税务局/特别保密处\tzm:counterpartOf\t国家税务总局/办公厅\tsomebody\n",
        encoding="utf-8",
    )
    build(home)
    return home
