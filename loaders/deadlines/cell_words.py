"""Time limits said without a date: 持续开展, 按总局要求执行, 视情况, 方案印发后启动."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.deadlines.patterns import any_of, patterns
from loaders.deadlines.phrases import phrases
from loaders.deadlines.text import HIDDEN, Folded
from loaders.records import Deadline, Recurrence

MARKS = ",;。!?\n"
_LONGEST_NAME = 24
_ASIDE = 7  # so many characters beside the time limit may say something else (立行立改，建立长效机制)
_LONG = 60  # a cell longer than this without a date is rather a description than a time limit


def clauses(folded: Folded, start: int, end: int, *, marks: str = MARKS) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and the mark before (";" where an item begins, "" at the beginning) of each clause that is not empty."""
    text = folded.text
    begin, mark = start, ""
    for index in range(start, end + 1):
        ends = index == end or text[index] in marks
        if not ends and not (index > begin and folded.breaks_at(index)):
            continue
        if begin < index:
            yield begin, index, mark
            mark = ""
        begin = index if not ends else index + 1
        if index < end:
            mark = (text[index] if mark != ";" else ";") if ends else "\n"


def is_ongoing(clause: str) -> bool:
    return bool(phrases().ongoing.match(clause)) and not phrases().about_else.search(clause)


def read_words(folded: Folded) -> Deadline:
    """Return what a cell without a date says: ongoing, by reference, at discretion, at an event; else not-a-deadline.

    Words like 及时 stand in any description of work; a cell is a time limit when little else is said in it.
    """
    raw = folded.raw.strip()
    parts: list[Deadline] = []
    unread = 0
    if len(folded.text) - folded.text.count(HIDDEN) <= _LONG:
        for start, end, _ in clauses(folded, 0, len(folded.text)):
            also = phrases().and_ongoing.search(folded.text, start + 1, end)
            cut = also.start() if also else end
            found = _clause(folded, start, cut) + (_clause(folded, cut, end) if also else [])
            parts += found
            unread += 0 if found else end - start
    parts = _merged(parts) if unread <= _ASIDE else []
    if not parts:
        return Deadline(raw, "not-a-deadline")
    return replace(parts[0], raw=raw) if len(parts) == 1 else Deadline(raw, "composite", parts=tuple(parts))


def reference_of(folded: Folded, start: int, end: int) -> tuple[str, int] | None:
    """Return what 按照…, 根据… refers to and where the reference ends; None when the stretch is no reference."""
    words, data = phrases(), patterns().words["reference"]
    found = words.reference.match(folded.text, start, end)
    if not found or words.bare.match(folded.text, start):
        return None
    opener, body = found["open"], folded.text[found.end() : end]
    if opener in data["weak"]:
        stop = max(body.rfind(closing) for closing in data["weak"][opener])
        fits = 0 < stop <= len(body) - 2 <= stop + 4 and "的" not in body
        return (_named(folded, found.end(), found.end() + stop), end) if fits else None
    head = words.to_head.match(body)
    if head and len(head[0]) - head[0].count(HIDDEN) <= _LONGEST_NAME and _is_light(body[head.end() :]):
        return _named(folded, found.end(), found.end() + head.end()), found.end() + head.end()
    closing = words.closing.match(body)
    if head or opener in data["headed"] or not closing or len(body) - body.count(HIDDEN) > 12:
        return None
    return _named(folded, found.end(), found.end() + closing.end("ref")), end


def _clause(folded: Folded, start: int, end: int) -> list[Deadline]:
    for read in _CLAUSES:
        found = read(folded, start, end)
        if found:
            return found
    return []


def _read_event(folded: Folded, start: int, end: int) -> list[Deadline]:
    event = phrases().event.match(folded.text, start, end)
    if not event or HIDDEN in event["outcome"] or phrases().reference.match(folded.text, start, end):
        return []
    outcome = folded.words(event.start("outcome"), end)
    return [Deadline(folded.words(start, end), "event-start-then-ongoing", triggers=_trigger(folded, event), outcome=outcome)]


def _read_cycle_word(folded: Folded, start: int, end: int) -> list[Deadline]:
    text = folded.text[start:end]
    every = str(patterns().words["cycles"].get(text, ""))
    if every:
        return [Deadline(folded.words(start, end), "recurring-annual" if every == "P1Y" else "recurring", recurs=Recurrence(every))]
    regular = phrases().regularly.match(text)
    return [Deadline(folded.words(start, end), "recurring")] if regular and _is_light(text[regular.end() :]) else []


