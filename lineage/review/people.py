"""Who decides: a name people type, as an id that stays (an ORCID, or the name itself)."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote

from zhengmai.errors import BadDecision

_ORCID = re.compile(r"(?:(?:https?://)?orcid\.org/|orcid:)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.IGNORECASE)
_LONGEST = 80


def reviewer_id(name: str) -> tuple[str, str]:
    """Return the id of a reviewer and the name to show.

    >>> reviewer_id("Li  Ming"), reviewer_id("https://orcid.org/0000-0002-1825-0097")
    (('person:li-ming', 'Li Ming'), ('orcid:0000-0002-1825-0097', '0000-0002-1825-0097'))

    :raises BadDecision: for an empty or endless name, or an ORCID whose check digit is wrong.
    """
    given = unquote(name.strip().removeprefix("person:")) if name.strip().startswith("person:") else name
    shown = " ".join(unicodedata.normalize("NFKC", given).split())
    if hit := _ORCID.fullmatch(shown):
        orcid = hit[1].upper()
        if _check_digit(orcid) != orcid[-1]:
            raise _unfit(name, "an ORCID whose last character is its check digit", "ORCID 校验位有误。")
        return f"orcid:{orcid}", orcid
    plain = "".join(c for c in shown if c.isalnum() or c in " -._")
    if not plain.strip(" -._") or len(shown) > _LONGEST:
        raise _unfit(name, f"a name of 1 to {_LONGEST} characters, or an ORCID", "请填写复核人姓名或 ORCID。")
    return "person:" + quote(plain.strip().lower().replace(" ", "-"), safe="-._"), shown


def shown_name(reviewer: str) -> str:
    """Return the name to show of a reviewer's id.

    >>> shown_name("person:%E5%BC%A0%E4%B8%89"), shown_name("orcid:0000-0002-1825-0097")
    ('张三', 'orcid:0000-0002-1825-0097')
    """
    return unquote(reviewer.removeprefix("person:"))


def _check_digit(orcid: str) -> str:
    """ISO 7064 mod 11-2, as orcid.org computes it."""
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def _unfit(name: str, expected: str, zh: str) -> BadDecision:
    return BadDecision(where="reviewer", found=repr(name[:60]), expected=expected, fix="give --reviewer a name", zh=zh)
