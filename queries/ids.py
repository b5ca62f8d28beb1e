"""From the IRI of a thing to the short id people read and type, and to its document; from a place's IRI to its words."""

from __future__ import annotations

import re

from zhengmai.settings import BASE_IRI

ID = BASE_IRI + "id/"
SCHEME = re.compile(re.escape(BASE_IRI) + r"(?:scheme/[^/]+|rule)/")
IN_DOCUMENT = re.compile(r"doc/((?:cited/)?[^/]+)(?:/(?:section|clause|item|lead-in|sentence|task|group)/([^/]+))?(/.*)?")
PLACE = re.compile(r"source/([^/]+)/[^/]+/(.+)")


def short_id(iri: str) -> str:
    """Return the published id: 5.2, 27, a document's slug; for other things of ours what follows ``id/``; else the IRI.

    >>> short_id("https://w3id.org/zhengmai/id/doc/sat/sentence/5.2.s1"), short_id("https://w3id.org/zhengmai/id/doc/sat")
    ('5.2.s1', 'sat')
    """
    if not iri.startswith(ID):
        return iri
    rest = iri.removeprefix(ID)
    met = IN_DOCUMENT.fullmatch(rest)
    if not met:
        return rest.removeprefix("org/")
    return (met[2] or met[1]) + (met[3] or "")


def full_id(iri: str) -> str:
    """Return the id that is never ambiguous, ``DOC:5.2``; for what stands in no document the short id.

    >>> full_id("https://w3id.org/zhengmai/id/doc/sat/clause/5.2")
    'sat:5.2'
    """
    met = IN_DOCUMENT.fullmatch(iri.removeprefix(ID)) if iri.startswith(ID) else None
    return f"{met[1]}:{met[2]}" if met and met[2] else short_id(iri)


def code(iri: str) -> str:
    """Return the code of a concept, such as ``verbatim``; anything else as it is."""
    return SCHEME.sub("", iri)


def place_code(iris: str) -> str:
    """Return where in their source places stand: ``table/1/row/28/cell/4``, ``span/2723-2769``; several stay apart by a blank."""
    return " ".join(PLACE.sub(r"\2", iri.removeprefix(ID)) for iri in iris.split())


def place_words(place: str, lang: str) -> str:
    """Return a place code in words: 表1 第28行 第4格, 字符 2723–2769.

    >>> place_words("table/1/row/28", "zh"), place_words("span/5-9 span/12-20", "en")
    ('表1 第28行', 'characters 5–9, 12–20')
    """
    words = {"table": "表{}", "row": "第{}行", "cell": "第{}格", "page": "第{}页", "paragraph": "第{}段", "sheet": "工作表 {}"}
    said, spans = [], []
    for one in place.split():
        parts = one.split("/")
        if parts[0] == "span" and len(parts) == 2:
            spans.append(parts[1].replace("-", "–"))
            continue
        pairs = list(zip(parts[::2], parts[1::2], strict=False))
        said.append(" ".join(words.get(kind, kind + " {}").format(value) if lang == "zh" else f"{kind} {value}" for kind, value in pairs))
    if spans:
        said.append(f"字符 {'、'.join(spans)}" if lang == "zh" else f"characters {', '.join(spans)}")
    return "；".join(said) if lang == "zh" else "; ".join(said)
