"""Markdown's marks taken off a line: emphasis, links, code spans, escapes, HTML tags. The words stay."""

from __future__ import annotations

import html
import re

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.{1,500}?)(?<!`)\1(?!`)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = re.compile(r"[ \t]*<br\s*/?>[ \t]*", re.I)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
_CELL_END = re.compile(r"</t[dh]>\s*(?=<t[dh])", re.I)
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s+[\"'][^\"']*[\"'])?\)|\[[^\[\]]*\])")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]+)>")
_STRONG = re.compile(r"(\*\*\*|\*\*|~~)(?=\S)(.{1,500}?)(?<=\S)\1")
_STRONG_LOW = re.compile(r"(?<![\w])(__|_)(?=\S)(.{1,500}?)(?<=\S)\1(?![\w])")
_EMPHASIS = re.compile(r"(?<!\*)\*(?=[^\s*])([^*]{1,500}?)(?<=[^\s*])\*(?!\*)")
_LONGEST = 20_000


def plain(text: str) -> str:
    """Return a line's words.

    >>> plain("**牵头**：[办公室](http://x) 按 `a|b` 办理\\\\*")
    '牵头：办公室 按 a|b 办理*'
    """
    if len(text) > _LONGEST or not re.search(r"[\\`*_~\[<&]", text):
        return text
    kept: list[str] = []

    def keep(words: str) -> str:
        kept.append(words)
        return f"\ufdd0{len(kept) - 1}\ufdd1"

    text = _CODE.sub(lambda hit: keep(hit[2].strip() if hit[2].strip() else hit[2]), text)
    text = _ESCAPE.sub(lambda hit: keep(hit[1]), text)
    text = _AUTOLINK.sub(lambda hit: keep(hit[1]), text)
    text = _BREAK.sub("\n", _CELL_END.sub(" ", _COMMENT.sub("", text)))
    text = _TAG.sub("", text)
    text = _LINK.sub(lambda hit: hit[1], text)
    for _ in range(2):
        text = _STRONG.sub(lambda hit: hit[2], text)
        text = _STRONG_LOW.sub(lambda hit: hit[2], text)
    text = html.unescape(_EMPHASIS.sub(lambda hit: hit[1], text)).replace("\xa0", " ")
    return re.sub("\ufdd0(\\d+)\ufdd1", lambda hit: kept[int(hit[1])] if int(hit[1]) < len(kept) else "", text)


def split_row(line: str) -> list[tuple[str, int]]:
    """Return the cells of a pipe table's line with their offsets in it; \\| and a | in a code span divide nothing.

    >>> [cell for cell, _ in split_row(r"| a \\| b | `c|d` |")]
    ['a \\\\| b', '`c|d`']
    """
    spans = [(hit.start(), hit.end()) for hit in _CODE.finditer(line)] if "`" in line and len(line) <= _LONGEST else []
    cuts, at, span = [], 0, 0
    while at < len(line):
        while span < len(spans) and spans[span][1] <= at:
            span += 1
        if span < len(spans) and spans[span][0] <= at:
            at = spans[span][1]
            continue
        if line[at] == "\\":
            at += 2
            continue
        if line[at] == "|":
            cuts.append(at)
        at += 1
    bounds = [-1, *cuts, len(line)]
    parts = [(line[begin + 1 : end], begin + 1) for begin, end in zip(bounds, bounds[1:], strict=False)]
    if len(parts) > 1 and not parts[0][0].strip():
        parts = parts[1:]
    if len(parts) > 1 and not parts[-1][0].strip():
        parts = parts[:-1]
    return [(part.strip(), offset + len(part) - len(part.lstrip())) for part, offset in parts]
