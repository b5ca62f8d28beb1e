"""Keys made of words, so that a decision finds what it was about after ids have moved, and opens again when the words have changed."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

_KEY = re.compile(r"k-[0-9a-f]{12}-[0-9a-f]{12}")


def words_hash(words: str) -> str:
    """Return the hash of a text; width and blanks do not count, punctuation does (a 。 for a ； may change a duty).

    >>> words_hash("应 当（公开）") == words_hash("应当(公开)") != words_hash("应当公开")
    True
    """
    folded = "".join(unicodedata.normalize("NFKC", words).split())
    return hashlib.sha256(folded.encode()).hexdigest()[:12]


def all_hash(hashes: Iterable[str]) -> str:
    """Return one hash for all texts of a side, whatever their order: "none of them" holds as long as they are the same."""
    return hashlib.sha256(" ".join(sorted(set(hashes))).encode()).hexdigest()[:12]


def key_of(task_hash: str, provision_hash: str) -> str:
    """Return the key of an item; the letter in front keeps a spreadsheet from taking 12e4… for a number."""
    return f"k-{task_hash}-{provision_hash}"


def split_key(key: str) -> tuple[str, str] | None:
    """Return the two hashes of a key, None when it is none."""
    return (key[2:14], key[15:]) if _KEY.fullmatch(key) else None
