"""The command line: what it says, where it says it, and how it ends."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from lineage.model import model
from zhengmai import __main__ as cli
from zhengmai import commands, progress
from zhengmai.errors import UsageError
from zhengmai.workspace import Workspace, read_sources

HEAVY = {"rdflib", "pyoxigraph", "yaml", "rapidfuzz", "pyshacl", "owlrl", "openpyxl", "SPARQLWrapper", "streamlit"}


def run(*args: object, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "zhengmai", *map(str, args)], capture_output=True, encoding="utf-8", check=False, **options
    )


def test_help_loads_nothing_heavy() -> None:
    code = f"import sys; from zhengmai.__main__ import main; main(['--help']); sys.exit(repr(sorted({HEAVY!r} & set(sys.modules))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "[]"


def test_the_help_names_the_threshold_the_model_was_set_up_with() -> None:
    assert f"({model().accept:g})" in run("align", "--help").stdout


@pytest.mark.parametrize("args", [["--help"], ["init", "--help"]])
def test_help_goes_to_stdout_in_both_languages(args: list[str]) -> None:
    done = run(*args)
    assert (done.returncode, done.stderr) == (0, "")
    assert "工作区" in done.stdout and "workspace" in done.stdout


def test_the_workspace_one_stands_in_is_the_one_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHENGMAI_WORKSPACE", raising=False)
    run("init", tmp_path / "mine")
    here, named = (run("query", "cited-not-held", *more, cwd=tmp_path / "mine") for more in ((), ("--workspace", tmp_path / "nowhere")))
    assert "mine" in here.stderr and "zhengmai build" in here.stderr  # an empty workspace of one's own, not the checkout's graph
    assert "nowhere" in named.stderr and "zhengmai init" in named.stderr
    assert (here.returncode, named.returncode) == (2, 2)


def test_version() -> None:
    assert run("--version").stdout == "zhengmai 0.1.0\n"


@pytest.mark.parametrize("args", [[], ["no-such-command"], ["init"], ["--lang", "fr", "init", "x"]])
def test_wrong_use_ends_with_2_and_nothing_on_stdout(args: list[str]) -> None:
    done = run(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: zhengmai" in done.stderr


def test_init_makes_a_workspace_that_reads_as_empty(tmp_path: Path) -> None:
    done = run("init", tmp_path / "mine")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{tmp_path / 'mine'}\n", "")
    assert sorted(p.name for p in (tmp_path / "mine").iterdir()) == ["built", "curated", "queries", "rules", "sources", "sources.yaml"]
    assert read_sources(Workspace(tmp_path / "mine")) == ()


def test_the_example_in_a_new_sources_yaml_is_right_once_uncommented(tmp_path: Path) -> None:
    run("init", tmp_path / "mine")
    workspace = Workspace(tmp_path / "mine")
    (workspace.sources_dir / "openness-tasks.docx").write_bytes(b"x")
    text = workspace.sources_file.read_text(encoding="utf-8")
    workspace.sources_file.write_text(text.replace("\n#  ", "\n  "), encoding="utf-8")
    (entry,) = read_sources(workspace)
    assert (entry.slug, entry.level, entry.access, entry.issuer) == ("gz-openness-tasks", "city", "internal", "某市税务局")


def test_init_leaves_a_folder_with_files_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("mine")
    done = run("init", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "ZM-001" in done.stderr and "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of commands beside ours: adding a command is adding a file."""
    monkeypatch.setattr(commands, "__path__", [str(tmp_path)])
    monkeypatch.delenv("ZHENGMAI_DEBUG", raising=False)
    for variable in ("ZHENGMAI_WORKSPACE", progress.LANG_VARIABLE, progress.QUIET_VARIABLE):
        monkeypatch.setenv(variable, "")  # so that what the command line sets is undone after the test
    return tmp_path


