"""The patterns by which typed words are found in the graph, one set a kind of thing; ``#VALUES`` is where the terms go.

Kept apart from the published questions: these answer no one's question but "which one is meant".
"""

from __future__ import annotations

from dataclasses import dataclass

PREFIXES = """\
PREFIX zm: <https://w3id.org/zhengmai/ns#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


MASKED_WORDS = f"{PREFIXES}SELECT DISTINCT (STR(?quote) AS ?words) WHERE {{ ?finding zm:masked true ; zm:quote ?quote }} ORDER BY ?words"


@dataclass(frozen=True, slots=True)
class Lookup:
    """``stages`` are tried in turn until one has a hit; ``is_one`` asks of ?thing; ``everything`` lists what could be meant."""

    stages: tuple[str, ...]
    is_one: str
    everything: str
    authorities: tuple[str, ...] = ()


def _select(pattern: str) -> str:
    return f"{PREFIXES}SELECT DISTINCT ?thing ?label WHERE {{ #VALUES\n{pattern} }} ORDER BY ?thing ?label"


PROVISION = """VALUES ?type { zm:Section zm:Clause zm:Item zm:LeadIn zm:Sentence }
?thing a ?type . ?thing zm:isPartOf+ ?within . FILTER EXISTS { ?within a zm:PolicyDocument }"""
CLAUSES = Lookup(
    stages=(
        _select(f"?thing zm:notation ?word . {PROVISION} OPTIONAL {{ ?thing zm:notation ?label }}"),
        _select(f"?thing eli:number ?word . {PROVISION} OPTIONAL {{ ?thing zm:notation ?label }}"),
    ),
    is_one=_select(f"{PROVISION} OPTIONAL {{ ?thing zm:notation ?label }}"),
    everything=_select(f"{PROVISION} ?thing zm:notation ?label ."),
)

# A task is a row; in running text it is a provision that a link aligns.
ROW = "?thing zm:taskOf ?within ."
SPOKEN = "?thing zm:isPartOf+ ?within . FILTER EXISTS { ?within a zm:PolicyDocument } FILTER EXISTS { ?link zm:alignsTask ?thing }"
TASKS = Lookup(
    stages=(
        _select(f"?thing zm:notation ?word . {ROW} OPTIONAL {{ ?thing zm:notation ?label }}"),
        _select(f"?thing zm:number ?word . {ROW} OPTIONAL {{ ?thing zm:notation ?label }}"),
        _select(f"?thing zm:notation|eli:number ?word . {SPOKEN} OPTIONAL {{ ?thing zm:notation ?label }}"),
    ),
    is_one=_select(f"{{ {ROW} }} UNION {{ ?link zm:alignsTask ?thing }} OPTIONAL {{ ?thing zm:notation ?label }}"),
    everything=_select(f"{ROW} ?thing zm:notation ?label ."),
)

DEPARTMENT = """?thing a zm:Department .
OPTIONAL { ?thing org:unitOf ?body . ?body skos:prefLabel ?authority . FILTER(LANG(?authority) IN ("zh", "")) }
FILTER(!BOUND(?within) || ?within = ?body)
?thing skos:prefLabel ?name . FILTER(LANG(?name) IN ("zh", ""))
BIND(IF(BOUND(?authority), CONCAT(STR(?authority), ":", STR(?name)), STR(?name)) AS ?label)"""
DEPARTMENTS = Lookup(
    stages=(
        _select(f"?thing skos:prefLabel ?word . {DEPARTMENT}"),
        _select(f"?thing skos:altLabel|skos:hiddenLabel ?word . {DEPARTMENT}"),
        _select(f"{DEPARTMENT} FILTER(CONCAT(STR(?authority), STR(?name)) = STR(?word))"),
    ),
    is_one=_select(DEPARTMENT),
    everything=_select(DEPARTMENT),
    authorities=(_select("?thing a zm:Authority ; skos:prefLabel|skos:altLabel ?word . BIND(STR(?word) AS ?label)"),),
)

DOCUMENT = "?thing a zm:PolicyDocument . OPTIONAL { ?thing dct:title ?label }"
DOCUMENTS = Lookup(
    stages=(
        _select(f"?thing dct:title|eli:number ?word . {DOCUMENT}"),
        _select(f"{DOCUMENT} FILTER(STRLEN(STR(?word)) >= 2 && CONTAINS(STR(?label), STR(?word)))"),
    ),
    is_one=_select(DOCUMENT),
    everything=_select("?thing a zm:PolicyDocument ; dct:title ?label ."),
)
