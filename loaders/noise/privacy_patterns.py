"""Personal numbers and addresses in a text: mobile phones, identity cards, bank cards, private e-mail.

Landlines and hotlines (010-…, 12345, 12366) are an office's and match nothing here. A number must prove itself by its check digit
or by the words beside it: a file number or a sum of money is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from loaders.words import words

MOBILE, IDENTITY, CARD, MAIL = "mobile", "identity", "card", "mail"
_WIDE = str.maketrans("０１２３４５６７８９－＋＠．ｘＸ　", "0123456789-+@.xX ")
_SEP = r"[ \-–—·]?"
_GROUPED = rf"\d{{8}}|{_SEP}\d{{4}}{_SEP}\d{{4}}|\d[ \-–—·]\d{{3}}{_SEP}\d{{4}}|[ \-–—·]\d{{3}}{_SEP}\d{{5}}"
_MOBILE = re.compile(
    rf"(?:(?<=[Tt]el)|(?<=TEL)|(?<![0-9A-Za-z.])(?<!\d-))(?:\(?\+?86\)?[ \-]?|0)?1[3-9]\d(?:{_GROUPED})(?![0-9A-Za-z]|\.\d)"
)
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5} ?(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]) ?\d{3}[0-9Xx](?![0-9A-Za-z])"
)
_OLD_IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])")
_CARD = re.compile(r"(?<![0-9A-Za-z\-])[3-6]\d{3}(?: ?\d{4}){3}(?: ?\d{1,3})?(?![0-9A-Za-z])|(?<![0-9A-Za-z\-])62\d{14,17}(?![0-9A-Za-z])")
_HOST = r"[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{2,20}){1,3}"
_MAIL = re.compile(rf"(?<![A-Za-z0-9._%+\-])([A-Za-z0-9][A-Za-z0-9._%+\-]{{0,63}})@({_HOST})(?![A-Za-z0-9])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def personal_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and kind of what is personal in a piece of text, in no order; spans may overlap."""
    rules, plain = words("privacy"), text.translate(_WIDE)
    if not re.search(r"\d{3}|@", plain):
        return
    for hit in _MOBILE.finditer(plain):
        if not re.match(rules["units"], plain[hit.end() : hit.end() + 4]):
            yield *hit.span(), MOBILE
    for hit in _IDENTITY.finditer(plain):
        if _proves_identity(hit[0].replace(" ", "")) or _beside(plain, hit.start(), rules["near_id"]):
            yield *hit.span(), IDENTITY
    for hit in _OLD_IDENTITY.finditer(plain):
        if _beside(plain, hit.start(), rules["near_id"]):
            yield *hit.span(), IDENTITY
    for hit in _CARD.finditer(plain):
        digits = hit[0].replace(" ", "")
        if _luhn(digits) and (digits.startswith("62") or _beside(plain, hit.start(), rules["near_card"])):
            yield *hit.span(), CARD
    for hit in _MAIL.finditer(plain):
        if _is_private_mail(plain, hit):
            yield *hit.span(), MAIL


def _beside(text: str, at: int, listed: list[str]) -> bool:
    before = text[max(0, at - 16) : at]
    return any(word in before for word in listed)


def _proves_identity(digits: str) -> bool:
    """The check digit of GB 11643-1999."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == digits[17].upper()


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (2 if at % 2 else 1) for at, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _is_private_mail(text: str, hit: re.Match[str]) -> bool:
    """A free provider's address, unless an office gives it as its own; one that is a QQ or phone number is always a person's."""
    rules = words("privacy")
    if hit[2].lower() not in _providers():
        return False
    if hit[1].isdigit():
        return True
    before = text[max(0, hit.start() - 30) : hit.start()]
    clause = re.split(r"[，。；,;\n\t]", before)[-1]
    return any(word in before for word in rules["person"]) or not any(word in clause for word in rules["office_mail"])


@cache
def _providers() -> frozenset[str]:
    return frozenset(words("privacy")["mail"])
