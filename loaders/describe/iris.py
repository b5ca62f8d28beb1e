"""Where things live: the IRIs of one document's parts (docs/ids.md)."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.describe.nquads import safe
from loaders.records import Place
from zhengmai.settings import BASE_IRI

ID = BASE_IRI + "id/"
GRAPH = BASE_IRI + "graph/"
REFERENCE_GRAPH = GRAPH + "reference"
ONTOLOGY_GRAPH = GRAPH + "ontology"
LINEAGE_GRAPH = GRAPH + "inferred/lineage"
_FOLDER = {"section": "section", "clause": "clause", "item": "item", "lead_in": "lead-in", "sentence": "sentence"}


@dataclass(frozen=True, slots=True)
class Iris:
    """The names of one document's nodes and graphs."""

    slug: str
    sha256: str

    @property
    def document(self) -> str:
        return f"{ID}doc/{self.slug}"

    @property
    def source(self) -> str:
        return f"{ID}source/{self.slug}/{self.sha256[:8]}"

    @property
    def text(self) -> str:
        return f"{self.source}/text"

    def graph(self, kind: str) -> str:
        """Return the named graph: asserted, inferred, findings or provenance."""
        return f"{GRAPH}doc/{self.slug}/{kind}"

    def provision(self, level: str, own: str) -> str:
        return f"{self.document}/{_FOLDER[level]}/{safe(own)}"

    def task(self, row: str) -> str:
        return f"{self.document}/task/{safe(row)}"

    def group(self, number: str) -> str:
        return f"{self.document}/group/{number}"

    def row(self, place: Place) -> str:
        return f"{self.source}/table/{place.table}/row/{place.row}"

    def cell(self, place: Place) -> str:
        return f"{self.row(place)}/cell/{place.column}" if place.column else self.row(place)

    def span(self, start: int, end: int) -> str:
        return f"{self.source}/span/{start}-{end}"

    def span_of(self, place: Place) -> str:
        return self.span(place.start or 0, place.end or 0)

    def inference(self, key: str) -> str:
        return f"{ID}inference/{self.slug}/{key}"


def cited_document(slug: str) -> str:
    """Return the IRI of a document that is named but not held."""
    return f"{ID}doc/cited/{slug}"


def authority(slug: str) -> str:
    return f"{ID}org/{slug}"


def department(authority_slug: str, slug: str) -> str:
    return f"{ID}org/{authority_slug}/dept/{slug}"


def generic_actor(scope: str, slug: str) -> str:
    return f"{ID}actor/{scope}/{slug}"


def alignment(lower: str, task: str, upper: str, provision: str) -> str:
    return f"{ID}alignment/{lower}.{safe(task)}--{upper}.{safe(provision)}"
