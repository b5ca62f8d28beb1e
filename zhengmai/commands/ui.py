"""网页界面 · Pages for readers who do not write SPARQL, in the browser, on this machine only.

  zhengmai ui                 http://127.0.0.1:8501
  zhengmai ui --port 8600     another port
Stop it with Ctrl+C. A new build is shown without a restart.
"""

from __future__ import annotations

import argparse
import importlib.util
import socket
from pathlib import Path

from zhengmai.commands import Subparsers
from zhengmai.errors import UsageError
from zhengmai.progress import say

HOST = "127.0.0.1"
SETTINGS = {
    "server.address": HOST,
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "viewer",
    "server.maxUploadSize": "50",
    "client.showErrorDetails": "none",
    # Streamlit's own red and its grey captions do not reach the 4.5 : 1 that small words need; for captions see ui/app.py.
    "theme.light.primaryColor": "#0B5CAD",
    "theme.dark.primaryColor": "#7AB8FF",
}


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("ui", help="网页界面 · pages in the browser")
    parser.add_argument("--port", metavar="N", type=int, default=8501, help="端口 · default: 8501")
    return parser


def run(args: argparse.Namespace) -> int:
    """Serve the pages until interrupted."""
    if importlib.util.find_spec("streamlit") is None:
        raise _usage(
            "streamlit is not installed", "the extra ui", "type: make ui, or pip install 'zhengmai[ui]'", "未安装网页界面所需的 streamlit。"
        )
    refuse_taken(args.port)
    from zhengmai.store import open_store

    open_store()
    from streamlit.web import cli

    import ui

    app = Path(str(ui.__file__)).with_name("app.py")
    say(f"网页界面：http://{HOST}:{args.port}（Ctrl+C 停止）", f"pages at http://{HOST}:{args.port} (Ctrl+C stops)")
    flags = [f"--{name}={value}" for name, value in {**SETTINGS, "server.port": str(args.port)}.items()]
    cli.main(["run", str(app), *flags], standalone_mode=False)
    return 0


def refuse_taken(port: int) -> None:
    """Stop when a port cannot be listened at.

    :raises UsageError: when another program listens there, or the number is no port.
    """
    if not 1 <= port <= 65535:
        raise _usage(f"--port {port}", "a number from 1 to 65535", "leave --port out for 8501", "端口应为 1 至 65535 的整数。")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            fix = "close what listens there, or choose another: zhengmai ui --port 8600"
            raise _usage(f"port {port}: {error.strerror}", "a free port", fix, "该端口不可用，请用 --port 指定另一个。") from error


def _usage(found: str, expected: str, fix: str, zh: str) -> UsageError:
    return UsageError(where="zhengmai ui", found=found, expected=expected, fix=fix, zh=zh)
