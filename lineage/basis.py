"""Is the lower document based on the upper one? Decided before any link is accepted, and said with its reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache

from lineage.fold import fold_plain
from lineage.headings import groups
from lineage.matching import Match, Sides
from lineage.measures import NAMES
from lineage.model import Model
from lineage.overlap import stock_parts
from lineage.records import Basis, Decided
from lineage.skipped import skip_evidence
from lineage.subject import same_subject
from lineage.units import Unit
from loaders.actors.levels import between, level_of, level_of_name
from loaders.actors.places import locate
from loaders.records import Extraction
from loaders.words import words
from ontology.labels import label

SURE, TASKS_YES, TASKS_NO, LEAST_YES, HEADINGS_YES, LEAST_HEADINGS, OUTSIDE, SHARED, SAME = 0.9, 0.25, 0.15, 2, 0.4, 3, 0.25, 0.5, 0.9
TASKS_ON_TOPIC, LEAST_TOPIC, LEAST_TELLING, TASKS_ELSEWHERE, SUBJECT_NO = 0.12, 4, 3, 0.6, 0.3
NAMED, SHORTENED = 8, 10
EMPTY_LOWER = (
    "下级文件没有任务或条目，无从比对。请核对所给文件，或先用 zhengmai extract 查看读出的内容。",
    "The lower document holds no task or clause to compare. Check the file, or see what was read with zhengmai extract.",
)
EMPTY_UPPER = (
    "上级文件没有条文句子，无从比对。请核对所给文件，或先用 zhengmai extract 查看读出的内容。",
    "The upper document holds no sentence to compare with. Check the file, or see what was read with zhengmai extract.",
)
LAW = "法"
TWO_LAWS = (
    "两个文件都是法律，且未写明以另一部为依据：法律之间不作上下级对照。",
    "Both are laws and neither is named as the other's basis: laws are not held against each other as upper and lower.",
)
DECIDED = {
    "yes": ("人工复核：下级文件以上级文件为依据。", "People hold that the lower document is based on the upper one."),
    "no": ("人工复核：下级文件不以上级文件为依据。", "People hold that the lower document is not based on the upper one."),
    "unclear": (
        "人工复核：是否以上级文件为依据，尚无定论。",
        "People have not settled whether the lower one is based on the upper one.",
    ),
}


def decide_basis(upper: Extraction, lower: Extraction, sides: Sides, matches: Sequence[Match], fitted: Model) -> Basis:
    """Weigh citations, equal headings, shared text and the tasks with a sure counterpart; a document is never its own basis."""
    if same := _same(upper, lower):
        return Basis("no", (same,))
    if not sides.lowers or not sides.index.uppers:
        wrong = _wrong_way(upper, lower, level_of(upper), level_of(lower))
        return Basis("no", (EMPTY_LOWER if not sides.lowers else EMPTY_UPPER, *([wrong] if wrong else [])))
    cited = citation_of(upper, lower)
    own = groups([w.unit for w in sides.lowers])
    equal = [h for h in own if h in sides.clause_of_group or h in sides.section_of_group]
    counted = [at for at, w in enumerate(sides.lowers) if not _closes(w.unit)] or list(range(len(sides.lowers)))
    sure = len({m.lower for m in matches if m.doubted >= SURE} & set(counted))
    tasks, text = sure / len(counted), _matched_share(sides, matches)
    reasons = [(f"下级文件写明“{cited}”。", f"The lower document names it: {cited}.")] if cited else []
    if own:
        zh = f"{len(own)} 个任务标题中有 {len(equal)} 个与上级标题相同。"
        reasons.append((zh, f"{len(equal)} of {len(own)} task headings equal headings of the upper text."))
    zh = f"任务文字的 {text:.0%} 见于上级条文，{tasks:.0%} 的任务有确切对应。"
    reasons.append((zh, f"{text:.0%} of the tasks' words stand in the upper text; {tasks:.0%} of the tasks have a sure counterpart."))
    upper_level, lower_level = level_of(upper), level_of(lower)
    wrong = _wrong_way(upper, lower, upper_level, lower_level)
    topic = _topic(upper, lower)
    if topic:
        reasons.append((f"两个文件的标题都写“{topic}”。", f"Both titles say {topic}."))
    if other := "" if cited else _carries_out(lower, upper_level):
        zh = f"下级文件写明所依据的是同级的{other}，未提及所给上级文件。"
        reasons.append((zh, f"The lower document says that it carries out another document of that level, {other}, and not this one."))
    headed = len(equal) >= LEAST_HEADINGS and len(equal) >= HEADINGS_YES * len(own)
    about = same_subject([w.unit for w in sides.index.uppers], [w.unit for w in sides.lowers])
    if wrong:
        return Basis("no", (*reasons, wrong))
    if beside := None if cited else _beside(upper, lower, upper_level, lower_level):
        return Basis("unclear" if tasks >= TASKS_NO else "no", (*reasons, beside))
    if not cited and upper.meta.genre == lower.meta.genre == LAW:
        return Basis("no", (*reasons, TWO_LAWS))
    if about < SUBJECT_NO and not cited and not headed and not (topic and tasks >= TASKS_YES):
        zh = f"两个文件各自反复使用的词语，对方很少使用（{about:.0%}）：所述不是同一事项，相同的只是通用语句。"
        en = f"The words each uses most are seldom used by the other ({about:.0%}): different subjects that share stock phrases."
        return Basis("no", (*reasons, (zh, en)))
    share = TASKS_ELSEWHERE if other else TASKS_ON_TOPIC if topic else TASKS_YES
    if (tasks >= share and sure >= LEAST_YES) or ((cited or headed) and sure):
        verdict = "yes"
    else:
        verdict = "unclear" if cited or tasks >= TASKS_NO or len(equal) >= LEAST_HEADINGS else "no"
    strange = _strange(matches, fitted) if verdict != "no" else None
    missing = between(upper_level, lower_level) if verdict != "no" else ()
    evidence = skip_evidence(lower, missing) if missing else ()
    return Basis(verdict, (*reasons, *([strange] if strange else [])), bool(missing), missing, evidence)  # type: ignore[arg-type]


def by_people(basis: Basis, decided: Decided | None) -> Basis:
    """Return the basis with what people decided in it; the rule's own reasons stay after theirs."""
    if decided is None:
        return basis
    reason = DECIDED[decided.verdict]
    return replace(basis, verdict=decided.verdict, reasons=(reason, *basis.reasons), decided_by=decided.by, by_rule=basis.verdict)


