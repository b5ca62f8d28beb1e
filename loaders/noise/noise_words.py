"""Words that look wrong: typing errors, characters mistaken by recognition, letters in numbers, traditional forms, words said twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from loaders.noise.found import finding, first_of_each
from loaders.records import Finding
from loaders.words import words

HAN = r"一-鿿"
_CODE = re.compile(r"(?<![0-9A-Za-z.\-_/])[0-9OolI]{2,}(?![0-9A-Za-z.\-_/])")
_INSIDE = re.compile(r"[0-9][OolI]+[0-9]")
_COUNTED = re.compile(r"[年月日号%％〕个项条]")
# Beside a Latin letter or a digit, or alone among Chinese characters: a Russian word is longer.
_CYRILLIC = rf"(?<=[A-Za-z0-9])[{{0}}]|[{{0}}](?=[A-Za-z0-9])|(?<=[{HAN}“”（])[{{0}}](?=[{HAN}“”）])"
_HAN_ZERO = re.compile(r"(?<=[一二三四五六七八九])[OoΟОｏＯ](?=[一二三四五六七八九年])")
_LONG_TWICE = re.compile(rf"([{HAN}]{{3,10}})\1+")
_WORD_TWICE = re.compile(r"(?<![一二三四五六七八九十两几])((?![一二三四五六七八九十两几逐])[一-鿿](?![的是了人一个])[一-鿿])\1(?!\1)")
_DATE_TWICE = re.compile(r"((?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?(?:底|末)?前?|\d{4}年底前?)\1")
_CLAUSE_TWICE = re.compile(rf"([{HAN}“”《》]{{4,60}}[，,；;、])\1+")
_SENTENCE_MARK = re.compile(r"[，。；：、！？,;:!?\n\t（(“《]")
_NUMERAL = re.compile(r"[一二三四五六七八九十零百千万亿]")


def word_findings(text: str) -> Iterator[Finding]:
    """Yield words that are probably wrong; nothing is changed."""
    rules = words("confusables")
    for key, code, zh, en in (
        ("typos", "typo-suspected", "疑似错别字", "Probably a wrong character"),
        ("recognised", "confusable-character", "疑似形近字误识", "Probably a look-alike character"),
    ):
        pattern = _wrong_words(key)
        for hit in pattern.finditer(text):
            right = _right(rules[key][hit[0]])
            said = f"{zh}，通常写作“{right}”；原文保留。", f"{en}, usually written {right}; text kept."
            yield finding(code, "info", text, *hit.span(), *said)
    yield from _letters_in_numbers(text)
    yield from _traditional(text)
    yield from _said_twice(text)
    yield from _missing_marks(text)


def _right(entry: str | dict[str, str]) -> str:
    return entry if isinstance(entry, str) else entry["right"]


@cache
def _wrong_words(key: str) -> re.Pattern[str]:
    """One pattern for all wrong words of a kind, each with the neighbours that would make it right ruled out."""
    return re.compile("|".join(_guarded(wrong, entry) for wrong, entry in words("confusables")[key].items()) or "(?!)")


def _guarded(wrong: str, entry: str | dict[str, str]) -> str:
    said = {} if isinstance(entry, str) else entry
    before = f"(?<![{re.escape(said['not_after'])}])" if said.get("not_after") else ""
    after = f"(?![{re.escape(said['not_before'])}])" if said.get("not_before") else ""
    return before + re.escape(wrong) + after


def _letters_in_numbers(text: str) -> Iterator[Finding]:
    """2O17年, 1O%: a letter between digits, or in a number that is followed by what is counted; O2O and 5l are none."""
    for hit in _CODE.finditer(text):
        run = hit[0]
        digits = sum(c.isdigit() for c in run)
        if 0 < digits < len(run) and run[0] not in "OIo" and (_INSIDE.search(run) or _COUNTED.match(text, hit.end())):
            meant = run.translate(str.maketrans("OolI", "0011"))
            zh, en = f"数字中夹有字母，应为“{meant}”；原文保留。", f"A letter inside a number, probably {meant}; text kept."
            yield finding("confusable-character", "info", text, *hit.span(), zh, en)
    for hit in _HAN_ZERO.finditer(text):
        zh, en = "年份中的“〇”写作字母；原文保留。", "A letter for 〇 in a year; text kept."
        yield finding("confusable-character", "info", text, *hit.span(), zh, en)
    pairs = dict(_pairs("cyrillic"))
    found = re.finditer(_CYRILLIC.format("".join(pairs)), text)

    def say(quote: str) -> tuple[str, str]:
        script = ("希腊", "Greek") if "\u0370" <= quote < "\u0400" else ("西里尔", "Cyrillic")
        return f"{script[0]}字母混作拉丁字母“{pairs[quote]}”", f"A {script[1]} letter that looks like the Latin {pairs[quote]}"

    yield from first_of_each("confusable-character", "info", text, (hit.span() for hit in found), say)


def _traditional(text: str) -> Iterator[Finding]:
    """Single traditional characters in a text that is otherwise simplified; of a traditional text this is said once."""
    pairs = dict(_pairs("variants")) | dict(_pairs("traditional"))
    hits = [hit.span() for hit in re.finditer(f"[{''.join(pairs)}]", text)]
    if hits and 20 * len(hits) <= len(re.findall(f"[{HAN}]", text)):

        def say(quote: str) -> tuple[str, str]:
            return f"简体文本中夹有繁体字，简体为“{pairs[quote]}”", f"A traditional character in a simplified text, {pairs[quote]} there"

        yield from first_of_each("traditional-character", "info", text, hits, say)
    elif hits:
        zh = "全文为繁体字；读取规则的用词是简体，职责括注、时限等可能没有读出。请转成简体后再读。"
        en = "The text is in traditional characters; the rules know simplified words and may miss roles and time limits. Convert it first."
        yield finding("traditional-character", "warning", text, *hits[0], zh, en)


def _pairs(key: str) -> Iterable[tuple[str, str]]:
    return ((pair[0], pair[1]) for pair in words("confusables")[key].split())


def _said_twice(text: str) -> Iterator[Finding]:
    rules = words("confusables")["repeated"]
    listed = "|".join(map(re.escape, rules["words"]))
    hits = [
        *re.finditer(rf"([{rules['single']}])\1+|等{{3,}}|({listed})\2+", text),
        *_LONG_TWICE.finditer(text),
        *(hit for hit in _WORD_TWICE.finditer(text) if hit[1] not in rules["said_again"]),
        *_CLAUSE_TWICE.finditer(text),
        *_DATE_TWICE.finditer(text),
    ]
    for hit in sorted(hits, key=re.Match.start):
        around = text[max(0, hit.start() - 4) : hit.end() + 4]
        if any(right in around for right in rules["right"]) or _NUMERAL.match(hit[0]):
            continue
        zh, en = "疑似重复的字词；原文保留。", "A word that is probably said twice; text kept."
        yield finding("repeated-word", "info", text, *hit.span(), zh, en)


def _missing_marks(text: str) -> Iterator[Finding]:
    """…公开有关税收执法信息|加大执法依据…: a verb that opens a clause right after the object of another one.

    Only where the stretch before it has its own verb and nothing (对, 将, 把) that would make the later verb govern it.
    """
    rules = words("noise")["missing_mark"]
    for hit in re.finditer(rf"(?:{rules['nouns']})(?={rules['verbs']})", text):
        clause = _SENTENCE_MARK.split(text[max(0, hit.end() - 80) : hit.end()])[-1]
        if len(clause) < rules["least_before"] or re.search(rules["governs"], clause) or not re.search(rules["acts"], clause):
            continue
        after = re.compile(rules["verbs"]).match(text, hit.end())
        end = after.end() if after else hit.end()
        zh, en = "两个分句之间疑似缺少标点；原文保留。", "A mark seems to be missing between two clauses; text kept."
        yield finding("missing-punctuation", "info", text, hit.start(), end, zh, en)
