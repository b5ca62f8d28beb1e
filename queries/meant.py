"""Which things of the graph typed words may mean: by their id, number, heading or name, and the document or authority named before them.

What is typed is only ever compared with words in the graph, and only put into SPARQL as a term.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Protocol

from queries.ids import full_id, short_id
from queries.lookups import CLAUSES, DEPARTMENTS, DOCUMENT_WORDS, DOCUMENTS, TAKES_PART, TASKS
from queries.typed_numbers import clause_id, published_forms, task_id
from zhengmai.settings import BASE_IRI

NEAREST = 12
LOOKUPS = {"clause": CLAUSES, "task": TASKS, "department": DEPARTMENTS, "document": DOCUMENTS}


class Asks(Protocol):
    """What answers SPARQL: an open store."""

    @property
    def version(self) -> str: ...

    def query(self, sparql: str, **options: Any) -> Any: ...


def hits_of(kind: str, typed: str, scope: list[str], store: Asks, *, among: list[str] | None = None) -> dict[str, str]:
    """Return IRI → label of what one kind has for the words typed, by the surest reading that has anything.

    ``among`` are documents: of departments, those that have a role in one of them come before any that has none there.
    """
    known = direct(kind, typed, store)
    if known:
        return {known: short_id(known)}
    if typed.startswith(BASE_IRI):  # an IRI is nobody's name
        return {}
    for forms, within in readings(kind, typed, scope, store):
        found = look_up(kind, forms, within, store, among=among)
        if found:
            return found
    return _numbered_and_headed(typed, scope, store) if kind == "clause" else {}


def _numbered_and_headed(typed: str, scope: list[str], store: Asks) -> dict[str, str]:
    """Return the clauses with both the number and the heading of 五(二) 推进重大服务举措公开, as it stands in a document."""
    for cut in range(len(typed) - 1, 0, -1):
        heading = typed[cut:].strip()
        if clause_id(typed[:cut]) and not clause_id(heading):  # 9.9 is no clause 9 with the heading 9
            headed = look_up("clause", [heading], scope, store)
            return {iri: label for iri, label in look_up("clause", _forms("clause", typed[:cut]), scope, store).items() if iri in headed}
    return {}


def direct(kind: str, typed: str, store: Asks) -> str | None:
    """Return a whole IRI, what follows ``id/`` in one (doc/sat/clause/5.2), or a document's slug, when it is a thing of that kind."""
    from pyoxigraph import NamedNode

    home = {"document": "id/doc/", "department": "id/org/"}.get(kind, "id/")
    for whole in [typed] if typed.startswith(BASE_IRI) else dict.fromkeys((f"{BASE_IRI}id/{typed}", f"{BASE_IRI}{home}{typed}")):
        try:
            iri = NamedNode(whole)
        except ValueError:
            continue
        if _run(LOOKUPS[kind].is_one, f"VALUES ?thing {{ {iri} }}", store):
            return iri.value
    return None


def readings(kind: str, typed: str, scope: list[str], store: Asks) -> Iterable[tuple[list[str], list[str]]]:
    """Yield ways to read what was typed, surest first: the words to look for, and the documents (or authorities) to look in."""
    typed = typed.replace("：", ":")
    yield _forms(kind, typed), scope
    if kind in ("clause", "task"):
        cut = typed.partition(":")[::2] if ":" in typed else _document_and_number(typed)
        document = direct("document", cut[0].strip(), store)
        hits = [document] if document else list(look_up("document", [cut[0].strip()], [], store))
        if len(hits) == 1 and (not scope or hits[0] in scope):
            yield _forms(kind, cut[1].strip()), hits
    if kind == "department":
        before, separator, after = re.sub(r"\s*[:/／]\s*", ":", typed).partition(":")
        authorities = list(look_up("authority", [before.strip()], [], store)) if separator else []
        if authorities:
            yield [after.strip()], authorities


def _document_and_number(typed: str) -> tuple[str, str]:
    """Cut 《实施办法》五(二), 分工表第27项 and 广州27 where the number begins."""
    met = re.fullmatch(r"(.*[一-鿿])([0-9][0-9.]*(?:-?u[0-9]+|\.s[0-9]+)?)", typed)
    met = met or re.fullmatch(r"(.*?[》\s]|.*?(?=第|[〇零一二三四五六七八九十百]+[、(（]))(.+)", typed)
    return (met[1], met[2]) if met else ("", typed)


def _forms(kind: str, typed: str) -> list[str]:
    numbers = [clause_id(typed) if kind in ("clause", "task") else None, task_id(typed) if kind == "task" else None]
    return list(dict.fromkeys([*(number for number in numbers if number), *published_forms(typed)]))


