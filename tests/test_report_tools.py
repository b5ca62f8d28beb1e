"""What other tools make of us: SARIF against the object model of its standard, the hook under pre-commit, the workflow step by step."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from seed_graph import seed_findings, seed_workspace

from validation.findings import Waiver
from validation.report import make_report
from validation.writers import write_sarif
from zhengmai.commands._sources import source_documents

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".pytest_cache" / "tools"
# Which class of the object model stands where; a list holds objects of the class.
INSIDE = {
    "SarifLog": {"runs": "Run"},
    "Run": {"tool": "Tool", "artifacts": "Artifact", "results": "Result", "invocations": "Invocation"},
    "Tool": {"driver": "ToolComponent"},
    "ToolComponent": {"rules": "ReportingDescriptor"},
    "ReportingDescriptor": {"shortDescription": "MultiformatMessageString", "defaultConfiguration": "ReportingConfiguration"},
    "Artifact": {"location": "ArtifactLocation", "description": "Message"},
    "Result": {
        "message": "Message",
        "locations": "Location",
        "relatedLocations": "Location",
        "suppressions": "Suppression",
    },
    "Location": {"physicalLocation": "PhysicalLocation", "logicalLocations": "LogicalLocation", "message": "Message"},
    "PhysicalLocation": {"artifactLocation": "ArtifactLocation", "region": "Region"},
    "Region": {"snippet": "ArtifactContent"},
}
# The standard's closed lists (SARIF 2.1.0, 3.27.9 to 3.27.24, 3.35.2 and 3.35.3, 3.14.17).
ALLOWED = {
    ("Result", "level"): {"none", "note", "warning", "error"},
    ("Result", "baselineState"): {"new", "unchanged", "updated", "absent"},
    ("ReportingConfiguration", "level"): {"none", "note", "warning", "error"},
    ("Suppression", "kind"): {"inSource", "external"},
    ("Suppression", "status"): {"accepted", "underReview", "rejected"},
    ("Run", "columnKind"): {"utf16CodeUnits", "unicodeCodePoints"},
    ("SarifLog", "version"): {"2.1.0"},
}

LATER = {"Suppression": {"status"}}  # in the standard (3.35.3); the model was made from a draft that called it state


@cache
def fetched(package: str) -> Path:
    """Return the folder of a package from the index, kept beside pytest's cache, not in git and not in our environment."""
    home = CACHE / package
    if not home.is_dir():
        wheels = CACHE / "wheels"
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", package, "--dest", str(wheels)]
        subprocess.run(command, check=True)
        name = package.partition("==")[0].replace("-", "_")
        (wheel,) = wheels.glob(f"{name}-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(home)
    return home


def test_sarif_has_only_what_the_standard_knows_and_all_it_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(fetched("sarif-om==1.0.4")))
    import sarif_om  # type: ignore[import-not-found]

    findings = seed_findings()
    waived = Waiver(findings[0].key, "原文如此", "王", "2026-11-01")
    from dataclasses import replace

    some = (replace(findings[0], waiver=waived), replace(findings[1], trend="new"), *findings[2:])
    report = make_report(some, sources=source_documents(seed_workspace()), made_at="2026-11-22T10:00:00Z")
    log = json.loads(write_sarif(report, "zh"))
    assert log.pop("$schema").endswith("sarif-schema-2.1.0.json")
    assert held(sarif_om, "SarifLog", log) > 1000


def held(model: Any, name: str, said: dict[str, Any]) -> int:
    """Hold an object against its class, and what is in it against theirs; return how many objects there were."""
    known = {field.metadata.get("schema_property_name", field.name): field for field in getattr(model, name).__attrs_attrs__}
    assert set(said) - set(known) <= LATER.get(name, set()), (name, set(said) - set(known))
    import attr

    needed = {key for key, field in known.items() if field.default is attr.NOTHING}
    assert needed <= set(said), (name, needed - set(said))
    count = 1
    for key, value in said.items():
        if (name, key) in ALLOWED:
            assert value in ALLOWED[name, key], (name, key, value)
        if key in INSIDE.get(name, {}):
            for one in value if isinstance(value, list) else [value]:
                count += held(model, INSIDE[name][key], one)
    if name == "Region":
        assert 1 <= said["startLine"] <= said["endLine"]
        assert said["startColumn"] >= 1
    return count


