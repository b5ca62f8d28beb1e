"""The names of the nodes of a pair of documents in the graph."""

from __future__ import annotations

from lineage.upper_rows import as_upper, group_of, row_of
from loaders.describe import iris
from loaders.describe.nquads import safe
from loaders.records import Extraction


class Pair:
    """Two described documents: their records and the names of their nodes."""

    def __init__(self, upper: Extraction, upper_slug: str, lower: Extraction, lower_slug: str) -> None:
        self.upper, self.lower = as_upper(upper), lower
        self.upper_iris = iris.Iris(upper_slug, upper.source.sha256)
        self.lower_iris = iris.Iris(lower_slug, lower.source.sha256)
        self.levels = {p.id: p.level for p in self.upper.provisions}
        self.row_sentences = {p.id for p in self.upper.provisions if p.level == "sentence" and self.levels.get(p.parent or "") == "task"}
        self.lower_levels = {p.id: p.level for p in lower.provisions}

    @property
    def name(self) -> str:
        return f"{self.lower_iris.slug}--{self.upper_iris.slug}"

    @property
    def node(self) -> str:
        return f"{iris.ID}pair/{self.name}"

    def gap(self, sentence: str) -> str:
        return f"{iris.ID}gap/{self.upper_iris.slug}.{safe(sentence)}--{self.lower_iris.slug}"

    def basis_gap(self, task: str) -> str:
        return f"{iris.ID}basis-gap/{self.lower_iris.slug}.{safe(task)}--{self.upper_iris.slug}"

    def provision(self, own: str) -> str:
        """Return the node of an upper provision; where a table is the upper document, a row's or a group's."""
        level = self.levels[own]
        if level == "task":
            return self.upper_iris.task(row_of(own))
        return self.upper_iris.group(group_of(own)) if level == "group" else self.upper_iris.provision(level, own)

    def task(self, own: str) -> str:
        return self.lower_iris.task(own) if self.lower.rows else self.lower_iris.provision(self.lower_levels[own], own)
