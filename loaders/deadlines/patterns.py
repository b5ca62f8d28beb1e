"""The patterns time limits are read with, made once from ``words/deadlines.yaml``.

Every pattern is matched at a given place and is bounded in length, so reading stays linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from loaders.words import words
from zhengmai.settings import rules_dir

YEAR = r"(?:(?:19|20)[0-9]{2}|[一二][九〇零0][〇零一二三四五六七八九0-9]{2})"
MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
NUMBER = r"(?:[0-9]{1,6}(?:\.[0-9]{1,3})?|[〇零一二两三四五六七八九十百千]{1,6}|半)"
TO = r"(?:起)?(?:至|到|-{1,2}|~)"
CLOCK = r"(?:上午|下午|晚上?|中午|T)?(?:[0-2]?[0-9](?:[:：][0-5][0-9](?:[:：][0-5][0-9])?|时(?:[0-5]?[0-9]分)?|点(?:半|整)?))"
TAIL = rf"(?: ?{CLOCK})?(?:\((?:(?:周|星期|礼拜)[一二三四五六日天]|含[^)]{{0,3}})\)(?:{CLOCK})?)?"


def any_of(terms: Iterable[str]) -> str:
    """Return an alternation of literal words, longest first."""
    return "|".join(re.escape(term) for term in sorted(terms, key=lambda term: (-len(term), term)))


@dataclass(frozen=True, slots=True)
class Patterns:
    """Compiled patterns and, as ``words``, the lists they came from. Names of groups are explained where they are read."""

    words: dict[str, Any]
    anchor: re.Pattern[str]
    dashed: re.Pattern[str]
    dated: re.Pattern[str]
    undated: re.Pattern[str]
    plan: re.Pattern[str]
    first: re.Pattern[str]
    second: re.Pattern[str]
    today: re.Pattern[str]
    to: re.Pattern[str]
    alone: re.Pattern[str]
    bound: re.Pattern[str]
    begins: re.Pattern[str]
    before: re.Pattern[str]
    named: re.Pattern[str]
    heads: re.Pattern[str]
    cycle: re.Pattern[str]
    once: re.Pattern[str]
    in_quarter: re.Pattern[str]
    in_month: re.Pattern[str]
    in_week: re.Pattern[str]
    after_cycle: re.Pattern[str]
    days_of_cycle: re.Pattern[str]
    next: re.Pattern[str]
    duration: re.Pattern[str]
    cut_to: re.Pattern[str]
    done_in: re.Pattern[str]
    forbidden: re.Pattern[str]
    told: re.Pattern[str]
    of_things: re.Pattern[str]
    looking_back: re.Pattern[str]
    join: re.Pattern[str]
    opener: re.Pattern[str]
    trigger_verb: re.Pattern[str]
    trigger_end: re.Pattern[str]
    duty: re.Pattern[str]
    fillers: re.Pattern[str]
    level_end: re.Pattern[str]
    level_start: re.Pattern[str]


def patterns() -> Patterns:
    """Return the patterns for the workspace's words."""
    return _compiled(rules_dir())


