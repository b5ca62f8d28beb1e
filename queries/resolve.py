"""From what people type for a parameter to a term of the graph: 5.2 or 五(二) to a clause, 27 to a task, a name to a department.

What is typed is only ever compared with words in the graph. A thing is looked for in the documents in scope (``upper``,
``lower``, ``document``); ``DOC:5.2`` names its document. Several hits stop with the list, none with the closest few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from ontology.terms import XSD, concept
from queries.catalogue import did_you_mean
from queries.ids import full_id, short_id
from queries.lookups import CLAUSES, DEPARTMENTS, DOCUMENTS, TASKS
from queries.saved import Param, SavedQuery
from queries.typed_numbers import clause_id, published_forms
from zhengmai.errors import BadQuery
from zhengmai.settings import BASE_IRI

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

SHOWN = 12
SCOPES = {"clause": ("upper", "document"), "task": ("lower", "document"), "document": (), "department": ()}
LOOKUPS = {"clause": CLAUSES, "task": TASKS, "department": DEPARTMENTS, "document": DOCUMENTS}
WORDS = {"clause": "条目", "task": "任务", "department": "部门", "document": "文件", "thing": "对象"}
KINDS = {kind: (kind,) for kind in LOOKUPS} | {"thing": ("task", "clause", "document", "department")}


class Asks(Protocol):
    """What answers SPARQL: an open store."""

    @property
    def version(self) -> str: ...

    def query(self, sparql: str, **options: Any) -> Any: ...


def resolve(query: SavedQuery, given: Mapping[str, str], store: Asks) -> dict[str, NamedNode | Literal]:
    """Return the term of each parameter that was given or has a default, documents first, since they narrow the rest.

    :raises BadQuery: when a parameter is unknown or missing, of the wrong type, or what is typed fits nothing or several things.
    """
    names = [param.name for param in query.params]
    for name in given:
        if name not in names:
            raise _bad(query, f"a parameter {name!r}", ", ".join(names) or "no parameter", did_you_mean(name, names), "没有这个参数。")
    found: dict[str, NamedNode | Literal] = {}
    for param in sorted(query.params, key=lambda param: param.type != "document"):
        typed = given.get(param.name, param.default)
        if typed is not None and typed.strip():
            found[param.name] = _term(query, param, typed.strip(), found, store)
        elif param.required:
            example = query.example.params.get(param.name, "…")
            raise _bad(
                query,
                f"no {param.name}",
                param.description.en,
                f"add -p {param.name}={example}",
                f"缺少参数 {param.name}：{param.description.zh}。",
            )
    return {name: found[name] for name in names if name in found}


def _term(query: SavedQuery, param: Param, typed: str, found: Mapping[str, NamedNode | Literal], store: Asks) -> NamedNode | Literal:
    from pyoxigraph import Literal, NamedNode

    if param.type in KINDS:
        scope = [found[name].value for name in SCOPES.get(param.type, ()) if name in found]
        return NamedNode(_thing(query, param, typed, scope, store))
    if param.choices and typed not in param.choices:
        raise _bad(query, f"{param.name}={typed!r}", " or ".join(param.choices), did_you_mean(typed, param.choices), "取值不在可选范围内。")
    if param.scheme:
        return NamedNode(concept(param.scheme, typed))
    if param.type == "date":
        return Literal(_day(query, param, typed).isoformat(), datatype=NamedNode(XSD.date))
    if param.type == "integer":
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", typed):
            raise _bad(query, f"{param.name}={typed!r}", "a whole number", f"write -p {param.name}=12", "应为整数。")
        return Literal(int(typed))
    if param.type == "iri":
        try:
            return NamedNode(typed if "://" in typed else f"{BASE_IRI}id/{typed}")
        except ValueError as error:
            raise _bad(query, f"{param.name}={typed!r}", "an IRI", str(error), "不是有效的 IRI。") from error
    return Literal(typed)


def _day(query: SavedQuery, param: Param, typed: str) -> date:
    try:
        if len(typed) != 10:
            raise ValueError(typed)
        return date.fromisoformat(typed)
    except ValueError as error:
        raise _bad(query, f"{param.name}={typed!r}", "a day as 2017-04-27", "write year-month-day", "日期应写作 2017-04-27。") from error


def _thing(query: SavedQuery, param: Param, typed: str, scope: list[str], store: Asks) -> str:
    """Return the IRI of the one thing that is meant; of a ``thing`` the kinds are tried in turn, and all their hits count."""
    hits: dict[str, str] = {}
    for kind in KINDS[param.type]:
        for iri, label in _hits(kind, typed, scope, store).items():
            hits[iri] = _unambiguous(kind, iri, label)
    if len(hits) == 1:
        return next(iter(hits))
    what = f"{param.name}={typed!r}"
    if hits:
        listed = [hits[iri] for iri in sorted(hits)]
        shown = ", ".join(listed[:SHOWN]) + (f" … ({len(listed)})" if len(listed) > SHOWN else "")
        raise _bad(
            query,
            f"{what}, which fits {len(hits)}: {shown}",
            f"one {param.type}",
            f"write -p {param.name}={listed[0]}",
            f"有多个{WORDS[param.type]}符合，请写明其一。",
        )
    near = [name for kind in KINDS[param.type] for name in _nearest(kind, typed, scope, store)][:3]
    fix = f"did you mean {' or '.join(near)}?" if near else "zhengmai query lists what there is"
    raise _bad(
        query, f"{what}, which is not in the graph", f"a {param.type} of the documents in scope", fix, f"找不到这个{WORDS[param.type]}。"
    )


def _hits(kind: str, typed: str, scope: list[str], store: Asks) -> dict[str, str]:
    """Return IRI → label of what one kind has for the words typed, by the surest reading that has anything."""
    known = _direct(kind, typed, store)
    if known:
        return {known: short_id(known)}
    for forms, within in _readings(kind, typed, scope, store):
        found = _look_up(kind, forms, within, store)
        if found:
            return found
    return {}


def _direct(kind: str, typed: str, store: Asks) -> str | None:
    """Return a whole IRI, or a document's slug, when it is a thing of that kind."""
    from pyoxigraph import NamedNode

    try:
        iri = NamedNode(typed if typed.startswith(BASE_IRI) else f"{BASE_IRI}id/doc/{typed}" if kind == "document" else "")
    except ValueError:
        return None
    return iri.value if _run(LOOKUPS[kind].is_one, f"VALUES ?thing {{ {iri} }}", store) else None