def _strange(matches: Sequence[Match], fitted: Model) -> tuple[str, str] | None:
    """Say when the links of a pair measure otherwise than those the confidence was learnt on (docs/calibration.md)."""
    made = [m for m in matches if m.confidence >= fitted.propose]
    outside = []
    for at, name in enumerate(NAMES):
        low, high = fitted.seen.get(name, (0.0, 1.0))
        if made and sum(not low <= m.measures[at] <= high for m in made) > OUTSIDE * len(made):
            outside.append(name)
    if not outside:
        return None
    zh, en = "、".join(label(f"feature/{name}", "zh") for name in outside), ", ".join(label(f"feature/{name}", "en") for name in outside)
    return (
        f"注意：本对文件的对应在“{zh}”上超出拟合所用文件的范围，把握度仅供参考。",
        f"Note: the links of this pair lie outside what the confidence was learnt on ({en}); take it with care.",
    )


def _same(upper: Extraction, lower: Extraction) -> tuple[str, str] | None:
    """Say when both are one document, or two printings of one: the same title and nearly all sentences the same."""
    if fold_plain(upper.text) == fold_plain(lower.text):
        return "两个文件内容相同。", "The two documents are the same."
    one, other = ({fold_plain(p.text) for p in d.provisions if p.level == "sentence"} for d in (upper, lower))
    titled = fold_plain(upper.meta.title) == fold_plain(lower.meta.title) != ""
    if titled and one and other and len(one & other) >= SAME * max(len(one), len(other)):
        return (
            "两个文件标题相同、内容几乎相同，应为同一文件的两个版本。比较版本请用 zhengmai diff。",
            "Both have the same title and nearly the same words: two versions of one document. Compare versions with zhengmai diff.",
        )
    return None


def _beside(upper: Extraction, lower: Extraction, upper_level: str | None, lower_level: str | None) -> tuple[str, str] | None:
    """Say when the two come from different places of one level: neither is above the other."""
    if upper_level is None or upper_level != lower_level or upper_level == "national":
        return None
    places = [{at for name in d.meta.issuers or (d.meta.title,) if (at := locate(name))} for d in (upper, lower)]
    if not all(places) or not all(at.certain for own in places for at in own):
        return None
    chains = [{at.chain for at in own} for own in places]
    if chains[0] & chains[1] or len({chain[-1][0][-1] for own in chains for chain in own}) > 1:
        return None  # the same place, or a 区 beside a 市 that may be above it
    return (
        "两个文件出自同一层级的不同地方，互不隶属。比较同级文件请用 zhengmai compare。",
        "The two come from different places of one level; neither is above the other. Compare such documents with zhengmai compare.",
    )


