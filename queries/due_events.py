"""Which event a person means: what they typed against the trigger texts of the documents in scope."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from queries.catalogue import did_you_mean
from zhengmai.errors import BadQuery

SHORTEST = 2  # characters that may be looked for inside others
AROUND = re.compile(r"^(?:自|从)|(?:之日起?|之?后|以后|之?前|以前|起|时)$")


def match_event(typed: str, triggers: Collection[str]) -> tuple[str, ...]:
    """Return the trigger texts that name this event: the same words, else the same but for 自…之日起 and the like,
    else those that contain what was typed, else those contained in it.

    :raises BadQuery: when nothing fits, with the closest ones, or several different events do, with the list.
    """
    wanted, spelt = core(typed), {trigger: core(trigger) for trigger in sorted(triggers)}
    for fits in (
        [trigger for trigger in spelt if _folded(trigger) == _folded(typed)],
        [trigger for trigger, event in spelt.items() if event == wanted],
        [trigger for trigger, event in spelt.items() if _holds(event, wanted)],
        [trigger for trigger, event in spelt.items() if _holds(wanted, event)],
    ):
        if len({spelt[trigger] for trigger in fits}) > 1:
            raise _several(typed, fits)
        if fits:  # 作出之日 and 作出之日起 are one event: what is meant by one is meant by the other
            return tuple(trigger for trigger, event in spelt.items() if event == spelt[fits[0]])
    raise BadQuery(
        where="zhengmai due --trigger",
        found=f"{typed!r}, from which no limit in scope is counted",
        expected="the words of a trigger, whole or in part",
        fix=did_you_mean(typed, triggers, otherwise="zhengmai query triggers lists them"),
        zh="没有以此为触发事件的时限；zhengmai query triggers 可列出全部触发事件。",
    )


def core(text: str) -> str:
    """Return an event without what only says that time is counted from it.

    >>> core("自作出行政许可决定之日起"), core("会前"), core("文件公开")
    ('作出行政许可决定', '会', '文件公开')
    """
    before, text = "", _folded(text)
    while before != text:
        before, text = text, AROUND.sub("", text) or text
    return text


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _holds(whole: str, part: str) -> bool:
    return len(part) >= SHORTEST and part in whole


def _several(typed: str, fits: Iterable[str]) -> BadQuery:
    listed = list(fits)
    return BadQuery(
        where="zhengmai due --trigger",
        found=f"{typed!r}, which fits {len(listed)} events: {', '.join(listed)}",
        expected="one event",
        fix=f"write --trigger {listed[0]}=DATE, one --trigger for each",
        zh="有多个触发事件符合，请写明其一；每个事件各写一个 --trigger。",
    )
