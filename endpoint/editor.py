"""``/``: a query editor (YASGUI, from our own files) that knows our prefixes, terms and questions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from endpoint.html import Safe, page, tag
from endpoint.http import Asking, Reply
from endpoint.service import Service
from endpoint.source import Graph
from zhengmai.errors import ZhengmaiError
from zhengmai.settings import BASE_IRI

PREFIXES = {
    "zm": f"{BASE_IRI}ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "sssom": "https://w3id.org/sssom/",
}


async def editor(_: Service, __: Asking) -> Reply:
    choose = tag(
        "p",
        tag("label", "专题查询示例 Examples ", for_="examples"),
        tag("select", tag("option", "…", value=""), id="examples"),
        style="margin: .6rem 1.2rem",
    )
    return page("政脉 SPARQL", Safe(choose), tag("div", id="yasgui"), scripts=("yasgui.min.js", "editor.js"), styles=("yasgui.min.css",))


async def editor_json(service: Service, _: Asking) -> Reply:
    """Give what the editor knows: prefixes, classes, properties, examples."""
    terms = await service.learn("terms", terms_of)
    examples = await service.learn("examples", examples_of, service.queries_dir)
    said: dict[str, Any] = {"prefixes": PREFIXES, **terms, "examples": examples}
    body = json.dumps(said, ensure_ascii=False).encode()
    return Reply(body, "application/json", headers={"Cache-Control": "no-cache"}, version=service.lanes.version)


def terms_of(graph: Graph) -> dict[str, list[str]]:
    """Return the IRIs of the classes and properties in use or in the ontology, sorted. Run in a worker."""
    counts = Path(__file__).with_name("counts")

    def iris(name: str) -> list[str]:
        return sorted(row["x"].value for row in graph.query((counts / f"{name}.rq").read_text(encoding="utf-8")))

    return {"class": iris("known-classes"), "property": iris("known-properties")}


def examples_of(graph: Graph, own: Path | None) -> list[dict[str, str]]:
    """Return the saved questions with the parameters of their examples filled in. Run in a worker."""
    from queries.bind import bind
    from queries.catalogue import load_catalogue
    from queries.resolve import resolve

    found = []
    for query in load_catalogue(own)[0]:
        try:
            sparql = bind(query.body, resolve(query, query.example.params, graph))
        except ZhengmaiError:
            continue  # its example speaks of a document this graph does not hold
        found.append({"name": str(query.name), "zh": str(query.title.zh), "en": str(query.title.en), "sparql": sparql.strip() + "\n"})
    return found
