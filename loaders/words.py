"""The words our rules go by: header synonyms, role verbs, generic actors, deadline phrases.

They are data, one YAML file a topic in ``loaders/words/``. A file of the same name in the workspace's ``rules/`` folder
extends it: its lists are added in front of ours, its mappings are merged key by key.
"""

from __future__ import annotations

from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

from zhengmai.errors import BadConfiguration
from zhengmai.settings import rules_dir

OURS = Path(__file__).parent / "words"


def words(topic: str) -> dict[str, Any]:
    """Return the words of a topic, ours extended by the workspace's.

    :raises BadConfiguration: when the workspace's file is not a mapping of the same shape.
    """
    return _words(topic, rules_dir())


def with_words(rules: Path, topic: str, more: dict[str, Any]) -> str:
    """Return the text of a workspace's file of words with more in it; the comments at its top stay. Nothing is written."""
    import yaml

    file = rules / f"{topic}.yaml"
    old = file.read_text(encoding="utf-8") if file.is_file() else ""
    top = "".join(f"{line}\n" for line in takewhile(lambda line: line.startswith("#"), old.splitlines()))
    whole = _extend(_read(file), more, str(file)) if old.strip() else more
    return top + yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)


@cache
def _words(topic: str, rules: Path) -> dict[str, Any]:
    base = _read(OURS / f"{topic}.yaml")
    extra = rules / f"{topic}.yaml"
    return _extend(base, _read(extra), str(extra)) if extra.is_file() else base


def _read(path: Path) -> dict[str, Any]:
    import yaml

    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        place = getattr(error, "problem_mark", None)
        raise BadConfiguration(
            where=f"{path}, line {place.line + 1}" if place else str(path),
            found=str(getattr(error, "problem", None) or error),
            expected="YAML in UTF-8",
            fix="mend the line, or compare with the file of the same name that comes with zhengmai",
        ) from error
    if not isinstance(content, dict):
        raise BadConfiguration(
            where=str(path), found=type(content).__name__, expected="a mapping of names to words", fix="start each entry with 'name:'"
        )
    return content


def _extend(base: Any, extra: Any, where: str) -> Any:
    if isinstance(base, dict) and isinstance(extra, dict):
        return {
            key: _extend(base[key], extra[key], f"{where}, {key}") if key in base and key in extra else extra.get(key, base.get(key))
            for key in (*base, *(k for k in extra if k not in base))
        }
    if isinstance(base, list) and isinstance(extra, list):
        return [*extra, *base]
    if isinstance(base, (dict, list)):
        raise BadConfiguration(
            where=where, found=type(extra).__name__, expected=f"a {type(base).__name__}", fix="keep the shape of our own file"
        )
    return extra
