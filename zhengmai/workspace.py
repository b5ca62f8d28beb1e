"""A workspace: the documents of one study, what people decided about them, and the graph built from them.

``graph_data/`` is the one of a checkout; ``zhengmai init DIR`` makes another. ``sources.yaml`` lists its documents and
states only what their own text states: on whose basis a document stands, where no text says so, is found by the aligner.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from zhengmai.errors import BadConfiguration, MissingFile
from zhengmai.settings import workspace_dir

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, Node

LEVELS = ("national", "provincial", "city", "county", "township", "all")
ACCESS = ("internal", "public")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with ``sources/ sources.yaml curated/ rules/ queries/ built/``."""

    path: Path

    @property
    def sources_file(self) -> Path:
        return self.path / "sources.yaml"

    @property
    def sources_dir(self) -> Path:
        return self.path / "sources"

    @property
    def curated_dir(self) -> Path:
        """Decisions made by hand: reviews, waivers, corrections."""
        return self.path / "curated"

    @property
    def rules_dir(self) -> Path:
        """Word lists that extend ours."""
        return self.path / "rules"

    @property
    def queries_dir(self) -> Path:
        return self.path / "queries"

    @property
    def built_dir(self) -> Path:
        """Everything derived; may be deleted at any time."""
        return self.path / "built"

    @property
    def cache_dir(self) -> Path:
        """One entry a document, by content; kept between builds."""
        return self.built_dir / "cache"


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One document of ``sources.yaml``. What the file leaves out is "" or None; ``sha256`` is always the file's own."""

    slug: str
    path: Path
    title: str
    issuer: str
    date: str | None
    level: str | None
    what_zh: str
    what_en: str
    sha256: str
    access: str
    carries_out: tuple[str, ...]


def current_workspace() -> Workspace:
    """Return the workspace in use: ``--workspace``, else ZHENGMAI_WORKSPACE, the folder one stands in, ``graph_data/`` of the checkout.

    :raises MissingFile: when there is no such folder.
    """
    path = workspace_dir()
    if not path.is_dir():
        raise MissingFile(
            where=str(path),
            found="no such folder",
            expected="a workspace",
            fix="make one (zhengmai init my-study) and go into it, or name yours: --workspace DIR or ZHENGMAI_WORKSPACE",
            zh="没有这个工作区文件夹：可用 zhengmai init 新建并进入，或用 --workspace 指明。",
        )
    return Workspace(path)


