"""The documents people read say what the program does."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from zhengmai import __main__ as cli
from zhengmai import __version__, errors

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "graph_data/README.md"])


def test_each_error_has_one_heading_and_each_heading_an_error() -> None:
    classes = {
        f"{found.code} {name}"
        for name, found in vars(errors).items()
        if isinstance(found, type) and issubclass(found, errors.ZhengmaiError) and found is not errors.ZhengmaiError
    }
    headings = re.findall(r"^## (ZM-.+)$", (ROOT / "docs/errors.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(headings) == sorted({*classes, "ZM-999"})


def test_each_error_code_is_used_once() -> None:
    codes = [found.code for found in vars(errors).values() if isinstance(found, type) and issubclass(found, errors.ZhengmaiError)]
    assert len(codes) == len(set(codes))


def test_each_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(name for extra in project["optional-dependencies"].values() for name in extra)]
    text = (ROOT / "docs/decisions.md").read_text(encoding="utf-8")
    names = {re.split(r"[><=\[]", name)[0] for name in wanted}
    assert sorted(name for name in names if f"**{name}**" not in text) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_changelog_names_this_version_or_what_is_coming() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{__version__}]" in text or "## [Unreleased]" in text


def commands_of(parser: argparse.ArgumentParser) -> set[str]:
    (subparsers,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return set(subparsers.choices)


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_readme_lists_the_commands_there_are(readme: str) -> None:
    listed = re.findall(r"^\| `zhengmai ([a-z-]+)", (ROOT / readme).read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(commands_of(cli._parser()))


def test_the_answer_in_the_readmes_is_what_make_run_prints() -> None:
    command = [sys.executable, "-m", "zhengmai", "first-look", "--quiet"]
    printed = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False).stdout
    for name in ("README.md", "README.zh.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        block = text.split("<!-- answer -->", 1)[1].split("```text\n", 1)[1].split("```", 1)[0]
        missing = [line for line in block.splitlines() if line.strip() and line not in printed]
        assert not missing and block.strip(), (name, missing)
