"""A pair of documents as reviewers meet it: the texts of both sides and what the machine made of them.

The build writes one file a pair into ``built/review/``; everything here reads those, so that no page has to align anything. They hold
the machine's own word only: decisions are laid over them each time they are read.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lineage.records import Link, PairResult, Quote
from lineage.review.keys import all_hash, key_of, words_hash
from lineage.review.records import Item, Kind, Status, Text, item_id
from lineage.upper_rows import as_upper
from loaders.records import Extraction, Place, Provision
from zhengmai.workspace import Workspace

FOLDER = "review"
_VERDICT: dict[str, Status] = {"yes": "accepted", "unclear": "proposed", "no": "rejected"}


@dataclass(frozen=True)
class ReviewPair:
    """The two sides' texts by id, and the items between them by id."""

    lower: str
    upper: str
    tasks: dict[str, Text]
    provisions: dict[str, Text]
    items: dict[str, Item]

    @cached_property
    def tasks_by_hash(self) -> dict[str, list[str]]:
        return _by_hash(self.tasks)

    @cached_property
    def provisions_by_hash(self) -> dict[str, list[str]]:
        return _by_hash(self.provisions)

    @cached_property
    def all_tasks(self) -> str:
        """The hash that stands for "any task" in the key of a gap."""
        return all_hash(text.hash for text in self.tasks.values())

    @cached_property
    def all_provisions(self) -> str:
        return all_hash(text.hash for text in self.provisions.values())

    def key(self, kind: Kind, task: str, provision: str) -> str | None:
        """Return the key of an item by its ids, None when a side has no such id."""
        left = self.all_tasks if kind in ("gap", "pair") else self.tasks[task].hash if task in self.tasks else None
        right = (
            self.all_provisions
            if kind in ("no-basis", "pair")
            else self.provisions[provision].hash
            if provision in self.provisions
            else None
        )
        return key_of(left, right) if left and right else None

    def item(self, kind: Kind, task: str, provision: str) -> Item | None:
        """Return the machine's item, or one with status none for two texts it did not link; None when a side has no such id."""
        own = item_id(kind, self.lower, task, self.upper, provision)
        if own in self.items:
            return self.items[own]
        key = self.key(kind, task, provision)
        if key is None:
            return None
        words = (self.tasks[task].words if task else "", self.provisions[provision].words if provision else "")
        return Item(own, kind, self.lower, self.upper, task, provision, key, *words)

    def find(self, item: str) -> Item | None:
        """Return an item by its id, also one the machine did not make."""
        if item in self.items:
            return self.items[item]
        left, mark, right = item.partition(f"--{self.upper}")
        if not mark or (left != self.lower and not left.startswith(f"{self.lower}.")):
            return None
        task, provision = unquote(left[len(self.lower) + 1 :]), unquote(right[1:])
        kind: Kind = "gap" if provision and not task else "no-basis" if task and not provision else "link" if task else "pair"
        return self.item(kind, task, provision)


