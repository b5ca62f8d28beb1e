"""Parquet：每类一个文件，供 pandas、DuckDB、R 读取 · one file a class, for pandas, DuckDB and R (needs pyarrow)."""

from __future__ import annotations

from pathlib import Path

from zhengmai.errors import UsageError
from zhengmai.exports._classes import tables
from zhengmai.exports._graph import SharedGraph


def write_folder(graph: SharedGraph, folder: Path) -> None:
    """Write one file a class, every column a text; the graph's version and what was left out stand in the file's metadata.

    :raises UsageError: when pyarrow is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError(
            where="zhengmai export --format parquet",
            found="no pyarrow",
            expected="the package that writes Parquet",
            fix="install it: pip install 'zhengmai[parquet]' (the extra ui has it too)",
            zh="需要安装 pyarrow。",
        ) from error
    said = {"zhengmai_graph": graph.version, "left_out": graph.said[1]}
    for table in tables(graph):
        columns = {name: [row[at] for row in table.rows] for at, name in enumerate(table.columns)}
        made = pyarrow.table({name: pyarrow.array(values, pyarrow.string()) for name, values in columns.items()})
        pyarrow.parquet.write_table(made.replace_schema_metadata(said), folder / f"{table.name}.parquet", compression="zstd")
