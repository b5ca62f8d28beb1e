"""The house keeps its shape: imports point down, names are ours, nothing of one machine is in a file people get."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES: list[str] = PROJECT["tool"]["setuptools"]["packages"]
ROOMS = sorted({package.split(".")[0] for package in PACKAGES})
NOT_OURS = {".git", ".venv", "__pycache__", "built", "build", "dist", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"}

# What each layer may import. "spine" is zhengmai without its commands (exports may speak of everything, as commands do).
SPINE, COMMANDS = {"spine"}, "zhengmai.commands"
DOWN = {
    "spine": SPINE,
    "ontology": SPINE | {"ontology"},
    "loaders": SPINE | {"ontology", "loaders"},
    "queries": SPINE | {"ontology", "queries"},
    "validation": SPINE | {"ontology", "validation"},
    "lineage": SPINE | {"ontology", "loaders", "queries", "validation", "lineage"},
    "endpoint": SPINE | {"ontology", "loaders", "queries", "validation", "lineage", "endpoint"},
    "ui": SPINE | {"ontology", "loaders", "queries", "validation", "lineage", "endpoint", "ui"},
    COMMANDS: SPINE | {*ROOMS, COMMANDS},
}
ENTRY = ("zhengmai.__main__", "zhengmai.commands")  # the one place where the spine meets the commands


def layer(module: str) -> str | None:
    """Return the layer a module belongs to, None when it is not ours."""
    room = module.split(".")[0]
    if room not in ROOMS:
        return None
    if room != "zhengmai":
        return room
    above = ("zhengmai.commands", "zhengmai.exports", "zhengmai.api")
    return COMMANDS if any(module == name or module.startswith(f"{name}.") for name in above) else "spine"


def our_modules() -> Iterator[tuple[str, Path]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imports(tree: ast.AST, module: str) -> Iterator[tuple[int, str]]:
    """Yield the line and full name of everything imported, also inside functions and under TYPE_CHECKING."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}, line {node.lineno}: write the full name, not a relative import"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def upward(module: str, source: str) -> list[str]:
    """Return a line for each import that points up or sideways."""
    here = layer(module)
    assert here is not None
    return [
        f"{module}, line {line}: {here} imports {there}"
        for line, there in imports(ast.parse(source), module)
        if layer(there) not in DOWN[here] | {None} and not (module == ENTRY[0] and there.startswith(ENTRY[1]))
    ]


def files() -> list[Path]:
    """Return every file that is or may come under version control; without git, every file that is not derived."""
    listed = subprocess.run(["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        found = []
        for folder, folders, names in os.walk(ROOT):
            folders[:] = [name for name in folders if name not in NOT_OURS and not name.endswith(".egg-info")]
            found += [Path(folder) / name for name in names]
    return sorted(path for path in found if path.is_file())


def test_imports_point_down() -> None:
    assert [line for module, path in our_modules() for line in upward(module, path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("module", "source", "wrong"),
    [
        ("loaders.x", "from ontology.terms import ZM", 0),
        ("loaders.x", "from queries.runner import ask", 1),
        ("queries.x", "import validation", 1),
        ("lineage.x", "def f():\n    from loaders.records import Place", 0),
        ("ontology.x", "import lineage.align", 1),
        ("zhengmai.store", "import ontology.terms", 1),
        ("zhengmai.store", "from zhengmai import commands", 1),
        ("zhengmai.__main__", "from zhengmai import commands", 0),
        ("zhengmai.commands.x", "import ui, loaders, endpoint.app", 0),
        ("endpoint.x", "import ui", 1),
        ("ui.x", "import rdflib, endpoint.client", 0),
    ],
)
def test_the_direction_test_sees(module: str, source: str, wrong: int) -> None:
    assert len(upward(module, source)) == wrong


def test_every_package_is_listed_and_none_is_stale() -> None:
    found = {module for module, path in our_modules() if path.name == "__init__.py"}
    assert found == set(PACKAGES)


def test_no_other_distribution_owns_one_of_our_names() -> None:
    owners = packages_distributions()
    others = {room: sorted(set(owners.get(room, [])) - {"zhengmai"}) for room in ROOMS}
    assert {room: names for room, names in others.items() if names} == {}


def test_none_of_our_names_is_the_standard_library_s() -> None:
    assert set(ROOMS) & set(sys.stdlib_module_names) == set()


def test_the_wheel_refuses_to_be_uploaded() -> None:
    assert "Private :: Do Not Upload" in PROJECT["project"]["classifiers"]


def test_tests_shadow_no_room() -> None:
    assert sorted(str(path) for path in (ROOT / "tests").rglob("__init__.py")) == []
    assert {path.stem for path in (ROOT / "tests").iterdir()} & set(ROOMS) == set()


def test_no_page_has_a_room_s_name() -> None:
    assert {path.stem for path in (ROOT / "ui").rglob("*") if path.name != "__init__.py"} & set(ROOMS) == set()


# Spelt with a bracket in each, so that this file does not find itself.
ADDRESS = re.compile(
    r"://[a-z0-9.-]*(py[p]i|pythonh[o]sted|npm[j]s|deb[i]an|mirr[o]rs?\.)[a-z0-9.-]*"
    r"|--(extra-)?index-u[r]l[ =]|--find-li[n]ks[ =]|--trusted-h[o]st[ =]"
    r"|(?<![\w.])/(wor[k]|roo[t]|far[m]|op[t]/(wheels|pypi)|hom[e]/[a-z]+|User[s]/[a-z]+)/",
    re.IGNORECASE,
)


def test_no_file_holds_a_registry_s_address_or_a_path_of_one_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in files()
        if (match := ADDRESS.search(path.read_bytes().decode("utf-8", "replace")))
    ]
    assert found == []


@pytest.mark.parametrize(
    "text", ["https://" + "pypi.example/simple", "x = '/work" + "/main'", "--index-" + "url https://x", "/home" + "/me/x"]
)
def test_the_address_test_sees(text: str) -> None:
    assert ADDRESS.search(text)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-ui.lock"])
def test_every_locked_package_has_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    pinned = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert len(pinned) > 10
    assert [line[:60] for line in pinned if not re.match(r"[a-z0-9-]+==\S+( +--hash=sha256:[0-9a-f]{64})+$", line.rstrip())] == []


def test_the_locks_agree_with_each_other() -> None:
    core, dev, ui = (
        dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / f"requirements{name}.lock").read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("", "-dev", "-ui")
    )
    assert {name: (dev.get(name), ui.get(name)) for name in core} == {name: (version, version) for name, version in core.items()}
    asked = {re.split(r"[><=\[]", name)[0].lower() for name in PROJECT["project"]["dependencies"]}
    assert asked <= set(core)


def test_what_runs_before_landing_is_the_readme_s_own_command() -> None:
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")
    for readme in ("README.md", "README.zh.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        assert "make run" in text and "make test" in text