def _by_hash(texts: dict[str, Text]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text in texts.values():
        found.setdefault(text.hash, []).append(text.id)
    return found


def bare_pair(upper: Extraction, upper_slug: str, lower: Extraction, lower_slug: str) -> ReviewPair:
    """Return the two sides' texts alone, before anything is known of them."""
    return ReviewPair(lower_slug, upper_slug, _task_texts(lower), _provision_texts(as_upper(upper)), {})


def review_pair(result: PairResult, upper: Extraction, upper_slug: str, lower: Extraction, lower_slug: str) -> ReviewPair:
    """Return a pair for review from what the aligner said about it."""
    bare = bare_pair(upper, upper_slug, lower, lower_slug)
    items = [_link_item(bare, link) for link in result.links]
    if result.basis.verdict != "no":
        for gap in result.uncovered:
            nearest = {"nearest_task": gap.nearest_task or "", "nearest_confidence": gap.nearest_confidence}
            items.append(_other(bare, "gap", "", gap.sentence, gap.reason, **nearest))
        items += [_other(bare, "no-basis", task.task, "", task.reason) for task in result.unmatched]
    items.append(_pair_item(bare, result, upper, lower))
    return replace(bare, items={item.id: item for item in items})


def _pair_item(pair: ReviewPair, result: PairResult, upper: Extraction, lower: Extraction) -> Item:
    """The pair itself, with the rule's verdict and the documents' titles."""
    bare = pair.item("pair", "", "")
    assert bare is not None
    status = _VERDICT[result.basis.by_rule or result.basis.verdict]
    return replace(
        bare, status=status, task_text=lower.meta.title or _file_name(lower), provision_text=upper.meta.title or _file_name(upper)
    )


def _file_name(document: Extraction) -> str:
    """Return the name of a document's file, for one without a title."""
    return Path(document.source.path).name


def _link_item(pair: ReviewPair, link: Link) -> Item:
    provision = link.sentence or link.provision
    bare = pair.item("link", link.task, provision)
    assert bare is not None, f"a link of {link.task} and {provision}, which the documents do not have"
    return Item(
        id=bare.id,
        kind="link",
        lower=pair.lower,
        upper=pair.upper,
        task=link.task,
        provision=provision,
        key=bare.key,
        task_text=bare.task_text,
        provision_text=bare.provision_text,
        status=link.status,
        relation=link.relation,
        structure=link.structure,
        confidence=link.confidence,
        method=link.method,
        features=dict(link.features),
        task_evidence=link.task_evidence,
        provision_evidence=link.provision_evidence,
    )


def _other(pair: ReviewPair, kind: Kind, task: str, provision: str, reason: str, **nearest: Any) -> Item:
    bare = pair.item(kind, task, provision)
    assert bare is not None
    words = (bare.task_text, bare.provision_text)
    return Item(bare.id, kind, pair.lower, pair.upper, task, provision, bare.key, *words, reason=reason, **nearest)


def _task_texts(lower: Extraction) -> dict[str, Text]:
    """The tasks: the rows of a table by their measures (else their main task), and the parts of a running text."""
    found = {}
    for row in lower.rows:
        names = [name for name in ("measure", "sub_measure") if row.text(name)] or ["task"] * bool(row.text("task"))
        found[row.row] = _text(row.row, "\n".join(row.text(n) for n in names), [row.cells[n].place for n in names], "task")
    return found or _provision_texts(lower)


def _provision_texts(document: Extraction) -> dict[str, Text]:
    children: dict[str | None, list[Provision]] = {}
    for p in document.provisions:
        children.setdefault(p.parent, []).append(p)
    found = {}
    for p in document.provisions:
        parts = [p] if p.level == "sentence" else [c for c in children.get(p.id, []) if c.level == "sentence"]
        words = [*([p.heading] if p.heading and p.level != "sentence" else []), *(part.text for part in parts)]
        found[p.id] = _text(p.id, "\n".join(words), [part.place for part in parts] or [p.place], p.level)
    return found


def _text(own: str, words: str, places: list[Place], level: str) -> Text:
    return Text(own, words, words_hash(words), tuple((p.start or 0, p.end or 0) for p in places), level)


def write_pair(built: Path, pair: ReviewPair) -> None:
    """Keep a pair for review, written whole; a file that says the same already is left alone."""
    folder = built / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{pair.lower}--{pair.upper}-{os.getpid()}"
    content = {
        "lower": pair.lower,
        "upper": pair.upper,
        "tasks": [asdict(text) for text in pair.tasks.values()],
        "provisions": [asdict(text) for text in pair.provisions.values()],
        "items": [asdict(item) for item in pair.items.values()],
    }
    data = json.dumps(content, ensure_ascii=False).encode()
    home = folder / f"{pair.lower}--{pair.upper}.json"
    if not home.is_file() or home.read_bytes() != data:
        fresh.write_bytes(data)
        fresh.replace(home)


def keep_only(built: Path, names: set[str]) -> None:
    """Remove pairs that are no longer in the workspace; ``names`` are LOWER--UPPER."""
    for file in sorted((built / FOLDER).glob("*.json")):
        if file.stem not in names:
            file.unlink(missing_ok=True)


_read: dict[Path, tuple[tuple[int, int, int], ReviewPair]] = {}


def read_pairs(workspace: Workspace) -> tuple[ReviewPair, ...]:
    """Return the pairs of a workspace as last built, by name; () before the first build. A file is read once as long as it stays."""
    found = []
    for file in sorted((workspace.built_dir / FOLDER).glob("*.json")):
        try:
            stat = file.stat()
            mark = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if _read.get(file, ((0, 0, 0), None))[0] != mark:
                _read[file] = mark, _parse(json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError):  # gone in a build, or cut short by a full disk: the next build writes it
            continue
        found.append(_read[file][1])
    return tuple(found)


def _parse(content: dict[str, Any]) -> ReviewPair:
    tasks, provisions = (
        {t["id"]: Text(t["id"], t["words"], t["hash"], tuple((a, b) for a, b in t["spans"]), t["level"]) for t in content[side]}
        for side in ("tasks", "provisions")
    )
    items = {}
    for fields in content["items"]:
        for side in ("task_evidence", "provision_evidence"):
            fields[side] = tuple(Quote(**quote) for quote in fields[side])
        items[fields["id"]] = Item(**fields)
    return ReviewPair(content["lower"], content["upper"], tasks, provisions, items)
