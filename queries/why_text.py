"""Reasons as indented text, with the words round each place when somebody hands them in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ontology.labels import Language, label, labels
from queries.ids import full_id, place_words
from queries.why import Reason, Source

Context = Callable[[Source], str]


def write_text(reasons: Sequence[Reason], lang: Language, context: Context = lambda source: source.raw) -> str:
    """Return every reason, its premises indented under it; ``context`` gives the words round a place."""
    return "\n".join(line for reason in reasons for line in (*_lines(reason, 0, lang, context), "")) + "\n"


def _lines(reason: Reason, depth: int, lang: Language, context: Context) -> Iterator[str]:
    indent, mark = "    " * depth, ("" if depth == 0 else "← ")
    colon = "：" if lang == "zh" else ": "
    yield f"{indent}{mark}{short(reason.subject)}  {_predicate(reason.predicate)}  {short(reason.object)}"
    kind = _word(f"why/{reason.kind}", lang)
    rule = f"{colon}{_rule(reason.rule, lang)}" if reason.rule else ""
    yield f"{indent}  {kind}{rule}  〔{reason.graph}〕"
    for name, value in reason.details:
        yield f"{indent}  {_word(f'why-detail/{name}', lang)}{colon}{_value(name, value, lang)}"
    for source in reason.sources:
        words = " ".join(context(source).split())
        place = place_words(source.place, lang) if source.place else ""
        said = " ".join(part for part in (source.document.partition("/")[0], place, f"「{words}」" if words else "") if part)
        yield f"{indent}  {_word('why/source', lang)}{colon}{said}"
    for premise in reason.premises:
        yield from _lines(premise, depth + 1, lang, context)


def short(text: str) -> str:
    """Return an IRI as its id, another text cut to a line."""
    if "://" in text and " " not in text:
        own = full_id(text)
        return own if own != text else text.rpartition("#")[2].rpartition("/")[2] if "#" in text or "/scheme/" in text else text
    line = " ".join(text.split())
    return f"“{line[:60]}{'…' if len(line) > 60 else ''}”"


def _predicate(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def _rule(rule: str, lang: Language) -> str:
    return label(f"rule/{rule}", lang) if f"rule/{rule}" in labels() else rule


def _value(name: str, value: str, lang: Language) -> str:
    if name == "features":
        said = (one.partition(" ") for one in value.split(", "))
        return ("；" if lang == "zh" else "; ").join(f"{_word(f'feature/{feature}', lang)} {figure}" for feature, _, figure in said)
    topic = {"method": "rule", "status": "status", "decided_by": "decided-by"}.get(name)
    return _word(f"{topic}/{value}", lang) if topic else value


def _word(key: str, lang: Language) -> str:
    return label(key, lang) if key in labels() else key.partition("/")[2]
