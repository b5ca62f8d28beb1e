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
    """``stages`` are tried in turn until one has a hit; ``is_one`` asks of ?thing; ``everything`` lists what could be meant;
    ``ending`` finds what the typed words end with."""

    stages: tuple[str, ...]
    is_one: str
    everything: str
    authorities: tuple[str, ...] = ()
    ending: str = ""


def _select(pattern: str) -> str:
    return f"{PREFIXES}SELECT DISTINCT ?thing ?label WHERE {{ #VALUES\n{pattern} }} ORDER BY ?thing ?label"


PROVISION = """VALUES ?type { zm:Section zm:Clause zm:Item zm:LeadIn zm:Sentence }
?thing a ?type . ?thing zm:isPartOf+ ?within . FILTER EXISTS { ?within a zm:PolicyDocument }"""
# A row of a table that is itself an upper document stands for a clause, and so do the sentences of its words.
# The terms stand in every branch: joined to a union from outside, all rows of the graph would be looked at first.
UPPER_ROW = """{ #VALUES
?thing zm:notation ?word . ?thing zm:taskOf ?within . FILTER EXISTS { ?words zm:isPartOf ?thing . ?link zm:alignsProvision ?words } }
UNION { #VALUES
?thing zm:notation ?word . ?thing zm:isPartOf ?row . ?row zm:taskOf ?within . FILTER EXISTS { ?link zm:alignsProvision ?thing } }"""
ANY_CLAUSE = f"{{ #VALUES\n{PROVISION} }} UNION {UPPER_ROW.replace('?thing zm:notation ?word . ', '')}"
CLAUSES = Lookup(
    stages=(
        _select(f"?thing zm:notation ?word . {PROVISION} OPTIONAL {{ ?thing zm:notation ?label }}"),
        _select(f"?thing eli:number ?word . {PROVISION} OPTIONAL {{ ?thing zm:notation ?label }}"),
        _select(f"?thing zm:heading ?word . {PROVISION} OPTIONAL {{ ?thing zm:notation ?label }}"),
        _select(  # (二), which stands under every section
            f"{PROVISION} ?thing a zm:Clause ; eli:number ?whole . FILTER(REGEX(STR(?word), '^[(（]') && STRENDS(STR(?whole), STR(?word)))"
            " OPTIONAL { ?thing zm:notation ?label }"
        ),
        _select(f"{UPPER_ROW} OPTIONAL {{ ?thing zm:notation ?label }}"),
    ),
    is_one=_select(f"{ANY_CLAUSE} OPTIONAL {{ ?thing zm:notation ?label }}"),
    everything=_select(f"{ANY_CLAUSE} ?thing zm:notation ?label ."),
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
    is_one=_select(f"{{ #VALUES\n{ROW} }} UNION {{ #VALUES\n?link zm:alignsTask ?thing }} OPTIONAL {{ ?thing zm:notation ?label }}"),
    everything=_select(f"{ROW} ?thing zm:notation ?label ."),
)

# An actor the documents do not name stands last: where 法制部门 is all a document says, that is what can be asked for.
WHOSE = """OPTIONAL {
  ?thing org:unitOf|zm:withinAuthority ?body . ?body skos:prefLabel ?authority . FILTER(LANG(?authority) IN ("zh", ""))
}
FILTER(!BOUND(?within) || ?within = ?body)
?thing skos:prefLabel ?name . FILTER(LANG(?name) IN ("zh", ""))
BIND(IF(BOUND(?authority), CONCAT(STR(?authority), ":", STR(?name)), STR(?name)) AS ?label)"""
DEPARTMENT, GENERIC = f"?thing a zm:Department . {WHOSE}", f"?thing a zm:GenericActor . {WHOSE}"
BODY = f"?thing a zm:Authority . FILTER EXISTS {{ ?part zm:participant ?thing }} {WHOSE}"  # 临沂市财政局, 教育部: bodies that take part
ANY_ACTOR = "VALUES ?type { zm:Department zm:Authority zm:GenericActor } ?thing a ?type ."
DEPARTMENTS = Lookup(
    stages=tuple(
        _select(stage)
        for actor in (DEPARTMENT, BODY, GENERIC)
        for stage in (f"?thing skos:prefLabel ?word . {actor}", f"?thing skos:altLabel|skos:hiddenLabel ?word . {actor}")
    ),
    is_one=_select(f"{ANY_ACTOR} {WHOSE}"),
    everything=_select(f"{{ {DEPARTMENT} }} UNION {{ {BODY} }}"),
    authorities=(_select("?thing a zm:Authority ; skos:prefLabel|skos:altLabel ?word . BIND(STR(?word) AS ?label)"),),
    ending=_select(f"{ANY_ACTOR} {WHOSE} FILTER(STRENDS(STR(?word), STR(?name)))"),
)

DOCUMENT = "?thing a zm:PolicyDocument . OPTIONAL { ?thing dct:title ?label }"
DOCUMENTS = Lookup(
    stages=(
        _select(f"?thing dct:title|eli:number ?word . {DOCUMENT}"),
        _select(f"?thing zm:source/zm:fileName ?file . FILTER(?file = ?word || STRBEFORE(?file, '.') = STR(?word)) {DOCUMENT}"),
    ),
    is_one=_select(DOCUMENT),
    everything=_select("?thing a zm:PolicyDocument ; dct:title ?label ."),
)
DOCUMENT_WORDS = _select("?thing a zm:PolicyDocument ; dct:title|eli:number ?label")
TAKES_PART = _select("?part zm:participant ?thing ; zm:participatesIn ?task . ?task (zm:taskOf|zm:isPartOf)+ ?document")
HELD = f"""{PREFIXES}PREFIX corpus: <https://w3id.org/zhengmai/scheme/corpus-status/>
SELECT DISTINCT ?document WHERE {{ ?document zm:corpusStatus corpus:held }} ORDER BY ?document"""
PAIRS = f"""{PREFIXES}SELECT DISTINCT ?upper ?lower ?verdict
WHERE {{ ?pair zm:upperDocument ?upper ; zm:lowerDocument ?lower ; zm:verdict ?verdict }} ORDER BY ?upper ?lower"""