def _read_reference(folded: Folded, start: int, end: int) -> list[Deadline]:
    words, text, raw = phrases(), folded.text[start:end], folded.words(start, end).strip("、/")
    bare = words.bare.match(text)
    if bare:
        return [Deadline(raw, "by-reference")] if _is_light(text[bare.end() :]) else []
    if words.set_by.match(text):
        return [Deadline(raw, "by-reference", reference=words.set_by_end.sub("", raw))]
    reference = reference_of(folded, start, end)
    if not reference:
        return []
    name, stop = reference
    if words.leaves_it.search(folded.text[start:stop]):
        return [Deadline(raw, "discretionary")]
    part = Deadline(folded.words(start, stop), "by-reference", reference=name)
    rest = folded.text[stop:end]
    return [part, Deadline(folded.words(stop, end), "ongoing")] if rest and is_ongoing(rest) else [replace(part, raw=raw)]


def _read_ongoing(folded: Folded, start: int, end: int) -> list[Deadline]:
    words, text = phrases(), folded.text[start:end].strip("、/")
    if words.about_else.search(text):
        return []
    opening = words.ongoing.match(text)
    rest = text[opening.end() :] if opening else ""
    strong = words.strong_anywhere.search(text)
    by_itself = strong and strong.start() <= 8 and (_is_light(text[strong.end() :]) or (opening and len(text) - strong.end() <= 8))
    return [Deadline(folded.words(start, end).strip("、/"), "ongoing")] if by_itself or (opening and _is_light(rest)) else []


def _read_discretion(folded: Folded, start: int, end: int) -> list[Deadline]:
    words, text, raw = phrases(), folded.text[start:end], folded.words(start, end)
    after = words.eventually.match(folded.text, start, end)
    if after and (not after["outcome"] or _leaves_free(after["outcome"])):
        return [Deadline(raw, "discretionary", triggers=_trigger(folded, after))]
    return [Deadline(raw, "discretionary")] if _leaves_free(text) else []


def _read_before(folded: Folded, start: int, end: int) -> list[Deadline]:
    words, text, raw = phrases(), folded.text[start:end], folded.words(start, end)
    if words.week.match(text):
        return [Deadline(raw, "end-of-period", boundary="notLaterThan" if text[-1] in "前内" else None)]
    before = words.before.match(folded.text, start, end) if start == 0 and end >= len(folded.text) - 1 else None
    if not before or before["event"] in ("事", "以", "之", "目", "当", "此", "提", "年", "月"):
        return []
    name = folded.words(before.start("event"), before.end("event"))
    return [Deadline(raw, "by-reference", reference=name if len(name) > 1 else raw, boundary="notLaterThan")]


def _read_during(folded: Folded, start: int, end: int) -> list[Deadline]:
    found = phrases().during.match(folded.text, start, end) if start == 0 and end >= len(folded.text) - 1 else None
    if not found:
        return []
    return [Deadline(folded.words(start, end), "by-reference", reference=folded.words(found.start("stretch"), found.end("stretch")))]


_CLAUSES = (_read_event, _read_cycle_word, _read_reference, _read_ongoing, _read_discretion, _read_before, _read_during)


def _leaves_free(text: str) -> bool:
    found = phrases().discretionary.match(text.lstrip("要应须需可则"))
    return bool(found) and _is_light(text[text.index(found[0]) + len(found[0]) :]) if found else False


def _is_light(rest: str) -> bool:
    return bool(phrases().light.fullmatch(rest)) or is_ongoing(rest)


def _trigger(folded: Folded, found: re.Match[str]) -> tuple[str, ...]:
    end = found.end("trigger")
    return (folded.words(found.start("trigger"), end + 2 if folded.text.startswith(("之日", "之时"), end) else end),)


def _named(folded: Folded, start: int, end: int) -> str:
    """Return the thing referred to, without quotation marks, and without 相关 unless only a bare 规定, 要求 would be left."""
    name = re.sub('[“”"‘’「」]', "", folded.words(start, end))
    words = patterns().words["reference"]
    for vague in words["vague"]:
        rest = name.removeprefix(vague)
        if rest != name and not re.fullmatch(rf"(?:{any_of(words['heads'])})+", rest):
            return rest
    return name


def _merged(parts: list[Deadline]) -> list[Deadline]:
    """Return parts that differ: an event with 并持续开展 is one time limit, twice ongoing is once."""
    kept: list[Deadline] = []
    for part in parts:
        if part.kind == "ongoing" and kept and kept[0].kind == "event-start-then-ongoing":
            kept[0] = replace(kept[0], then_ongoing=True)
        elif part.kind not in {other.kind for other in kept}:
            kept.append(part)
        elif part.kind == "by-reference" and part.reference and kept[-1].kind == "by-reference":
            kept[-1] = replace(kept[-1], reference=f"{kept[-1].reference}、{part.reference}" if kept[-1].reference else part.reference)
    return kept