def read_sources(workspace: Workspace) -> tuple[SourceEntry, ...]:
    """Return the documents of a workspace, in the order of ``sources.yaml``.

    :raises MissingFile: when ``sources.yaml`` or a document it names is not there.
    :raises BadConfiguration: at the first thing in it that cannot be right, with its line; also when a document changed
        since its sha256 was written down.
    """
    import yaml

    file = workspace.sources_file
    try:
        root = yaml.compose(file.read_text(encoding="utf-8-sig"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except FileNotFoundError as error:
        raise MissingFile(
            where=str(file),
            found="no such file",
            expected="the list of the workspace's documents",
            fix="make a workspace with: zhengmai init DIR, or check --workspace",
            zh="找不到 sources.yaml，请确认工作区路径。",
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file}, line {mark.line + 1}" if mark else str(file)
        raise _wrong(
            where, str(getattr(error, "problem", None) or error), "YAML in UTF-8", "mend the line; indent with spaces only"
        ) from error
    listed = [_Entry(file, node) for node in _listed(file, root)]
    entries = tuple(entry.read(workspace) for entry in listed)
    _refuse_twice([(entry.slug, there) for entry, there in zip(entries, listed, strict=True)], "slug")
    _refuse_twice([(str(entry.path), there) for entry, there in zip(entries, listed, strict=True)], "file")
    return entries


def _listed(file: Path, root: Node | None) -> Iterator[Node]:
    from yaml.nodes import MappingNode, ScalarNode, SequenceNode

    if root is None:
        return
    if not isinstance(root, MappingNode):
        raise _wrong(_at(file, root), "no key", "sources:", "start the file with the line 'sources:'")
    for key, value in root.value:
        if key.value != "sources":
            raise _wrong(_at(file, key), repr(key.value), "sources", _did_you_mean(key.value, ["sources"]))
        if isinstance(value, SequenceNode):
            yield from value.value
        elif not (isinstance(value, ScalarNode) and value.tag.endswith(":null")):
            raise _wrong(_at(file, value), _spell(value), "a list of documents", "start each document with '- slug:'")


class _Entry:
    """One item of the list, with the line of each of its fields."""

    def __init__(self, file: Path, node: Node) -> None:
        from yaml.nodes import MappingNode

        self.file = file
        if not isinstance(node, MappingNode):
            raise _wrong(_at(file, node), _spell(node), "a document with slug, file, …", "start each document with '- slug:'")
        self.node: MappingNode = node
        self.fields: dict[str, Node] = {}
        for key, value in node.value:
            if key.value not in FIELDS:
                raise _wrong(_at(file, key), repr(key.value), ", ".join(FIELDS), _did_you_mean(key.value, FIELDS))
            if key.value in self.fields:
                raise _wrong(_at(file, key), f"{key.value} a second time", "each field once", "delete one of the two")
            self.fields[key.value] = value

    def read(self, workspace: Workspace) -> SourceEntry:
        path = self.document(workspace)
        what_zh, what_en = self.what()
        return SourceEntry(
            slug=self.matching("slug", SLUG, "small letters, digits and single hyphens, such as gz-stb-openness-tasks"),
            path=path,
            title=self.text("title"),
            issuer=self.text("issuer"),
            date=self.iso_date("date"),
            level=self.one_of("level", LEVELS),
            what_zh=what_zh,
            what_en=what_en,
            sha256=self.checked_sha256(path),
            access=self.one_of("access", ACCESS) or "internal",
            carries_out=self.texts("carries_out"),
        )

    def at(self, field: str) -> str:
        return _at(self.file, self.fields.get(field, self.node))

    def text(self, field: str) -> str:
        """Return the words as typed; dates and numbers stay text."""
        return self._text(self.fields.get(field), field) or ""

    def _text(self, node: Node | None, field: str) -> str | None:
        from yaml.nodes import ScalarNode

        if node is None or (isinstance(node, ScalarNode) and node.tag.endswith(":null")):
            return None
        if not isinstance(node, ScalarNode):
            raise _wrong(
                _at(self.file, node), _spell(node), f"one text for {field}", "write it on one line, in quotes when it holds ': ' or '#'"
            )
        return str(node.value).strip()

    def texts(self, field: str) -> tuple[str, ...]:
        from yaml.nodes import SequenceNode

        node = self.fields.get(field)
        parts = node.value if isinstance(node, SequenceNode) else [node]
        return tuple(text for part in parts if (text := self._text(part, field)))

    def matching(self, field: str, pattern: re.Pattern[str], expected: str) -> str:
        text = self.text(field)
        if not pattern.fullmatch(text):
            raise _wrong(
                self.at(field), f"{field} {text!r}" if text else f"no {field}", expected, f"give the document a {field} of that form"
            )
        return text

    def one_of(self, field: str, choices: tuple[str, ...]) -> str | None:
        text = self.text(field)
        if text and text not in choices:
            raise _wrong(self.at(field), f"{field} {text!r}", " or ".join(choices), _did_you_mean(text, choices))
        return text or None

    def iso_date(self, field: str) -> str | None:
        text = self.text(field)
        if not text:
            return None
        try:
            if len(text) != 10:
                raise ValueError(text)
            return date.fromisoformat(text).isoformat()
        except ValueError as error:
            expected = "a day as 2017-04-27, or null when the text states none"
            raise _wrong(
                self.at(field), f"{field} {text!r}", expected, "write year-month-day with two digits each for month and day"
            ) from error

    def what(self) -> tuple[str, str]:
        """Return what the document is, in Chinese and English; one text alone serves for both."""
        from yaml.nodes import MappingNode

        node = self.fields.get("what")
        if not isinstance(node, MappingNode):
            return (self.text("what"),) * 2
        said = {}
        for key, value in node.value:
            if key.value not in ("zh", "en"):
                raise _wrong(_at(self.file, key), repr(key.value), "zh or en", _did_you_mean(key.value, ["zh", "en"]))
            said[key.value] = self._text(value, "what") or ""
        return said.get("zh") or said.get("en", ""), said.get("en") or said.get("zh", "")

    def document(self, workspace: Workspace) -> Path:
        name = self.text("file")
        if not name:
            raise _wrong(self.at("file"), "no file", "the name of a file in sources/", "add a line 'file: …'")
        home = workspace.sources_dir.resolve()
        path = (home / name).resolve()
        if not path.is_relative_to(home):
            raise _wrong(self.at("file"), repr(name), "a file inside sources/", "copy the document into sources/ and give its name there")
        if not path.is_file():
            near = difflib.get_close_matches(name, sorted(p.name for p in home.glob("*")), n=1)
            raise MissingFile(
                where=self.at("file"),
                found=f"{name!r}, which is not in {workspace.sources_dir}",
                expected="a file of that folder",
                fix=f"did you mean {near[0]!r}?" if near else "copy the document there, or correct the name",
                zh="sources/ 文件夹中没有这个文件。",
            )
        return path

    def checked_sha256(self, path: Path) -> str:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        stated = self.text("sha256").lower()
        if stated and stated != found:
            raise _wrong(
                self.at("sha256"),
                f"{path.name} has sha256 {found}",
                f"{stated}, as written down: the file changed since",
                "put the published file back; or, if it was meant to change, write the new sha256 here",
                zh="文件内容与登记的 sha256 不符：请恢复原文件，或确认变更后更新此处的 sha256。",
            )
        return found


FIELDS = ("slug", "file", "title", "issuer", "date", "level", "what", "sha256", "access", "carries_out")


def _refuse_twice(named: list[tuple[str, _Entry]], field: str) -> None:
    first: dict[str, _Entry] = {}
    for name, entry in named:
        if name in first:
            line = first[name].at(field).rpartition(" ")[2]
            raise _wrong(
                entry.at(field),
                f"{field} {name!r} again (first in line {line})",
                f"each {field} once",
                f"give one of the two another {field}",
            )
        first[name] = entry


def _at(file: Path, node: Node) -> str:
    return f"{file}, line {node.start_mark.line + 1}"


def _spell(node: Node) -> str:
    return repr(node.value) if isinstance(node.value, str) else "several values"


def _did_you_mean(word: object, choices: tuple[str, ...] | list[str]) -> str:
    near = difflib.get_close_matches(str(word), choices, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else "use one of these"


def _wrong(where: str, found: str, expected: str, fix: str, *, zh: str = "sources.yaml 填写有误，请按提示修改。") -> BadConfiguration:
    return BadConfiguration(where=where, found=found, expected=expected, fix=fix, zh=zh)