def _readings(kind: str, typed: str, scope: list[str], store: Asks) -> Iterable[tuple[list[str], list[str]]]:
    """Yield ways to read what was typed, surest first: the words to look for, and the documents (or authorities) to look in."""
    typed = typed.replace("：", ":")
    yield _forms(kind, typed), scope
    before, colon, after = typed.partition(":")
    if colon and kind in ("clause", "task"):
        document = _direct("document", before.strip(), store)
        hits = [document] if document else list(_look_up("document", [before.strip()], [], store))
        if len(hits) == 1 and (not scope or hits[0] in scope):
            yield _forms(kind, after.strip()), hits
    if colon and kind == "department":
        authorities = list(_look_up("authority", [before.strip()], [], store))
        if authorities:
            yield [after.strip()], authorities


def _forms(kind: str, typed: str) -> list[str]:
    number = clause_id(typed) if kind in ("clause", "task") else None
    return list(dict.fromkeys([*([number] if number else []), *published_forms(typed)]))


def _look_up(kind: str, forms: list[str], within: list[str], store: Asks) -> dict[str, str]:
    """Return IRI → label of the things that carry one of these words; the first stage of the look-up with a hit decides."""
    from pyoxigraph import Literal, NamedNode

    lookup = DEPARTMENTS if kind == "authority" else LOOKUPS[kind]
    terms = " ".join(str(term) for form in forms for term in (Literal(form), Literal(form, language="zh")))
    narrow = f"VALUES ?within {{ {' '.join(str(NamedNode(iri)) for iri in within)} }}" if within else ""
    for stage in lookup.authorities if kind == "authority" else lookup.stages:
        hits = _run(stage, f"VALUES ?word {{ {terms} }} {narrow}", store)
        if hits:
            return hits
    return {}


