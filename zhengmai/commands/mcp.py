"""供智能助手使用 · Let assistants ask the graph, by the Model Context Protocol over standard input and output. It only reads.

  zhengmai mcp        is started by the assistant's program, which is told the command, such as: {"command": "zhengmai", "args": ["mcp"]}
Its tools: list_questions, ask_question, values_for, trace, why, search. Each answer carries quotes and their places.
"""

from __future__ import annotations

import argparse

from zhengmai.commands import Subparsers
from zhengmai.workspace import current_workspace


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    return subparsers.add_parser("mcp", help="供智能助手使用 · tools for assistants (Model Context Protocol)")


def run(args: argparse.Namespace) -> int:
    """Serve until the assistant closes the connection."""
    from endpoint.assistant import make_server
    from endpoint.pool import Pool, Snapshot
    from zhengmai.store import current_snapshot, open_store

    workspace = current_workspace()
    open_store(workspace)  # says what is wrong with the graph before anything is started
    pool = Pool(lambda: Snapshot(current_snapshot(workspace.built_dir)))
    try:
        make_server(pool, workspace.queries_dir, workspace.built_dir / "search").run("stdio")
    finally:
        pool.close()
    return 0
