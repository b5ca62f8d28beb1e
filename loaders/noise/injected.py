"""Fragments foreign to the document: advertisements, app names, addresses and accounts that a page left in a text.

Only what cannot belong is *certain* (an advertisement's own words; a brand glued to an app's name) and is masked when shown;
the rest is reported as info.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, islice

from loaders.noise.found import finding
from loaders.records import Finding
from loaders.words import words

HAN = r"一-鿿"
MOST = 1000  # a page of nothing but advertisements is read no further
CODE = "suspected-injected-text"
CERTAIN_ZH = "疑似被插入的广告文字：原文保留，引用时遮盖，不作还原。"
CERTAIN_EN = "Text foreign to the document, probably injected: kept in raw, masked when quoted, not restored."
NOTICED_ZH = "可能是混入的内容，请核对；原文保留。"
NOTICED_EN = "Possibly not part of the document; please check; text kept."
_EDGE = re.compile(rf"[^{HAN}A-Za-z0-9]")
_LINKING = "和与及或的用过在载是有为、"
_ADDRESS = re.compile(r"(?<![A-Za-z0-9@./\-])(?:https?://|www\.)[A-Za-z0-9.\-]+\.[a-z]{2,6}(?:[/?][A-Za-z0-9./?=&%_#\-]*)?(?![A-Za-z0-9@])")
_ISLAND = re.compile(rf"(?<=[{HAN}])[A-Za-z]{{3,20}} +(?=”)")

_TYPED = re.compile(rf"(?<=[{HAN}、，])[a-z]{{2,12}}(?=[{HAN}、，])")  # letters left in the middle of Chinese words
_PICTURE = re.compile("[\U0001f000-\U0001faff\u2600-\u2604\u2614-\u2618\u263a\u2764\ufe0f]+")
_LATIN = re.compile(r"(?<![A-Za-z])(?:[a-z]{2,}[ ]+){3,}[a-z]{2,}(?![A-Za-z])")
_FORMULA = re.compile(r"(?<![A-Za-z0-9=])[=+@-][A-Z][A-Z0-9.]{1,30}\([^()\n]{0,200}\)")  # a spreadsheet's formula left in words
_MARKUP = re.compile(
    r"(?:&(?:nbsp|lt|gt|amp|quot|ldquo|rdquo|mdash|#\d{2,5});"
    r"|</?(?:p|br|div|span|font|b|strong|td|tr|table|a|img|script|style)\b[^<>\n]{0,200}>)+",
    re.IGNORECASE,
)


def injected_findings(text: str) -> Iterator[Finding]:
    """Yield what was probably put into a text by others, each stretch once."""
    last = -1
    for start, end, certain in sorted(islice(chain(_certain(text), _noticed(text)), MOST), key=lambda span: (span[0], not span[2])):
        if start < last:
            continue
        last = end
        if certain:
            yield finding(CODE, "warning", text, start, end, CERTAIN_ZH, CERTAIN_EN)
        else:
            yield finding(CODE, "info", text, start, end, NOTICED_ZH, NOTICED_EN)


def certain_spans(findings: Sequence[Finding]) -> tuple[tuple[int, int], ...]:
    """Return the stretches that reports, pages and answers mask with ▇ (the JSON and the graph keep the words), in order."""
    return tuple(sorted((f.place.start or 0, f.place.end or 0) for f in findings if f.code == CODE and f.severity == "warning"))


def _certain(text: str) -> Iterator[tuple[int, int, bool]]:
    rules = words("noise")
    yield from ((*hit.span(), True) for hit in _FORMULA.finditer(text))
    for hit in _any_of(tuple(rules["injected"])).finditer(text):
        if not _near(_said_of(text, *hit.span()), rules["fought"]):
            yield hit.start(), hit.end(), True
    for pattern in rules["instructions"]:
        for hit in re.finditer(pattern, text, re.IGNORECASE):
            forbidden = re.search("[不勿免防禁忌]", text[max(0, hit.start() - 6) : hit.start()].rpartition("。")[2])
            if not forbidden and not _near(_sentence(text, *hit.span()).replace(hit[0], ""), rules["fought"]):
                end = _clause_end(text, hit.end())
                address = _ADDRESS.search(text, hit.start(), end)  # an advertisement ends with its site; what follows is the office's
                yield hit.start(), max(hit.end(), address.end()) if address else end, True
    shapes = "|".join(map(re.escape, rules["app_shapes"]))
    for hit in re.finditer(rf"(?:{shapes})(?:版)?\s*(?:app)(?![A-Za-z])", text, re.IGNORECASE):
        start, end = _widen(text, *hit.span())
        own = text[start : hit.start()]
        glued = own and own[0] not in _LINKING and own[-1] not in _LINKING
        if glued and not _near(text[max(0, start - 6) : end + 6], rules["meant"], hit[0]):
            yield start, end, True


def _is_spam(host: str) -> bool:
    """A site named by a row of figures (hg8888), which no service line is, or under a domain of advertisers."""
    named = re.search(r"\d{3,}", host.rpartition(".")[0])
    line = re.search(r"(?<!\d)(?:1[02]\d{3}|9[56]\d{3,4})(?!\d)", host)
    return host.endswith(tuple(words("noise")["spam_sites"])) or bool(named and not line)


def _noticed(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield addresses of other sites and private accounts in the middle of a sentence, and Latin letters left before a closing quote."""
    rules = words("noise")
    for hit in _ADDRESS.finditer(text):
        host = re.sub(r"^(?:https?://)?", "", hit[0]).partition("/")[0]
        before = text[max(0, hit.start() - 14) : hit.start()]
        inside = re.search(rf"[{HAN}]$", before) and re.match(rf"[{HAN}]", text[hit.end() : hit.end() + 1])
        spam = _is_spam(host)
        if not host.endswith(tuple(rules["own_sites"])) and (spam or (inside and not _near(before, rules["announce"]))):
            yield hit.start(), hit.end(), False
    accounts = "|".join(map(re.escape, rules["accounts"]))
    named = r"(?:号码|群号|号|群)?\s*[:：]?\s*[A-Za-z]?[A-Za-z0-9_\-]{5,19}(?![A-Za-z0-9])"
    for hit in re.finditer(rf"(?<![A-Za-z])(?:{accounts}){named}", text):
        beside = text[max(0, hit.start() - 20) : hit.start()] + text[hit.end() : hit.end() + 8]
        if re.search(r"\d{5}", hit[0]) and not _near(beside, rules["reach"]):
            yield hit.start(), hit.end(), False
    for hit in _MARKUP.finditer(text):
        yield hit.start(), hit.end(), False
    for hit in (*_PICTURE.finditer(text), *(_LATIN.finditer(text) if _is_chinese(text) else ())):
        yield *hit.span(), False
    for hit in _TYPED.finditer(text):
        if text.count(hit[0]) == 1 and hit[0] not in rules["latin_words"]:
            yield *hit.span(), False
    for hit in _ISLAND.finditer(text):
        yield hit.start(), hit.start() + len(hit[0].rstrip()), False