def _run(pattern: str, values: str, store: Asks) -> dict[str, str]:
    """Answer one look-up; ``values`` holds nothing but terms spelt by pyoxigraph."""
    rows = store.query(pattern.replace("#VALUES", values))
    return {row["thing"].value: row["label"].value if row["label"] else "" for row in rows}


def _unambiguous(kind: str, iri: str, label: str) -> str:
    return label if kind == "department" and label else full_id(iri) if kind != "document" else short_id(iri)


def _nearest(kind: str, typed: str, scope: list[str], store: Asks) -> list[str]:
    """Return the closest few ids or names in scope, spelt so that they can be typed."""
    from pyoxigraph import NamedNode
    from rapidfuzz import fuzz, process

    narrow = f"VALUES ?within {{ {' '.join(str(NamedNode(iri)) for iri in scope)} }}" if scope else ""
    rows = list(store.query(LOOKUPS[kind].everything.replace("#VALUES", narrow)))
    wanted = _forms(kind, typed.partition(":")[2].strip() or typed)[0]
    said = [(at, row["label"].value) for at, row in enumerate(rows)]
    spelt = [*said, *((at, label.partition(":")[2]) for at, label in said), *((at, short_id(rows[at]["thing"].value)) for at, _ in said)]
    best = process.extract(wanted, [word for _, word in spelt], scorer=fuzz.ratio, limit=SHOWN, score_cutoff=40)
    near = [(spelt[which][0], said[spelt[which][0]][1]) for _, _, which in best]
    return list(dict.fromkeys(_unambiguous(kind, rows[at]["thing"].value, label) for at, label in near))[:3]


def _bad(query: SavedQuery, found: str, expected: str, fix: str, zh: str) -> BadQuery:
    return BadQuery(where=f"query {query.name}", found=found, expected=expected, fix=fix, zh=zh)


def find_thing(typed: str, store: Asks, *, where: str) -> tuple[str, str]:
    """Return the kind (document, task, clause, department) and IRI of the one thing that is meant, of whatever kind.

    :raises BadQuery: when nothing or several things fit, with the closest or with all of them, spelt so that they can be typed.
    """
    hits: dict[str, str] = {}
    for kind in ("document", "task", "clause", "department"):
        direct = _direct(kind, typed, store)
        if direct:
            return kind, direct
        for forms, within in _readings(kind, typed, [], store):
            found = _look_up(kind, forms, within, store)
            for iri in found:
                hits.setdefault(iri, kind)
            if found:
                break
    if len(hits) == 1:
        ((iri, kind),) = hits.items()
        return kind, iri
    spelt = sorted({_unambiguous(kind, iri, label) for iri, kind in hits.items() for label in [_label(kind, iri, store)]})
    if hits:
        shown = ", ".join(spelt[:SHOWN]) + (f" … ({len(spelt)})" if len(spelt) > SHOWN else "")
        found_text, fix, zh = f"{typed!r}, which fits {len(hits)}: {shown}", f"write {spelt[0]}", "有多项符合，请写明其一。"
    else:
        near = list(dict.fromkeys(one for kind in LOOKUPS for one in _nearest(kind, typed, [], store)))[:4]
        fix = f"did you mean {' or '.join(near)}?" if near else "zhengmai query list-documents shows what there is"
        found_text, zh = f"{typed!r}, which is not in the graph", "图谱中找不到这一项。"
    raise BadQuery(where=where, found=found_text, expected="one document, clause, task or department, such as DOC:5.2", fix=fix, zh=zh)


def _label(kind: str, iri: str, store: Asks) -> str:
    from pyoxigraph import NamedNode

    return _run(LOOKUPS[kind].is_one, f"VALUES ?thing {{ {NamedNode(iri)} }}", store).get(iri, "")