def look_up(kind: str, forms: list[str], within: list[str], store: Asks, *, among: list[str] | None = None) -> dict[str, str]:
    """Return IRI → label of the things that carry one of these words; the first stage of the look-up with a hit decides,
    or the first with one ``among`` some documents."""
    from pyoxigraph import Literal, NamedNode

    lookup = DEPARTMENTS if kind == "authority" else LOOKUPS[kind]
    terms = " ".join(str(term) for form in forms for term in (Literal(form), Literal(form, language="zh")))
    narrow = f"VALUES ?within {{ {' '.join(str(NamedNode(iri)) for iri in within)} }}" if within else ""
    values = f"VALUES ?word {{ {terms} }} {narrow}"
    elsewhere: dict[str, str] = {}
    for stage in lookup.authorities if kind == "authority" else lookup.stages:
        hits = _run(stage, values, store)
        there = taking_part(hits, among, store) if hits and among else set(hits)
        if there:
            return {iri: label for iri, label in hits.items() if iri in there}
        elsewhere = elsewhere or hits
    if elsewhere:
        return elsewhere
    if kind == "document":
        return _by_title(forms[0], store)
    return _by_authority(forms[0], values, store) if kind == "department" else {}


def _by_title(typed: str, store: Asks) -> dict[str, str]:
    """Return the documents whose title or number is what was typed but for brackets, quotes and blanks; else those that contain it,
    what is held before what is only cited."""
    wanted, held = folded(typed), f"{BASE_IRI}id/doc/cited/"
    if len(wanted) < 2:
        return {}
    rows = [(row["thing"].value, row["label"].value) for row in store.query(DOCUMENT_WORDS)]
    same = {iri: words for iri, words in rows if folded(words) == wanted}
    part = {iri: words for iri, words in rows if wanted in folded(words)}
    return same or {iri: words for iri, words in part.items() if not iri.startswith(held)} or part


def _by_authority(typed: str, values: str, store: Asks) -> dict[str, str]:
    """Return the departments whose name what was typed ends with, after their authority, which may be shortened (广州市国税局稽查局)."""
    found = {}
    for iri, label in _run(LOOKUPS["department"].ending, values, store).items():
        authority, _, name = label.rpartition(":")
        letters = iter(authority)
        before = folded(typed.removesuffix(name))
        if len(before) >= 2 and all(letter in letters for letter in before):
            found[iri] = label
    return found


def folded(text: str) -> str:
    """Return a text's letters and digits, width folded: 《 》〔 〕quotes and blanks are how it is set."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def taking_part(departments: Iterable[str], documents: Iterable[str], store: Asks) -> set[str]:
    """Return those of some departments that have a role in one of some documents."""
    from pyoxigraph import NamedNode

    things, within = (" ".join(str(NamedNode(iri)) for iri in iris) for iris in (departments, documents))
    return set(_run(TAKES_PART, f"VALUES ?thing {{ {things} }} VALUES ?document {{ {within} }}", store))


def _run(pattern: str, values: str, store: Asks) -> dict[str, str]:
    """Answer one look-up; ``values`` holds nothing but terms spelt by pyoxigraph."""
    rows = store.query(pattern.replace("#VALUES", values))
    return {row["thing"].value: row["label"].value if row["label"] else "" for row in rows}


def unambiguous(kind: str, iri: str, label: str) -> str:
    return label if kind == "department" and label else full_id(iri) if kind != "document" else short_id(iri)


def nearest(kind: str, typed: str, scope: list[str], store: Asks) -> list[str]:
    """Return the closest few ids or names in scope, spelt so that they can be typed."""
    from pyoxigraph import NamedNode
    from rapidfuzz import fuzz, process

    narrow = f"VALUES ?within {{ {' '.join(str(NamedNode(iri)) for iri in scope)} }}" if scope else ""
    rows = list(store.query(LOOKUPS[kind].everything.replace("#VALUES", narrow)))
    wanted = _forms(kind, typed.partition(":")[2].strip() or typed)[0]
    if kind == "document" and (begun := [iri for row in rows if short_id(iri := row["thing"].value).startswith(wanted)]):
        return [short_id(iri) for iri in begun][:3]
    said = [(at, row["label"].value) for at, row in enumerate(rows)]
    spelt = [*said, *((at, label.partition(":")[2]) for at, label in said), *((at, short_id(rows[at]["thing"].value)) for at, _ in said)]
    best = process.extract(wanted, [word for _, word in spelt], scorer=fuzz.ratio, limit=NEAREST, score_cutoff=40)
    near = [(spelt[which][0], said[spelt[which][0]][1]) for _, _, which in best]
    return list(dict.fromkeys(unambiguous(kind, rows[at]["thing"].value, label) for at, label in near))[:3]
