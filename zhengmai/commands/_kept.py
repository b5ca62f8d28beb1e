"""What a build made before, kept by name and content key, so that only what changed is made again."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from zhengmai.settings import CHECKOUT
from zhengmai.workspace import Workspace

CODE = ("loaders", "lineage", "ontology")


class Cache:
    """What was made before, by name and content key; an entry is one file, written whole, and thrown away when the key differs."""

    def __init__(self, workspace: Workspace) -> None:
        self.built = workspace.built_dir
        self._folder = workspace.cache_dir
        self._folder.mkdir(parents=True, exist_ok=True)
        self._rules = digest_of([*sorted(workspace.rules_dir.glob("*.yaml")), *_code_files()])
        self._missed: list[str] = []

    def keep(self, name: str, key: str, make: Any) -> Any:
        """Return what ``make`` makes, from the cache when the same key was made before by the same code and rules."""
        found = self.get(name, key)
        return found if found is not None else self.put(name, key, make())

    def get(self, name: str, key: str) -> Any:
        try:
            with (self._folder / name).open("rb") as file:
                saved, value = pickle.load(file)
        except (OSError, EOFError, pickle.UnpicklingError, ValueError, AttributeError, ImportError, TypeError):
            saved, value = None, None
        return value if saved == key_of(self._rules, key) else None

    def put(self, name: str, key: str, value: Any) -> Any:
        self._missed.append(name)
        fresh = self._folder / f".{name}-{os.getpid()}"
        with fresh.open("wb") as file:
            pickle.dump((key_of(self._rules, key), value), file, protocol=pickle.HIGHEST_PROTOCOL)
        fresh.replace(self._folder / name)
        return value

    def misses_of(self, prefix: str) -> int:
        """Return how many entries of a kind had to be made anew."""
        return sum(name.startswith(prefix) for name in self._missed)


def _code_files() -> list[Path]:
    """Our own code and word lists: a new version of a rule reads everything again."""
    return sorted(p for room in CODE for p in (CHECKOUT / room).rglob("*") if p.suffix in (".py", ".yaml", ".json", ".rq", ".ttl", ".csv"))


def digest_of(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def key_of(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()