def data_repository(home: Path, *, wrong: bool) -> Path:
    """A git repository of somebody else's with a workspace of one table; a wrong one breaks a Violation."""
    (home / "sources").mkdir(parents=True)
    (home / "curated").mkdir()
    deadline = "2024-02-30前" if wrong else "2024年6月30日前"
    table = f"某市分工表\n序号,主要任务,具体举措,牵头部门,责任部门,完成时限\n1,公开,编制公开目录。,办公室,办公室,{deadline}\n"
    (home / "sources" / "t.csv").write_text(table, encoding="utf-8")
    (home / "sources.yaml").write_text(
        "sources:\n  - {slug: t, file: t.csv, issuer: 某市税务局, level: city, date: 2024-01-05}\n", encoding="utf-8"
    )
    (home / ".gitignore").write_text("built/\n", encoding="utf-8")
    git(home, "init", "--quiet")
    git(home, "add", "-A")
    return home


def git(home: Path, *words: str) -> None:
    subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *words], cwd=home, check=True, capture_output=True)


def environment() -> dict[str, str]:
    own = str(Path(sys.executable).parent)
    return {**os.environ, "PATH": f"{own}{os.pathsep}{os.environ['PATH']}", "PRE_COMMIT_HOME": str(CACHE / "pre-commit-home")}


@cache
def pre_commit() -> Path:
    """Return the pre-commit program, installed once into an environment of its own."""
    home = CACHE / "pre-commit"
    program = home / "bin" / "pre-commit"
    if not program.is_file():
        shutil.rmtree(home, ignore_errors=True)
        venv.create(home, with_pip=True)
        subprocess.run([home / "bin" / "python", "-m", "pip", "install", "--quiet", "pre-commit==4.7.0"], check=True)
    return program


@pytest.mark.parametrize("wrong", [False, True], ids=["right", "wrong"])
def test_the_hook_runs_under_pre_commit(wrong: bool, tmp_path: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    home = data_repository(tmp_path / "data", wrong=wrong)
    # The same hook, with the zhengmai that is installed here instead of one pre-commit would install from the repository.
    local = {"repos": [{"repo": "local", "hooks": [{**hook, "language": "system"}]}]}
    (home / ".pre-commit-config.yaml").write_text(yaml.safe_dump(local, allow_unicode=True), encoding="utf-8")
    git(home, "add", "-A")
    done = subprocess.run([pre_commit(), "run", "--verbose"], cwd=home, env=environment(), capture_output=True, text=True, timeout=300)
    assert done.returncode == int(wrong), done.stdout + done.stderr
    assert ("2024-02-30" in done.stdout) is wrong
    if wrong:
        return  # what comes next is the same either way
    (home / "README.md").write_text("nothing of the data\n", encoding="utf-8")
    git(home, "commit", "--quiet", "--no-verify", "-m", "data")
    git(home, "add", "README.md")
    again = subprocess.run([pre_commit(), "run"], cwd=home, env=environment(), capture_output=True, text=True, timeout=300)
    assert again.returncode == 0, again.stdout
    assert "Skipped" in again.stdout


@pytest.mark.parametrize("wrong", [False, True], ids=["right", "wrong"])
def test_the_workflow_does_what_it_says_step_by_step(wrong: bool, tmp_path: Path) -> None:
    flow = yaml.safe_load((ROOT / "docs" / "templates" / "validate-workflow.yaml").read_text(encoding="utf-8"))
    steps = flow["jobs"]["validate"]["steps"]
    commands = [step["run"] for step in steps if "run" in step and "pip install" not in step["run"]]
    home = data_repository(tmp_path / "data", wrong=wrong)
    first = [run(command, home) for command in commands]
    assert first == [0, int(wrong), 0, int(wrong)], commands
    assert json.loads((home / "report.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (home / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    shutil.copy(home / "report.json", home / "last-report.json")
    assert run(commands[-1], home) == 0  # nothing is new beside the report of last time
    uploaded = [step["with"] for step in steps if "upload" in step.get("uses", "")]
    assert uploaded[0]["sarif_file"] == "report.sarif"
    assert all(re.fullmatch(r"[\w./-]+@v\d+", step["uses"]) for step in steps if "uses" in step)


def run(command: str, home: Path) -> int:
    return subprocess.run(
        ["bash", "-e", "-c", command], cwd=home, env=environment(), capture_output=True, text=True, timeout=300
    ).returncode
