"""From what people type for a parameter to a term of the graph: 5.2 or 五(二) to a clause, 27 to a task, a name to a department.

What is typed is only ever compared with words in the graph. A thing is looked for in the documents in scope (``upper``,
``lower``, ``document``); ``DOC:5.2`` names its document. Several hits stop with the list, none with the closest few.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.labels import labels
from ontology.terms import XSD, concept
from queries.catalogue import did_you_mean
from queries.meant import LOOKUPS, Asks, direct, folded, hits_of, nearest, unambiguous
from queries.saved import Param, SavedQuery
from queries.since import kept_versions
from queries.typed_dates import read_day
from zhengmai.errors import BadQuery
from zhengmai.settings import BASE_IRI

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

SHOWN = 12
SCOPES = {"clause": ("upper", "document"), "task": ("lower", "document"), "department": ("document",)}
WORDS = {"clause": "条目", "task": "任务", "department": "部门", "document": "文件", "thing": "对象"}
KINDS = {kind: (kind,) for kind in LOOKUPS} | {"thing": ("task", "clause", "document", "department")}


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
    if param.choices:
        typed = _choice(query, param, typed)
    if param.scheme:
        return NamedNode(concept(param.scheme, typed))
    if param.type == "date":
        return Literal(_day(query, param, typed).isoformat(), datatype=NamedNode(XSD.date))
    if param.type == "version":
        return Literal(_version(query, param, typed, store))
    if param.type == "integer":
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", unicodedata.normalize("NFKC", typed), re.ASCII):
            raise _bad(query, f"{param.name}={typed!r}", "a whole number", f"write -p {param.name}=12", "应为整数。")
        return Literal(int(typed))
    if param.type == "iri":
        try:
            return NamedNode(typed if "://" in typed else f"{BASE_IRI}id/{typed}")
        except ValueError as error:
            raise _bad(query, f"{param.name}={typed!r}", "an IRI", str(error), "不是有效的 IRI。") from error
    return Literal(typed)


def _choice(query: SavedQuery, param: Param, typed: str) -> str:
    """Return the code that is meant: as it is, by its word in either language or how only that word begins (县级, 县, county), or by
    another word of also_said.yaml (区县, 县（区）)."""
    if typed in param.choices:
        return typed
    topics = [param.scheme] if param.scheme else ["term", "counted"]
    words = {word: code for code in param.choices for topic in topics for word in labels().get(f"{topic}/{code}", ())}
    others = {word: code for code in param.choices for topic in topics for word in also_said().get(f"{topic}/{code}", ())}
    for code in (code for word, code in (*words.items(), *others.items()) if folded(word) == folded(typed)):
        return code
    begun = {code for word, code in words.items() if not word.isascii() and word.startswith(typed)}
    if len(begun) == 1:
        return begun.pop()
    shown = " or ".join(f"{code} {labels()[f'{param.scheme}/{code}'][0]}" if param.scheme else code for code in param.choices)
    near = did_you_mean(typed, dict.fromkeys([*param.choices, *words]))
    raise _bad(query, f"{param.name}={typed!r}", shown, near, f"取值不在可选范围内，可选：{shown.replace(' or ', '、')}。")


@cache
def also_said() -> dict[str, list[str]]:
    """Return ``scheme/code`` → other words for it than those of labels.csv."""
    import yaml

    found: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "also_said.yaml").read_text(encoding="utf-8"))
    return found


def _day(query: SavedQuery, param: Param, typed: str) -> date:
    day = read_day(typed)
    if day is None:
        raise _bad(query, f"{param.name}={typed!r}", "a day as 2017-04-27", "write year-month-day", "日期应写作 2017-04-27。")
    return day


def _version(query: SavedQuery, param: Param, typed: str, store: Asks) -> str:
    """Return the kept version that is meant: by how it begins, ``current`` for the one that is asked, ``previous`` for the one before."""
    kept = kept_versions(getattr(store, "path", None))
    earlier = [name for name in kept if name != store.version]
    hits = [name for name in kept if name.startswith(typed.lower())]
    hits = {"current": [store.version], "previous": earlier[-1:]}.get(typed.lower(), hits)
    if len(hits) != 1:
        shown = ", ".join([*(["previous"] if earlier else []), *kept]) or "none is kept here"
        fix = f"write -p {param.name}={earlier[-1]}" if earlier else "build again after a change: the last three graphs are kept"
        raise _bad(query, f"{param.name}={typed!r}", f"the version of a graph that is kept: {shown}", fix, "没有留存这个图谱版本。")
    return hits[0]


def _thing(query: SavedQuery, param: Param, typed: str, scope: list[str], store: Asks) -> str:
    """Return the IRI of the one thing that is meant; of a ``thing`` the kinds are tried in turn, and all their hits count."""
    hits: dict[str, str] = {}
    for kind in KINDS[param.type]:
        narrow, among = ([], scope) if kind == "department" else (scope, None)
        for iri, label in hits_of(kind, typed, narrow, store, among=among).items():
            hits[iri] = unambiguous(kind, iri, label)
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
    near = [name for kind in KINDS[param.type] for name in nearest(kind, typed, scope, store)][:3]
    fix = f"did you mean {' or '.join(near)}?" if near else "zhengmai query lists what there is"
    raise _bad(
        query, f"{what}, which is not in the graph", f"a {param.type} of the documents in scope", fix, f"找不到这个{WORDS[param.type]}。"
    )


def _bad(query: SavedQuery, found: str, expected: str, fix: str, zh: str) -> BadQuery:
    return BadQuery(where=f"query {query.name}", found=found, expected=expected, fix=fix, zh=zh)


def find_thing(typed: str, store: Asks, *, where: str) -> tuple[str, str]:
    """Return the kind (document, task, clause, department) and IRI of the one thing that is meant, of whatever kind.

    :raises BadQuery: when nothing or several things fit, with the closest or with all of them, spelt so that they can be typed.
    """
    hits: dict[str, tuple[str, str]] = {}
    for kind in ("document", "task", "clause", "department"):
        known = direct(kind, typed, store)
        if known:
            return kind, known
        for iri, label in hits_of(kind, typed, [], store).items():
            hits.setdefault(iri, (kind, label))
    if len(hits) == 1:
        ((iri, (kind, _)),) = hits.items()
        return kind, iri
    spelt = sorted({unambiguous(kind, iri, label) for iri, (kind, label) in hits.items()})
    if hits:
        shown = ", ".join(spelt[:SHOWN]) + (f" … ({len(spelt)})" if len(spelt) > SHOWN else "")
        found_text, fix, zh = f"{typed!r}, which fits {len(hits)}: {shown}", f"write {spelt[0]}", "有多项符合，请写明其一。"
    else:
        near = list(dict.fromkeys(one for kind in LOOKUPS for one in nearest(kind, typed, [], store)))[:4]
        fix = f"did you mean {' or '.join(near)}?" if near else "zhengmai query list-documents shows what there is"
        found_text, zh = f"{typed!r}, which is not in the graph", "图谱中找不到这一项。"
    raise BadQuery(where=where, found=found_text, expected="one document, clause, task or department, such as DOC:5.2", fix=fix, zh=zh)