def _wrong_way(upper: Extraction, lower: Extraction, upper_level: str | None, lower_level: str | None) -> tuple[str, str] | None:
    """Say when the pair seems the wrong way round: by the levels of the two bodies, or, where these do not tell, by who names whom."""
    ladder = words("levels")["ladder"]
    levels = upper_level in ladder and lower_level in ladder
    if levels and ladder.index(upper_level) > ladder.index(lower_level) and not citation_of(upper, lower):
        return (
            "上下级可能颠倒：所给上级文件的层级更低。请对调两个文件。",
            "The pair may be the wrong way round: the upper document comes from a lower level. Exchange the two files.",
        )
    same_level = levels and upper_level == lower_level
    named = citation_of(lower, upper)
    if named and not citation_of(upper, lower) and (same_level or not levels):
        return (
            f"上下级可能颠倒：所给上级文件写明“{named}”，即所给的下级文件。请对调两个文件。",
            f"The pair may be the wrong way round: the upper document names the lower one ({named}). Exchange the two files.",
        )
    return None


def _topic(upper: Extraction, lower: Extraction) -> str:
    """The longest words both titles share beside those of any title (农村人居环境); "" when too few."""
    parts = [[p for p in _any_title().split(fold_plain(d.meta.title)) if p] for d in (upper, lower)]
    shared = max((_common(one, other) for one in parts[0] for other in parts[1]), key=len, default="")
    telling = sum(part == 1 for part in stock_parts(shared))
    return shared if len(shared) >= LEAST_TOPIC and telling >= LEAST_TELLING and locate(shared) is None else ""


def _closes(task: Unit) -> bool:
    """Does a task stand under a closing heading (保障措施), as every policy text has?"""
    return any(fold_plain(str(word)) in heading for word in words("stock")["closing"] for heading in task.headings)


def _common(one: str, other: str) -> str:
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return one[match.a : match.a + match.size]


@cache
def _any_title() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(fold_plain(str(w))) for w in sorted(words("stock")["titles"], key=len, reverse=True)))


def citation_of(upper: Extraction, lower: Extraction) -> str:
    """The lower document's own words for the upper one: its title in 《》 or its 文号."""
    titles = _titles(upper)
    for citation in lower.meta.cites:
        if _names(fold_plain(citation.title), titles) or (upper.meta.number and citation.number == upper.meta.number):
            return (f"《{citation.title}》" if citation.title else "") + citation.number
    return ""


def carried_out(corpus: Mapping[str, Extraction]) -> set[tuple[str, str]]:
    """Return the (upper, lower) slugs of documents where the lower one says that it carries out the upper one."""
    uppers = {slug: (_titles(document), document.meta.number) for slug, document in corpus.items()}
    return {
        (upper, lower)
        for lower, document in corpus.items()
        for citation in document.meta.cites
        if citation.relation == "carries_out"
        for named in [fold_plain(citation.title)]
        for upper, (titles, number) in uppers.items()
        if upper != lower and (_names(named, titles) or (number and citation.number == number))
    }


def _titles(document: Extraction) -> list[str]:
    return [title for name in (document.meta.title, document.meta.notice) if len(title := fold_plain(name)) >= NAMED]


def _names(named: str, titles: Sequence[str]) -> bool:
    return any(named.endswith(title) or (len(named) >= SHORTENED and title.endswith(named)) for title in titles)


def _carries_out(lower: Extraction, level: str | None) -> str:
    """The first document of the upper one's level that a lower one says it carries out, in its own words."""
    for said in lower.meta.cites:
        if said.relation == "carries_out" and level and level in {level_of_name(said.title), level_of_name(said.number)}:
            return (f"《{said.title}》" if said.title else "") + said.number
    return ""


def _matched_share(sides: Sides, matches: Sequence[Match]) -> float:
    whole = sum(lower.total for lower in sides.lowers)
    got = 0.0
    for at, lower in enumerate(sides.lowers):
        flags = {
            i
            for m in matches
            if m.lower == at and m.longest >= 6 and m.confidence >= SHARED
            for begin, end in m.lower_runs
            for i in range(begin, end)
        }
        got += sum(lower.weights[i] for i in flags)
    return got / whole if whole else 0.0