def _is_chinese(text: str) -> bool:
    return len(re.findall(f"[{HAN}]", text)) > 4 * len(re.findall("[A-Za-z]", text))


@cache
def _any_of(listed: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(listed, key=len, reverse=True))), re.IGNORECASE)


def _near(around: str, listed: Sequence[str], *but: str) -> bool:
    for own in but:
        around = around.replace(own, "")
    return any(word in around for word in listed)


def _sentence(text: str, start: int, end: int) -> str:
    begin = max(text.rfind(mark, max(0, start - 60), start) for mark in "。；\n\t")
    stop = min((at for at in (text.find(mark, end, end + 60) for mark in "。；\n\t") if at >= 0), default=end + 60)
    return text[max(begin, start - 60, 0) : stop]


def _said_of(text: str, start: int, end: int) -> str:
    """Return the sentence up to the words and the rest of their own clause: what a later clause speaks of is something else."""
    begin = max(text.rfind(mark, max(0, start - 60), start) for mark in "。；\n\t")
    return text[max(begin, start - 60, 0) : start] + re.split("[，,。；;\n\t]", text[end : end + 60])[0]


def _clause_end(text: str, end: int) -> int:
    """Return where the sentence that begins with an instruction ends, at most 80 characters on."""
    return next((at + 1 for at in range(end, min(len(text), end + 80)) if text[at] in "。；！？\n\t"), end)


def _widen(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen to the nearest mark on the left when a name of at most four characters stands there, else leave it."""
    left = start
    while left > 0 and start - left < 5 and not _EDGE.match(text[left - 1]):
        left -= 1
    return (left if start - left < 5 else start), end
