"""政脉：政策落实脉络的知识图谱 · zhengmai: how policy is carried out, as a graph one can ask.

Results go to standard output, talk to standard error.
Exit status: 0 fine; 1 validate (or add --strict) found what must not be; 2 could not run.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path

from zhengmai import __version__, commands
from zhengmai.errors import ZhengmaiError
from zhengmai.progress import LANG_VARIABLE, QUIET_VARIABLE
from zhengmai.settings import WORKSPACE_VARIABLE

DEBUG_VARIABLE = "ZHENGMAI_DEBUG"
WORKSPACE_HELP = f"工作区文件夹 · the workspace (else {WORKSPACE_VARIABLE}, the folder you stand in, graph_data/)"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    _speak_utf8()
    try:
        args = _parser().parse_args(argv)
    except SystemExit as ended:  # argparse has said why (2), or shown the help (0)
        return ended.code if isinstance(ended.code, int) else 2
    _apply_global_options(args)
    try:
        status = int(args.run(args) or 0)
        sys.stdout.flush()
    except ZhengmaiError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("已中断 · interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader (head, less) has seen enough; keep Python from flushing into the closed pipe at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _our_fault(error)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="zhengmai", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action="version", version=f"zhengmai {__version__}")
    _add_global_options(parser)
    subparsers = parser.add_subparsers(title="命令 commands", metavar="COMMAND", dest="command", required=True)
    for name in sorted(module.name for module in pkgutil.iter_modules(commands.__path__) if not module.name.startswith("_")):
        command = importlib.import_module(f"zhengmai.commands.{name}")
        added = command.register(subparsers)
        added.set_defaults(run=command.run)
        added.formatter_class = argparse.RawDescriptionHelpFormatter
        added.description = command.__doc__
        _add_global_options(added)
    return parser


def _add_global_options(parser: argparse.ArgumentParser) -> None:
    """Accept the same options before and after the command; SUPPRESS keeps the second from undoing the first."""
    group = parser.add_argument_group("通用选项 options of every command", argument_default=argparse.SUPPRESS)
    group.add_argument("--workspace", metavar="DIR", help=WORKSPACE_HELP)
    group.add_argument("--lang", choices=("zh", "en"), help="提示语言 · language of messages")
    group.add_argument("--quiet", action="store_true", help="不显示进度 · no progress")


def _apply_global_options(args: argparse.Namespace) -> None:
    """Put them in the environment, where worker processes find them too."""
    for option, variable in (("workspace", WORKSPACE_VARIABLE), ("lang", LANG_VARIABLE)):
        if getattr(args, option, None):
            os.environ[variable] = getattr(args, option)
    if not os.environ.get(WORKSPACE_VARIABLE) and Path("sources.yaml").is_file():
        os.environ[WORKSPACE_VARIABLE] = str(Path.cwd())
    if getattr(args, "quiet", False):
        os.environ[QUIET_VARIABLE] = "1"


def _our_fault(error: Exception) -> int:
    if os.environ.get(DEBUG_VARIABLE):
        import traceback

        traceback.print_exception(error)
    what = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    print(
        f"ZM-999 这是 zhengmai 自身的缺陷，不是您的错误 · this is a bug of zhengmai, not yours: {what}\n"
        f"  请报告：附上命令，以及设 {DEBUG_VARIABLE}=1 后的输出 · "
        f"Please report it, with the command and what it prints when {DEBUG_VARIABLE}=1 is set.",
        file=sys.stderr,
    )
    return 2


def _speak_utf8() -> None:
    """Results are UTF-8 whatever the locale; a terminal that cannot show a character shows a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