def add_command(folder: Path, name: str, body: str) -> None:
    (folder / f"{name}.py").write_text(
        f'"""测试 · A test."""\nimport os\nfrom zhengmai import errors, progress\n'
        f'def register(subparsers):\n    return subparsers.add_parser("{name}")\ndef run(args):\n    {body}\n',
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("name", "body", "status", "said"),
    [
        ("fine1", "print('result')", 0, ""),
        ("broke_rule", "return 1", 1, ""),
        ("told", "raise errors.UsageError(where='here', found='x', expected='y', fix='z')", 2, "ZM-001 here: found x, expected y."),
        ("stopped", "raise KeyboardInterrupt", 130, "已中断 · interrupted"),
        ("bug", "raise KeyError('inner')", 2, "ZHENGMAI_DEBUG=1"),
    ],
)
def test_how_a_command_ends(command: Path, capsys: pytest.CaptureFixture[str], name: str, body: str, status: int, said: str) -> None:
    add_command(command, name, body)
    assert cli.main([name]) == status
    out, err = capsys.readouterr()
    assert said in err and "Traceback" not in err
    assert out == ("result\n" if name == "fine1" else "")


def test_debug_shows_where_our_bug_is(command: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGMAI_DEBUG", "1")
    add_command(command, "bug_shown", "raise KeyError('inner')")
    assert cli.main(["bug_shown"]) == 2
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("order", ["before", "after"])
def test_options_may_stand_before_or_after_the_command(command: Path, capsys: pytest.CaptureFixture[str], order: str) -> None:
    name = f"options_{order}"
    add_command(command, name, "print(os.environ['ZHENGMAI_WORKSPACE'], progress.language())")
    options = ["--workspace", "w", "--lang", "en"]
    assert cli.main([*options, name] if order == "before" else [name, *options]) == 0
    assert capsys.readouterr().out == "w en\n"


def test_progress_goes_to_stderr_and_quiet_silences_it(command: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add_command(command, "slow", "with progress.step('读取', 'reading'): print('result')")
    assert cli.main(["slow"]) == 0
    out, err = capsys.readouterr()
    assert (out, err.splitlines()[0]) == ("result\n", "· 读取 …")
    assert cli.main(["slow", "--quiet"]) == 0
    assert capsys.readouterr() == ("result\n", "")


def test_names_with_an_underscore_are_no_commands(command: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (command / "_shared.py").write_text("raise SystemError\n")
    assert cli.main(["--help"]) == 0
    assert "_shared" not in capsys.readouterr().out


def test_a_closed_pipe_is_no_error(command: Path) -> None:
    add_command(command, "much", "[print('x' * 1000) for _ in range(1000)]")
    code = (
        f"import sys; from zhengmai import commands; commands.__path__ = [{str(command)!r}]\n"
        "from zhengmai.__main__ import main; sys.exit(main(['much']))"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_results_are_utf8_in_any_locale(tmp_path: Path) -> None:
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "gbk", "PATH": ""}
    assert "工作区" in run("--help", env=env).stdout


def test_every_command_speaks_both_languages_on_its_first_line() -> None:
    parser = cli._parser()
    (subparsers,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    assert "init" in subparsers.choices
    for name, command in subparsers.choices.items():
        first = (command.description or "").splitlines()[0]
        assert " · " in first and not first.isascii(), f"zhengmai/commands/{name}.py: first line {first!r}"


def test_errors_are_told_in_both_languages() -> None:
    error = UsageError(where="here", found="x", expected="y", fix="z", zh="中文")
    assert str(error) == "ZM-001 here: found x, expected y.\n  Fix: z\n  中文"


def test_a_long_wait_is_told_and_ends_at_ctrl_c() -> None:
    code = (
        "import time; from zhengmai.progress import patience\n"
        "with patience('等待', 'waiting', after_s=0.05):\n    print('in', flush=True); sum(range(10**12))"  # one long call
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stderr and process.stdout.readline() == "in\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == -signal.SIGINT


def test_a_wait_is_told_of_only_when_it_is_long(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(progress.QUIET_VARIABLE, raising=False)
    with progress.patience("等待", "waiting", after_s=60):
        pass
    assert capsys.readouterr().err == ""
    told = threading.Event()
    monkeypatch.setattr(progress, "say", lambda zh, en: told.set())
    with progress.patience("等待", "waiting", after_s=0):
        assert told.wait(30)
