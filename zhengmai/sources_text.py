"""sources.yaml as people wrote it, with documents added at its end: every line, comment and blank that was there stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from zhengmai.errors import BadConfiguration

Value = str | None | Sequence[str] | Mapping[str, str]
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def with_documents(text: str, entries: Sequence[Mapping[str, Value]], file: Path) -> str:
    """Return the text with entries added to its list, in the style the list is written in.

    :raises BadConfiguration: when the file is written in a way that nothing can be added to.
    """
    import yaml

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    line_end = "\r\n" if "\r\n" in text else "\n"
    listed = root.value[0][1] if root is not None else None
    if listed is not None and isinstance(listed.value, list) and listed.value and listed.flow_style:
        at = listed.value[-1].end_mark.index
        grown = text[:at] + "".join(f", {_flow(entry)}" for entry in entries) + text[at:]
    else:
        indent = 2
        if listed is None:
            text += _break(text, line_end) + f"sources:{line_end}"
        elif isinstance(listed.value, list) and listed.value:
            indent = listed.start_mark.column
        elif listed.start_mark.index != listed.end_mark.index:  # sources: [] or null
            text = text[: listed.start_mark.index].rstrip(" ") + text[listed.end_mark.index :]
        lines = [line for entry in entries for line in ("", *_block(entry, " " * indent))]
        grown = text + _break(text, line_end) + "".join(line + line_end for line in lines)
    _check(grown, len(listed.value) if listed is not None and isinstance(listed.value, list) else 0, len(entries), file)
    return grown


def _check(text: str, before: int, added: int, file: Path) -> None:
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        found = len(root.value[0][1].value) if root is not None else -1
    except (yaml.YAMLError, AttributeError, IndexError):
        found = -1
    if found != before + added:
        raise BadConfiguration(
            where=str(file),
            found="a list to which nothing can be added",
            expected="documents that start with '- slug:', one under the other, at the end of the file",
            fix="write the file in that form; zhengmai init DIR shows an example",
            zh="sources.yaml 的写法无法追加条目，请改为每个文件以“- slug:”开头的列表。",
        )


def _break(text: str, line_end: str) -> str:
    return "" if not text or text.endswith("\n") else line_end


def _block(entry: Mapping[str, Value], indent: str) -> list[str]:
    lines = [f"{name}: {_value(name, value)}" for name, value in entry.items()]
    return [f"{indent}{'- ' if at == 0 else '  '}{line}" for at, line in enumerate(lines)]


def _flow(entry: Mapping[str, Value]) -> str:
    return "{" + ", ".join(f"{name}: {_value(name, value)}" for name, value in entry.items()) + "}"


def _value(name: str, value: Value) -> str:
    if value is None or value == "":
        return "null"
    if isinstance(value, str):
        return value if name == "date" and _DAY.fullmatch(value) else _scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_scalar(text)}" for key, text in value.items()) + "}"
    return "[" + ", ".join(map(_scalar, value)) + "]"


def _scalar(text: str) -> str:
    """Write a text as YAML, in quotes only where it needs them, also inside [] and {}."""
    import yaml

    style = '"' if len(text.splitlines()) > 1 or text != text.strip() else None  # YAML folds any kind of line break, U+0085 too
    line = yaml.safe_dump([text], allow_unicode=True, width=10**9, default_flow_style=True, default_style=style).rstrip("\n")
    return line[1:-1]
