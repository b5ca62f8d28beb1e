"""The patterns of time limits said without a date, made once from ``words/deadlines.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from loaders.deadlines.patterns import any_of, patterns
from zhengmai.settings import rules_dir


@dataclass(frozen=True, slots=True)
class Phrases:
    """Compiled word patterns; each is matched at the beginning of a clause unless its name says otherwise."""

    ongoing: re.Pattern[str]
    strong_anywhere: re.Pattern[str]
    and_ongoing: re.Pattern[str]
    about_else: re.Pattern[str]
    discretionary: re.Pattern[str]
    reference: re.Pattern[str]
    to_head: re.Pattern[str]
    closing: re.Pattern[str]
    bare: re.Pattern[str]
    leaves_it: re.Pattern[str]
    event: re.Pattern[str]
    eventually: re.Pattern[str]
    before: re.Pattern[str]
    during: re.Pattern[str]
    regularly: re.Pattern[str]
    week: re.Pattern[str]
    set_by: re.Pattern[str]
    set_by_end: re.Pattern[str]
    light: re.Pattern[str]


def phrases() -> Phrases:
    """Return the word patterns for the workspace's words."""
    return _compiled(rules_dir())


@cache
def _compiled(_rules: Path) -> Phrases:
    words: dict[str, Any] = patterns().words
    on, free, ref, event = words["ongoing"], words["discretionary"], words["reference"], words["events"]
    ties, strong, opening = any_of(on["ties"]), any_of(on["strong"]), any_of(on["opening"])
    closings = any_of(ref["closings"])
    return Phrases(
        ongoing=re.compile(rf"(?:{ties}){{0,3}}(?:{strong}|{opening})"),
        strong_anywhere=re.compile(strong),
        and_ongoing=re.compile(
            rf"(?:并且|并|且)(?:{ties}){{0,2}}(?:{strong}|{opening})|[、/](?:{ties}){{0,2}}(?:{strong})|(?:后|的基础上)(?:{strong})"
        ),
        about_else=re.compile(any_of(on["not_with"])),
        discretionary=re.compile(rf"{any_of(free['anywhere'])}|([{''.join(free['doubled'])}]).\1改"),
        reference=re.compile(
            rf"(?:并|且|要|应)?(?:{any_of(ref['leads'])})*(?P<open>{any_of(ref['openers'])})(?!需|照|[月季年周旬](?!.{{0,3}}(?:{any_of(ref['heads'])})))(?=.)"
        ),
        to_head=re.compile(rf".*(?:{any_of(ref['heads'])}|{any_of(free['heads'])})"),
        closing=re.compile(rf"(?P<ref>.+?)(?:及时|统一|认真|抓好|一并|有序)?(?P<close>{closings})?(?:工作)?$"),
        bare=re.compile(rf"(?:{any_of(ref['bare'])})(?!间|限)"),
        leaves_it=re.compile(rf"(?:{any_of(free['heads'])})$"),
        event=re.compile(
            rf"(?:自|从|待|在|于)?(?P<trigger>.{{1,60}}?)(?:{any_of(event['joins'])})"
            rf"(?:{any_of(event['at_once'])})?(?P<outcome>(?:{any_of(event['verbs'])}).*)$"
        ),
        eventually=re.compile(rf"(?:自|从|待|在|于)?(?P<trigger>.{{2,60}}?)(?:{any_of(event['joins'])})(?P<outcome>.*)$"),
        during=re.compile(
            rf"(?:在|于)?(?P<stretch>(?:每[年个逢]?)?(?:[^,;。\d]{{1,12}}?(?:{any_of(ref['during'])})|{any_of(ref['seasons'])}))(?:内|完成|开展|实施)?$"
        ),
        before=re.compile(r"(?:在|于|应在)?(?P<event>[^,;。]{1,20}?)(?:之前|以前|前)(?:完成|落实|办结|到位)?$"),
        set_by=re.compile(rf"(?:在)?(?:{any_of(ref['set_by'])})的?(?:{any_of(ref['heads'])})(?:之内|以内|内|前)?(?:完成)?$"),
        week=re.compile(r"[本下]?周(?:[一二三四五六日]|末|内|之内)?(?:之前|以前|前|内)?(?:完成)?$"),
        set_by_end=re.compile("(?:之内|以内|内|前)?(?:完成)?$"),
        light=re.compile(rf"(?:{any_of([*words['light'], *ref['closings']])}){{0,4}}[^,;。]{{0,2}}"),
        regularly=re.compile(
            rf"(?<![{''.join(words['not_regularly'])}])(?:{any_of(words['regularly'])})(?!{any_of(words['not_regularly_before'])})"
        ),
    )
