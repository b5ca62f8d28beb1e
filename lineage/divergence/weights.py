"""What the changes of a link's wording weigh: more or less is asked, wider or narrower, something else in its place.

A table from what a change is about and its kind; time limits, figures, leads and duty words have rules of their own,
and differences any copy may have (docs/codebook.md, tiny) weigh nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lineage.divergence.reading import Reading, overlap
from lineage.fold import fold_plain
from lineage.records import Change, Divergence, Link, Quote
from lineage.relation import is_minor
from loaders.deadlines import find_deadlines

RULE = "change-weight"
_SHORTEST_ITEM = 3
SHORTEST_DUTY = 5  # characters; less is no duty of its own
_DUTY = {"dropped": ("duty", "gone"), "added": ("duty", "new"), "replaced": ("wording", "replaced")}
WEIGHTS: dict[tuple[str, str], tuple[str, str]] = {
    ("exception", "dropped"): ("exception", "exception-dropped"),
    ("exception", "added"): ("exception", "exception-added"),
    ("exception", "replaced"): ("wording", "replaced"),
    ("scope", "dropped"): ("scope", "narrower"),
    ("scope", "added"): ("scope", "wider"),
    ("scope", "replaced"): ("wording", "replaced"),
    ("actor", "replaced"): ("wording", "replaced"),
    ("deadline", "dropped"): ("deadline", "gone"),
    ("deadline", "added"): ("deadline", "new"),
    **{(what, kind): result for what in ("object", "method", "channel", "quantity", "other") for kind, result in _DUTY.items()},
}
_FILLERS = re.compile("[并为其的在对由和与及等于将把要需应以而且之]")
_COMMA = re.compile("[，,；;。]")
_PIECE_END = 3  # characters of a piece that are no piece
_SHORT, _EDGES = 10, frozenset(["", *"，,；;。：:、！？!?（）()“”‘’《》\n\t \u3000"])
_NEARLY_ALL = 0.75  # of the pairs of characters of a stretch
_SCOPE = {"tighter": "wider", "looser": "narrower"}
_FIGURE = re.compile("[0-9０-９一二三四五六七八九十两半](?:个)?(?:工作日|小时|日|天|周|月|年)")
DIRECTION = {
    "exception-dropped": "tighter",
    "new": "tighter",
    "wider": "tighter",
    "exception-added": "looser",
    "gone": "looser",
    "narrower": "looser",
    "replaced": "replaced",
}
_REASON = {
    "exception-dropped": ("上级的例外“{up}”本级没有。", "The upper exception ({up}) is not here."),
    "exception-added": ("本级增加例外“{down}”。", "An exception is added here: {down}."),
    "new": ("上级没有“{down}”，本级新增。", "{down} is not in the upper sentence."),
    "gone": ("上级“{up}”，本级该句的各项任务中未见。", "{up} is in no task that carries the sentence."),
    "wider": ("本级范围增加“{down}”。", "{down} widens the scope."),
    "narrower": ("本级范围缺少“{up}”。", "Without {up} the scope is narrower."),
    "replaced": ("上级“{up}”，本级写作“{down}”。", "{up} above, {down} here."),
}


def weight_divergences(reading: Reading, told: Sequence[Divergence]) -> Iterator[Divergence]:
    """Yield one record for each change that weighs, and one for each sentence of a task that no upper sentence stands behind.

    ``told`` are the records of limits, frequencies, figures, duty words and addressees: a change that is one of those is not told twice.
    """
    added: set[tuple[str, int]] = set()
    for link in reading.links:
        here = [d for d in told if (d.task, d.sentence) == (link.task, link.sentence) and d.aspect != "lead"]
        for found in link.changes:
            change = _whole_pieces(found)
            result = weigh(change, reading.level) or _of_list(reading, change)
            if change.kind == "added" and (link.task, change.lower.start) in added:
                continue  # told with another sentence of the task
            if change.lower.quote and not _own_words(reading, link, change):
                continue  # a sibling's words: told with its link
            if result and result[0] == "duty" and (_is_scrap(reading, change) or _said_there(reading, link, change)):
                continue
            if result and not any(_is_told(change, d) for d in here):
                if result[0] == "deadline" and (_in_limit(reading, link, change) or any(_meets(change, d) for d in here)):
                    continue  # the rules of limits and frequencies tell it, or found it equal
                added |= {(link.task, change.lower.start)} if change.kind == "added" else set()
                yield _record(link, *result, change)
    for task in reading.by_task:
        yield from _own_sentences(reading, task)


def _own_words(reading: Reading, link: Link, change: Change) -> bool:
    return any(start <= change.lower.start < end for start, end in reading.stretches(link.task))


def weigh(change: Change, level: str | None) -> tuple[str, str] | None:
    """Return (aspect, difference), None for a change without weight."""
    if change.local_name or is_minor(change, level):
        return None
    if change.what == "scope" and change.kind == "replaced" and change.direction in _SCOPE:
        return "scope", _SCOPE[change.direction]
    if change.what == "quantity" and not re.search(r"\d", change.upper.quote + change.lower.quote):
        return None  # 不少于 alone: the figure stayed
    if change.what == "deadline" and not _FIGURE.search(change.upper.quote or change.lower.quote):
        return None
    aspect, difference = WEIGHTS.get((change.what, change.kind), ("", ""))
    if not aspect or (aspect == "duty" and len(change.upper.quote or change.lower.quote) < SHORTEST_DUTY):
        return None
    return aspect, difference


def _is_told(change: Change, told: Divergence) -> bool:
    """Do the words of a change lie in those of a record, but for a few characters beside them?"""
    if told.aspect == "addressee":
        return change.kind == "dropped" and change.upper == told.upper[0]
    if told.aspect == "quantity" and change.what == "quantity":
        return bool(overlap(change.upper, told.upper) or overlap(change.lower, told.lower))
    pairs = [(change.upper, told.upper), (change.lower, told.lower)]
    sides = [(quote, quotes) for quote, quotes in pairs if quote.quote]
    return all(overlap(quote, quotes) >= 0.5 * len(quote.quote) for quote, quotes in sides)


def _whole_pieces(change: Change) -> Change:
    """Leave off the end of a piece that a dropped or added stretch begins with (制度，并建立…): what follows the comma is said whole."""
    quote = change.upper if change.kind == "dropped" else change.lower
    mark = _COMMA.search(quote.quote)
    if change.kind == "replaced" or not mark or mark.start() > _PIECE_END:
        return change
    rest = Quote(quote.start + mark.end(), quote.end, quote.quote[mark.end() :])
    return replace(change, upper=rest) if change.kind == "dropped" else replace(change, lower=rest)


def _of_list(reading: Reading, change: Change) -> tuple[str, str] | None:
    """A short item of a list, between 、 and the like, is a duty more or less all the same: 图书馆、文化馆、博物馆."""
    if (
        change.kind == "replaced"
        or change.local_name
        or change.what not in ("object", "other", "channel")
        or is_minor(change, reading.level)
    ):
        return None
    text, quote = (reading.upper.text, change.upper) if change.kind == "dropped" else (reading.lower.text, change.lower)
    listed = text[max(0, quote.start - 1) : quote.start] == "、" or text[quote.end : quote.end + 1] == "、"
    return _DUTY[change.kind] if listed and len(quote.quote) >= _SHORTEST_ITEM else None


def _is_scrap(reading: Reading, change: Change) -> bool:
    """Is a stretch short, and cut out of the middle of a piece at both ends (架空线[缆统一入地或]规整)?"""
    text, quote = (reading.upper.text, change.upper) if change.kind == "dropped" else (reading.lower.text, change.lower)
    edges = (text[max(0, quote.start - 1) : quote.start], text[quote.end : quote.end + 1])
    listed = quote.quote.startswith(("和", "与", "及", "或", "并"))  # one more of a list
    return change.kind != "replaced" and len(quote.quote) < _SHORT and not listed and not any(edge in _EDGES for edge in edges)


def _said_there(reading: Reading, link: Link, change: Change) -> bool:
    """Does nearly all that a dropped or added stretch says stand on the other side too, in other order (并为其提供, 再就业提供)?"""
    stretch = _FILLERS.sub("", fold_plain(change.upper.quote or change.lower.quote))
    homes = "".join(reading.lower.text[a:b] for a, b in reading.homes(link))
    above = "".join(reading.sentence(one).text for one in reading.by_task[link.task])
    other = fold_plain(homes if change.kind == "dropped" else above)
    pairs = {stretch[i : i + 2] for i in range(len(stretch) - 1)}
    return sum(pair in other for pair in pairs) >= _NEARLY_ALL * len(pairs)


def _in_limit(reading: Reading, link: Link, change: Change) -> bool:
    """Do the words of a change lie in a limit that was read?"""
    sentence = reading.sentence(link)
    at, homes = sentence.place.start or 0, reading.homes(link)
    above = [reading.upper_quote(at + f.start, at + f.end) for f in sentence.deadlines]
    here = [reading.lower_quote(a + f.start, a + f.end) for a, b in homes for f in find_deadlines(reading.lower.text[a:b])]
    return bool(overlap(change.upper, above) or overlap(change.lower, here))


def _meets(change: Change, told: Divergence) -> bool:
    return told.aspect in ("deadline", "frequency") and bool(overlap(change.upper, told.upper) or overlap(change.lower, told.lower))


def _record(link: Link, aspect: str, difference: str, change: Change) -> Divergence:
    pattern = _REASON["replaced" if change.kind == "replaced" else difference]
    zh, en = (words.format(up=change.upper.quote, down=change.lower.quote) for words in pattern)
    return Divergence(
        link.task,
        link.provision,
        link.sentence or "",
        aspect,
        difference,
        DIRECTION[difference],  # type: ignore[arg-type]
        (change.upper,) if change.upper.quote else (),
        (change.lower,) if change.lower.quote else (),
        (zh, en),
        RULE,
        {"kind": change.kind, "what": change.what, "direction": change.direction},
    )


def _own_sentences(reading: Reading, task: str) -> Iterator[Divergence]:
    """Sentences of a task that no link touches: what it adds beside what it takes over."""
    link = reading.strongest(task)
    evidence = [q for one in reading.by_task[task] for q in (*one.task_evidence, *(c.lower for c in one.changes if c.lower.quote))]
    for start, end in reading.stretches(task):
        if not any(q.start < end and start < q.end for q in evidence) and end - start >= SHORTEST_DUTY:
            quote = reading.lower_quote(start, end)
            words = Change("added", "other", Quote(link.provision_evidence[-1].end, link.provision_evidence[-1].end, ""), quote, "tighter")
            yield _record(link, "duty", "new", words)