@cache
def _compiled(_rules: Path) -> Patterns:
    data = words("deadlines")
    parts = any_of(data["parts_of_month"])
    edges = any_of(data["parts_of_year"])
    without = any_of(edge for edge in data["parts_of_year"] if len(edge) > 1 and edge not in ("之内", "以内", "期间"))
    no_boundary = "".join(f"(?!{word}(?:{'|'.join(rest)}))" for word, rest in data["not_after_boundary"].items())
    boundary = rf"(?:{no_boundary}(?:{any_of(data['boundaries'])})(?!{NUMBER}个?工作日))"
    middle = (
        rf"(?:(?!中(?!旬|下旬|{boundary}|完成|底|[,;。、)]|$))(?!初(?:步|期|级|稿|次|中))"
        r"(?!终(?:于|身|审))(?!内(?:部|容|设|控|外|地|涵)))"
    )
    year = (
        rf"(?:(?P<y>{YEAR})(?:年度?|[./-](?={MONTH}月)|(?=[上下]半年|第?[一二三四1-4]季度|Q[1-4]))"
        rf"|(?P<y2>[0-9]{{2}})年(?={MONTH}月|底)|(?P<yw>{any_of(data['year_words'])}))"
    )
    month_day = (
        rf"(?:(?P<m>{MONTH})月份?|(?P<mw>{any_of(data['month_words'])}))"
        rf"(?:(?P<d>{DAY})[日号](?!线)|(?P<md>{DAY})(?={boundary}|底)|{middle}(?P<part>{parts}))?"
    )
    quarter = (
        r"(?:第?(?P<q>[一二三四1-4])|前(?P<q3>[二两三23])个?|Q(?P<q4>[1-4])(?!季))"
        r"(?:季度|季(?=[底末前内,;。]|$)|(?<=Q[1-4]))(?P<qp>底|末)?"
    )
    half = r"(?P<h>[上下前后])半年(?P<hp>底|末)?"
    part = f"(?:{quarter}|{half}|{month_day})"
    cycles = any_of(data["cycles"])
    units = any_of(data["units"])
    levels = _levels(data)
    return Patterns(
        words=data,
        anchor=re.compile(
            rf'[0-9]+|"?十[一二三四五六七八九]五|[〇零一二两三四五六七八九十半]+|[每各按逐]|{any_of(data["year_words"])}|{any_of(data["month_words"])}'
            rf"|(?<![0-9〇零一二两三四五六七八九十百千半近几多数])(?:{without})|[上下前后]半年|前[二两三]个?季|第[一二三四1-4]季|Q[1-4]|本[月季]|(?<![个数几多])月[底末内]|[本当]?季度?[末底内]|次[年月季周日]|下[个一月周季]|即日起"
        ),
        dashed=re.compile(
            rf"(?P<y>(?:19|20)[0-9]{{2}})(?:(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])(?![0-9])"
            rf"|(?P<sep>[-./])(?P<sm>1[0-2]|0?[1-9])(?:(?P=sep)(?P<sd>3[01]|[12][0-9]|0?[1-9])|日)?(?![0-9]|\.[0-9]|[年月])){TAIL}"
        ),
        dated=re.compile(rf"{year}(?:[的,]?{part}|{middle}年?(?P<edge>{edges}))?{TAIL}"),
        undated=re.compile(
            rf"(?:{part}|{middle}(?P<edge>{without})|(?P<only>{DAY})[日号](?=之前|以前|前)|(?:(?P<here>[本当]?季度?(?=[末底内])|本季度?|月(?=[底末内]))(?P<at>[底末内])?)){TAIL}"
        ),
        plan=re.compile(rf'"?十(?P<plan>[一二三四五六七八九])五"?(?P<close>{any_of(data["parts_of_plan"])})?'),
        first=re.compile(
            rf"(?:(?P<y>{YEAR})年?(?={TO}{YEAR}年)|(?:(?P<py>{YEAR})年)?(?:(?P<m>{MONTH})(?={TO}{MONTH}月)|(?P<dm>{MONTH})月(?P<d>{DAY})(?={TO}{DAY}[日号])"
            rf"|第?(?P<q>[一二三四1-4])(?:季度?)?(?={TO}第?[一二三四1-4]季度)))"
        ),
        second=re.compile(rf"(?:(?P<d>{DAY})[日号]|(?P<m>1[0-2]|0?[1-9])(?![0-9年月日.\-/]))"),
        today=re.compile("(?:自)?即日起?"),
        to=re.compile(rf"{TO}(?P<next>次年|翌年|第二年)?"),
        alone=re.compile(
            rf"(?P<y>{YEAR})(?:{TO}(?P<y2>{YEAR}))?(?=$|[,;。、(]|前|底)|(?P<m>1[0-2]|0?[1-9])[./](?P<d>3[01]|[12][0-9]|0[1-9])(?=$|[,;。、(]|{boundary})|(?P<m3>1[0-2]|0?[1-9])-(?P<d3>3[01]|2[0-9]|1[3-9])(?=$|[,;。、(]|{boundary})"
        ),
        bound=re.compile(rf"的?(?:(?P<bound>{boundary})|(?P<within>之间|期间))"),
        begins=re.compile(rf"(?:(?P<to>以来)|(?!后续|后期|起草)(?P<begins>{any_of(data['begins'])}))"),
        before=re.compile(
            rf"(?:(?P<not_later>{any_of(data['not_later'])})|(?P<until>(?<![达收受看找遇])(?:{any_of(data['until'])})))(?:在|于|应在|要在)?$"
        ),
        named=re.compile(rf"(?:{any_of(data['names_after_year'])})"),
        heads=re.compile(any_of(data["reference"]["heads"])),
        cycle=re.compile(
            rf"(?:每|(?P<each>各)(?=季)|(?P<by>[按逐]))(?P<n>{NUMBER})?个?(?P<u>{cycles})(?!照|期|报(?![告送备请省市县区上本])|计罚|均|次)"
        ),
        once=re.compile(rf"(?P<n>{NUMBER})个?(?P<u>{cycles})(?:至少|不少于)?[一1][次轮](?!性)|{NUMBER}次[/每](?P<per>{cycles})"),
        in_quarter=re.compile(rf"的?(?P<m>{any_of(data['month_of_cycle'])})(?:的?(?P<d>{DAY})[日号])?"),
        in_month=re.compile(rf"的?(?:(?P<d>{DAY})[日号]?(?:{TO}(?P<d2>{DAY})[日号])?(?<=[日号])|(?P<part>{parts}))"),
        in_week=re.compile(r"(?P<w>[一二三四五六日天末])(?![次期场篇更报调例轮])"),
        after_cycle=re.compile(rf"(?P<after>{any_of(data['after_cycle'])})(?:的|第)?(?={NUMBER})"),
        days_of_cycle=re.compile(rf"的?(?:前|最后|首|第){NUMBER}?个?(?:工作日|日|天)"),
        next=re.compile(
            rf"次(?P<u>年度?|季度?|月份?|周|日)的?(?:(?P<d>{DAY})[日号]|(?P<m>{MONTH})月份?(?:(?P<md>{DAY})[日号])?)?(?P<part>{parts})?"
        ),
        duration=re.compile(
            rf"(?:{NUMBER}个?[-~至到])?(?P<n>{NUMBER})(?P<ge>个)?(?P<half>半)?(?P<legal>法定)?(?P<u>{units})(?!{NUMBER}日)"
            rf"(?:{no_boundary}(?:(?P<within>之内|以内|内)|(?P<before>之前|以前|前)))?"
        ),
        cut_to=re.compile(rf"(?:{any_of(data['cut_to'])})$"),
        done_in=re.compile(rf"(?:即可|必须|应|须|要)?(?:全部)?(?:{any_of(data['done_in'])})"),
        forbidden=re.compile(any_of(data["not_after_duration"])),
        told=re.compile(any_of(data["not_after_limit"])),
        of_things=re.compile(rf"(?:{any_of(data['of_things'])})$"),
        looking_back=re.compile(rf"(?<!不)(?:{any_of(data['looking_back'])})$"),
        join=re.compile(
            rf"(?P<join>{any_of(data['trigger_joins'])}|召开前|前)(?:[的,第在于应须]|最迟|最晚|原则上|不超过|及时|\(含\)){{0,3}}$"
        ),
        opener=re.compile("|".join(_guarded(word, *sides) for word, sides in data["trigger_openers"].items())),
        trigger_verb=re.compile(any_of(data["trigger_verbs"])),
        trigger_end=re.compile(rf"(?:{any_of(data['trigger_ends'])})$"),
        duty=re.compile(any_of(data["duties"])),
        fillers=re.compile(rf"(?:{any_of(data['fillers'])})+$"),
        level_end=re.compile(rf"(?:{levels})$"),
        level_start=re.compile(rf"(?:由|,)?(?:{levels})"),
    )


def _guarded(word: str, before: str, after: str) -> str:
    return (f"(?<![{before}])" if before else "") + re.escape(word) + (f"(?![{after}])" if after else "")


def _levels(data: dict[str, Any]) -> str:
    tails = any_of(data["level_tails"])
    kinds = []
    for level, entry in data["levels"].items():
        names = any_of(entry["names"])
        if entry["own"]:  # 总局 is a level by itself, 市 only with a tail (市局) or as one of many (各市)
            kinds.append(f"(?P<{level}>(?:{names})(?:{tails}){{0,2}})")
        else:
            alone = any_of(entry["alone"]) if entry["alone"] else "(?!)"
            kinds.append(f"(?P<{level}>[各全]?(?:{alone})(?:{tails})?|各(?:{names})(?:{tails})?|全?(?:{names})(?:{tails}){{1,2}})")
    return "|".join(kinds)
