"""A footnote for each place an answer rests on: document, number, clause or row, quote; then the question, its version and the graph's.

GB/T 7714: body. title: number[Z]. date: place. The 2015 edition gives the day of access for every electronic source; that of 2025 only
for sources on the network, which a document of the workspace is not. [Z] is the sign of both for what has no sign of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from ontology.labels import Language
from queries.ids import ID, IN_DOCUMENT, short_id
from queries.meant import Asks
from queries.run import Answer

Manner = Literal["gb2025", "gb2015", "plain"]
MANNERS: tuple[str, ...] = get_args(Manner)
# What of a row is quoted: column of the thing, columns of its words (the closest first).
QUOTED = (
    ("sentence", ("provision_quote", "provision_text", "upper_quote")),
    ("clause", ("provision_quote", "provision_text", "heading", "note")),
    ("task", ("task_quote", "task_text", "lower_quote")),
)
LONGEST = 60
ABOUT = """PREFIX zm: <https://w3id.org/zhengmai/ns#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?title ?number ?issuer ?written WHERE {
  BIND(?_document_iri AS ?document)
  ?document dct:title ?title .
  OPTIONAL { ?document eli:number ?number }
  OPTIONAL { ?document eli:date_document ?written }
  OPTIONAL { ?document eli:passed_by/skos:prefLabel ?issuer FILTER(LANG(?issuer) IN ("zh", "")) }
} ORDER BY ?title ?number ?issuer ?written"""
NUMBER = """PREFIX eli: <http://data.europa.eu/eli/ontology#>
SELECT ?number WHERE { ?_thing_iri eli:number ?number } ORDER BY ?number LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it is cited; empty where the document does not say."""

    title: str
    number: str
    issuers: tuple[str, ...]
    written: str


def footnotes(answer: Answer, store: Asks, manner: Manner, *, on: date | None = None, lang: Language = "zh") -> tuple[str, ...]:
    """Return the footnotes of an answer, each place once, in the order of its rows; the last says how the answer was made.

    :param on: the day to print as the day of access; none is printed without it, there is no clock here.
    """
    said: dict[str, None] = {}
    sources: dict[str, Source] = {}
    for row, iris in zip(answer.rows, answer.iris, strict=True):
        for column, quotes in QUOTED:
            iri = iris.get(column, "")
            if not iri or (column == "clause" and iris.get("sentence")):
                continue
            met = IN_DOCUMENT.fullmatch(iri.removeprefix(ID))
            if not met or not met[2]:
                continue
            document = f"{ID}doc/{met[1]}"
            if document not in sources:
                sources[document] = _source(document, store)
            quote = next((str(row[name]) for name in quotes if row.get(name)), "")
            said[_footnote(sources[document], place_in_words(iri, store, lang), quote, manner, on, lang)] = None
    return (*said, _made(answer, on, lang))


def place_in_words(iri: str, store: Asks, lang: Language) -> str:
    """Return 五(二)第1句 for a sentence, 任务分工表第27项 for a row, 第9项后未编号行 for one without a number."""
    own = short_id(iri)
    if "/task/" in iri:
        return _row_words(own, lang)
    clause, _, sentence = own.partition(".s")
    number = _number(iri.replace(f"/sentence/{own}", f"/clause/{clause}"), store) or clause
    if not sentence:
        return number
    return f"{number}第{sentence}句" if lang == "zh" else f"{number}, sentence {sentence}"


def _row_words(own: str, lang: Language) -> str:
    met = re.fullmatch(r"(?:a(\d+)\.)?(?:t(\d+)\.)?(.+?)(?:-u(\d+))?", own)
    assert met is not None
    attachment, table, number, unnumbered = met.groups()
    if lang == "en":
        where = f"attachment {attachment}, " if attachment else ""
        where += f"task table {table}" if table else "task table"
        return f"{where}, unnumbered row {unnumbered} after {number}" if unnumbered else f"{where}, item {number}"
    where = (f"附件{attachment}" if attachment else "") + (f"第{table}张任务分工表" if table else "任务分工表")
    if not unnumbered:
        return f"{where}第{number}项"
    return f"{where}第{number}项后未编号行" if unnumbered == "1" else f"{where}第{number}项后第{unnumbered}个未编号行"


def _footnote(source: Source, place: str, quote: str, manner: Manner, on: date | None, lang: Language) -> str:
    words = "".join(quote.split("\n")).replace("“", "‘").replace("”", "’").rstrip("。；;")
    words = f"{words[:LONGEST]}……" if len(words) > LONGEST else words
    if manner == "plain":
        told = ("，" if lang == "zh" else ", ").join(part for part in (*source.issuers, source.number, source.written) if part)
        if lang == "zh":
            return f"《{source.title}》{f'（{told}）' if told else ''}{place}{f'：“{words}”' if words else ''}。"
        return f"{source.title}{f' ({told})' if told else ''}, {place}{f': “{words}”' if words else ''}."
    body = "; ".join(source.issuers)
    head = f"{body}. " if body else ""
    title = f"{source.title}: {source.number}" if source.number else source.title
    accessed = f"[{on.isoformat()}]" if on and manner == "gb2015" else ""
    kind = "[Z/OL]" if accessed else "[Z]"
    dated = f" {source.written}{accessed}:" if source.written or accessed else ""
    return f"{head}{title}{kind}.{dated} {place}{f'. “{words}”' if words else ''}."


def _made(answer: Answer, on: date | None, lang: Language) -> str:
    asked = "".join(f" {name}={value}" for name, value in answer.params.items())
    what = f"{answer.query.name} {answer.query.version}{asked}"
    if lang == "zh":
        return f"专题查询“{answer.query.title.zh}”（{what}），政脉图谱 {answer.graph_version}{f'，{on.isoformat()} 查询' if on else ''}。"
    asked_on = f", asked on {on.isoformat()}" if on else ""
    return f"Saved question “{answer.query.title.en}” ({what}), zhengmai graph {answer.graph_version}{asked_on}."


def _source(document: str, store: Asks) -> Source:
    rows = list(_ask(ABOUT, "document", document, store))
    if not rows:
        return Source(short_id(document), "", (), "")
    words = {name: list(dict.fromkeys(row[name].value for row in rows if row[name])) for name in ("title", "number", "issuer", "written")}
    return Source(words["title"][0], (words["number"] or [""])[0], tuple(words["issuer"]), (words["written"] or [""])[0])


def _number(iri: str, store: Asks) -> str:
    return next((str(row["number"].value) for row in _ask(NUMBER, "thing", iri, store)), "")


def _ask(pattern: str, name: str, iri: str, store: Asks) -> Iterator[Any]:
    from pyoxigraph import NamedNode

    from queries.bind import bind

    yield from store.query(bind(pattern, {name: NamedNode(iri)}))
