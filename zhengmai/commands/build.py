"""构建图谱：读取、描述、比对、推理、发布；只重读有变化的文件 · build the graph; only changed documents are read again."""

from __future__ import annotations

import argparse

from zhengmai.commands import Subparsers


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    return subparsers.add_parser("build", help="构建图谱 · build the graph")


def run(args: argparse.Namespace) -> int:
    from zhengmai.commands._pipeline import build
    from zhengmai.progress import language
    from zhengmai.workspace import current_workspace

    built = build(current_workspace())
    print(
        f"图谱 {built.version}：{built.documents} 份文件（重读 {built.read_again} 份），"
        f"{built.pairs} 对上下级文件，{built.quads} 条四元组。"
        if language() == "zh"
        else f"graph {built.version}: {built.documents} documents ({built.read_again} read again), "
        f"{built.pairs} pairs, {built.quads} quads."
    )
    return 0
