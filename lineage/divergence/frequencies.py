"""How often, or to what share, a text asks for something: 每季度至少1次 against 每年1次, by the rate a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lineage.divergence.reading import Reading
from lineage.fold import fold_plain
from lineage.limits import days_of
from lineage.records import Divergence, Link, Quote
from loaders.deadlines import find_frequencies
from loaders.records import Frequency
from loaders.words import words

RULE = "deadline-by-kind"
DIRECTION = {"same": "neutral", "higher": "tighter", "new": "tighter", "lower": "looser", "gone": "looser", "not-comparable": "unclear"}
_RATE = re.compile(  # 月探访率达到100%; 年增长率 is no rate of visits
    r"(?<![每\d一二三四五六七八九十两半个当本上同])(日|周|月|季度?|年)(?!增长|利|均|收益|化|息)([\u4e00-\u9fff]{2,3})率(?=达|为|不低于|要|应|保持|\d)"
)
_PERIOD = {"日": "P1D", "周": "P1W", "月": "P1M", "季": "P3M", "年": "P1Y"}
_MANY = 100  # that many a year are no rounds of one thing
_MARK = re.compile("[，。；：、\t\n]")
_RHYTHM = re.compile("每[个]?(?:[一二两三四五六半0-9]*[个]?)(?:日|天|周|月|季度?|年|次)|定期|[0-9一二两三四五六七八九十万千百]+[人]?次")


@dataclass(frozen=True, slots=True)
class Asked:
    """One frequency and its words."""

    frequency: Frequency
    quote: Quote


def frequency_divergences(reading: Reading) -> Iterator[Divergence]:
    """Yield one record for each frequency of either side."""
    for task, links in reading.by_task.items():
        own = _own(reading, task)
        left = list(own)
        for link in links:
            for implied, said in _in_rates(reading, link, left):
                left.remove(said)
                yield _compared(link, implied, said)
            for asked in _asked(reading, link):
                partner = max(left, key=lambda o: _alike(asked, o), default=None)
                if partner is not None:
                    left.remove(partner)
                    found = _compared(link, asked, partner)
                    about_one = found.difference not in ("higher", "lower") or _of_one_thing(reading, asked, partner)
                    yield found if about_one else _apart(link, asked, partner)
                elif denied := _denied(reading, link, asked):
                    yield _otherwise(link, asked, denied)
                elif reading.carries(link, asked.quote.start, asked.quote.end):
                    zh, en = f"上级“{asked.quote.quote}”，本级未见频次。", f"{asked.quote.quote} above; no frequency here."
                    yield _record(link, "gone", asked, None, (zh, en))
        above = "".join(fold_plain(reading.sentence(link).text) for link in links)
        for other in left:
            inside = [one for one in links if any(a <= other.quote.start < b for a, b in reading.homes(one))]
            if inside and fold_plain(other.quote.quote) not in above:
                zh, en = (
                    f"上级该句没有频次，本级写明“{other.quote.quote}”。",
                    f"The upper sentence sets no frequency; here {other.quote.quote}.",
                )
                yield _record(inside[0], "new", None, other, (zh, en))


def _in_rates(reading: Reading, link: Link, own: list[Asked]) -> list[tuple[Asked, Asked]]:
    """Return what a rate asks for without saying so, with the frequency of the same thing here: 月探访率100%, 每月探访一次."""
    sentence = reading.sentence(link)
    found: list[tuple[Asked, Asked]] = []
    for hit in _RATE.finditer(sentence.text):
        start = (sentence.place.start or 0) + hit.start()
        implied = Asked(Frequency(hit.start(), hit.end(), hit[0], _PERIOD[hit[1][0]], 1), reading.upper_quote(start, start + len(hit[0])))
        partner = next((o for o in own if not o.frequency.share and hit[2] in reading.lower.text[slice(*_piece(reading, o))]), None)
        if partner and all(partner is not other for _, other in found):
            found.append((implied, partner))
    return found


def _piece(reading: Reading, own: Asked) -> tuple[int, int]:
    """Return the piece between two marks that a frequency stands in."""
    return _between_marks(reading.lower.text, own.quote)


def _between_marks(text: str, quote: Quote) -> tuple[int, int]:
    start = max((hit.end() for hit in _MARK.finditer(text, max(0, quote.start - 60), quote.start)), default=max(0, quote.start - 60))
    end = _MARK.search(text, quote.end)
    return start, min(end.start() if end else len(text), quote.end + 60)


def _of_one_thing(reading: Reading, asked: Asked, own: Asked) -> bool:
    """Do two frequencies share a word beside them? 每年培训1万人次 and 每月发放津贴 do not."""
    sides = []
    for text, quote in ((reading.upper.text, asked.quote), (reading.lower.text, own.quote)):
        start, end = _between_marks(text, quote)
        plain = fold_plain(_RHYTHM.sub("，", text[start:end]))
        sides.append({plain[i : i + 2] for i in range(len(plain) - 1)})
    return bool(sides[0] & sides[1]) or not all(sides)


def _apart(link: Link, upper: Asked, lower: Asked) -> Divergence:
    zh = f"上级“{upper.quote.quote}”，本级“{lower.quote.quote}”，所指不同，不能直接比较。"
    en = f"{upper.quote.quote} above, {lower.quote.quote} here: of different things, not comparable."
    return _record(link, "not-comparable", upper, lower, (zh, en))


def _denied(reading: Reading, link: Link, asked: Asked) -> Quote | None:
    """Return the words that take a frequency back, None when there are none: 定期抽查 above, 不定期抽查 here."""
    for start, end in reading.homes(link):
        at = reading.lower.text.find("不" + asked.quote.quote, start, end)
        if at >= 0:
            return reading.lower_quote(at, at + 1 + len(asked.quote.quote))
    return None


def _otherwise(link: Link, asked: Asked, other: Quote) -> Divergence:
    zh, en = f"上级“{asked.quote.quote}”，本级写作“{other.quote}”。", f"{asked.quote.quote} above, {other.quote} here."
    found = _record(link, "not-comparable", asked, None, (zh, en))
    return replace(found, aspect="wording", difference="replaced", direction="replaced", lower=(other,))


def _asked(reading: Reading, link: Link) -> list[Asked]:
    at, text = reading.sentence(link).place.start or 0, reading.upper.text
    return [Asked(f, Quote(at + f.start, at + f.end, text[at + f.start : at + f.end])) for f in reading.sentence(link).frequencies]


def _own(reading: Reading, task: str) -> list[Asked]:
    text = reading.lower.text
    return [
        Asked(f, Quote(start + f.start, start + f.end, text[start + f.start : start + f.end]))
        for start, end in reading.stretches(task)
        for f in find_frequencies(text[start:end])
    ]


def _alike(one: Asked, other: Asked) -> int:
    pairs = [{plain[i : i + 2] for i in range(len(plain) - 1)} for plain in (fold_plain(one.quote.quote), fold_plain(other.quote.quote))]
    return len(pairs[0] & pairs[1])


def _compared(link: Link, upper: Asked, lower: Asked) -> Divergence:
    one, other = _rate(upper.frequency), _rate(lower.frequency)
    if one is None or other is None:
        one, other = _by_period(upper.frequency, lower.frequency)
    if one is None or other is None or one[1] != other[1]:
        difference = "same" if fold_plain(upper.quote.quote) == fold_plain(lower.quote.quote) else "not-comparable"
    else:
        difference = "same" if abs(one[0] - other[0]) < 1e-6 else "higher" if other[0] > one[0] else "lower"
    ceilings = [_is_ceiling(side.quote.quote) for side in (upper, lower)]
    word = {"same": "相同", "higher": "本级更高", "lower": "本级更低", "not-comparable": "不能直接比较"}[difference]
    if ceilings[0] != ceilings[1]:  # 不少于1次 against 不超过1次
        difference, word = ("lower", "下限成了上限") if ceilings[1] else ("higher", "上限成了下限")
    zh = f"上级“{upper.quote.quote}”，本级“{lower.quote.quote}”，{word}。"
    en = f"{upper.quote.quote} above, {lower.quote.quote} here: {difference}."
    return _record(link, difference, upper, lower, (zh, en))


def _is_ceiling(words_of: str) -> bool:
    """Do the words ask for so much at the most? (不少于 is no 少于.)"""
    hits = re.finditer("|".join(sorted(map(re.escape, words("quantities")["ceiling_before"]), key=len, reverse=True)), words_of)
    return any(words_of[max(0, hit.start() - 1) : hit.start()] not in ("不", "得") for hit in hits)


def _rate(frequency: Frequency) -> tuple[float, str] | None:
    """Return the rate a year and what it counts: times, or a share in percent; None where the words give no number."""
    days = days_of(frequency.every) if frequency.every else None
    a_year = 365 / days if days else 1.0
    if frequency.share and (hit := re.search(r"\d+(?:\.\d+)?", frequency.share)):
        return float(hit[0]) * a_year, "share"
    return (frequency.at_least * a_year, "times") if frequency.at_least is not None else None


def _by_period(upper: Frequency, lower: Frequency) -> tuple[tuple[float, str] | None, tuple[float, str] | None]:
    """Return both rates with once for a number that is not said, where the periods are the same words or differ: 每年一次 against 每两年.

    每年 against 每年两次 stays open: nobody said how often the first asks for it; so does 每月发放 against 每年培训1万人次.
    """
    counts = {f.at_least for f in (upper, lower)}
    if None in counts and max(f.at_least or 0 for f in (upper, lower)) >= _MANY:
        return None, None
    if upper.share or lower.share or not upper.every or not lower.every or (upper.every == lower.every and counts != {None}):
        return None, None
    once = [days_of(f.every or "") for f in (upper, lower)]
    rates = [(365 / days * (f.at_least or 1), "times") if days else None for days, f in zip(once, (upper, lower), strict=True)]
    return rates[0], rates[1]


def _record(link: Link, difference: str, upper: Asked | None, lower: Asked | None, reason: tuple[str, str]) -> Divergence:
    sides = {"upper": upper, "lower": lower}
    parts = {
        name: {"every": a.frequency.every, "at_least": a.frequency.at_least, "share": a.frequency.share} for name, a in sides.items() if a
    }
    return Divergence(
        link.task,
        link.provision,
        link.sentence or "",
        "frequency",
        difference,
        DIRECTION[difference],  # type: ignore[arg-type]
        (upper.quote,) if upper else (),
        (lower.quote,) if lower else (),
        reason,
        RULE,
        parts,
    )
