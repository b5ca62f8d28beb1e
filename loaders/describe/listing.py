"""What describing a document needs to know beside its records: its slug, and the reviewed names of actors and documents.

Reviewed names are data in the workspace's ``curated/``: ``slugs.tsv`` (label, slug, English label), ``actors.tsv`` (how a name as
written stands to a department's name), ``functions.yaml`` comes with the word lists.
"""

from __future__ import annotations

import csv
import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from loaders.actors.names import name_words
from loaders.records import Extraction
from zhengmai.errors import BadConfiguration


@dataclass(frozen=True, slots=True)
class Names:
    """Reviewed names: label → slug, label → English label, (authority, name as written) → (name, label kind)."""

    slugs: Mapping[str, str] = field(default_factory=dict)
    english: Mapping[str, str] = field(default_factory=dict)
    variants: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def slug(self, label: str) -> str:
        """Return the reviewed slug of a label, else x- and eight hex digits of its SHA-256 (the same everywhere)."""
        known = self.slugs.get(label)
        return known or "x-" + hashlib.sha256(unicodedata.normalize("NFC", label).encode()).hexdigest()[:8]

    def slug_within(self, label: str, level: str | None) -> str:
        """Return the slug of an authority's unit; where the authority is no national body a 司 is another one than the 处 of its slug."""
        known, above = self.slugs.get(label), name_words().units_above
        alike = [other for other, slug in self.slugs.items() if slug == known]
        units = above + name_words().units
        if level and len(alike) > 1 and not all(other.endswith(units) for other in alike):  # 教育中心 above, 教育处 below
            return self.slug(label) if label == alike[0 if level == "national" else -1] else Names().slug(label)
        if not known or level is None or label.endswith(above) == (level == "national"):
            return self.slug(label)
        shared = any(other != label for other in alike if other.endswith(units))
        return Names().slug(label) if shared and label.endswith(units) else known


@dataclass(frozen=True, slots=True)
class Listing:
    """One document as the workspace lists it. ``held`` maps the titles and numbers of listed documents to their slugs.

    ``access`` is public or internal, None for a document nobody listed.
    """

    slug: str
    title: str = ""
    issuer: str = ""
    date: str | None = None
    level: str | None = None
    names: Names = Names()
    held: Mapping[str, str] = field(default_factory=dict)
    access: str | None = None


def unlisted(extraction: Extraction) -> Listing:
    """Return a listing for a document nobody listed: its slug is its content's."""
    return Listing(slug=f"content-{extraction.source.sha256[:8]}")


def read_names(curated: Path) -> Names:
    """Return the reviewed names of a workspace; files that are not there hold none.

    :raises BadConfiguration: for a line with too few columns or a slug that is not ASCII.
    """
    slugs, english = {}, {}
    for where, row in _rows(curated / "slugs.tsv", 2):
        if not row[1].isascii() or " " in row[1]:
            raise BadConfiguration(
                where=where, found=f"slug {row[1]!r}", expected="lower-case ASCII words joined by -", fix="choose another slug"
            )
        slugs[row[0]] = row[1]
        if len(row) > 2 and row[2]:
            english[row[0]] = row[2]
    variants = {(row[0], row[1]): (row[2], row[3]) for _, row in _rows(curated / "actors.tsv", 4)}
    return Names(slugs, english, variants)


def _rows(path: Path, least: int) -> list[tuple[str, list[str]]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [(number, row) for number, row in enumerate(csv.reader(file, delimiter="\t"), 1) if row and not row[0].startswith("#")]
    for number, row in rows[1:]:
        if len(row) < least:
            raise BadConfiguration(
                where=f"{path}, line {number}",
                found=f"{len(row)} columns",
                expected=f"at least {least}, between TABs",
                fix="complete the line or delete it",
            )
    return [(f"{path}, line {number}", row) for number, row in rows[1:]]
