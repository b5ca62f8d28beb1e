"""Is the lower document based on the upper one? Decided before any link is accepted, and said with its reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lineage.fold import fold_plain
from lineage.headings import groups
from lineage.matching import Match, Sides
from lineage.measures import NAMES
from lineage.model import Model
from lineage.records import Basis, Decided, Quote
from loaders.actors.levels import between, level_of
from loaders.records import Extraction
from loaders.words import words

SURE, TASKS_YES, TASKS_NO, LEAST_YES, HEADINGS_YES, LEAST_HEADINGS, OUTSIDE, SHARED = 0.9, 0.25, 0.15, 2, 0.4, 3, 0.25, 0.5
EMPTY_LOWER = (
    "下级文件没有任务或条目，无从比对。请核对所给文件，或先用 zhengmai extract 查看读出的内容。",
    "The lower document holds no task or clause to compare. Check the file, or see what was read with zhengmai extract.",
)
EMPTY_UPPER = (
    "上级文件没有条文句子，无从比对。请核对所给文件，或先用 zhengmai extract 查看读出的内容。",
    "The upper document holds no sentence to compare with. Check the file, or see what was read with zhengmai extract.",
)
DECIDED = {
    "yes": ("人工复核：下级文件以上级文件为依据。", "People hold that the lower document is based on the upper one."),
    "no": ("人工复核：下级文件不以上级文件为依据。", "People hold that the lower document is not based on the upper one."),
    "unclear": (
        "人工复核：是否以上级文件为依据，尚无定论。",
        "People have not settled whether the lower one is based on the upper one.",
    ),
}
_NAMES_OF = {
    "provincial": r"(?:省|自治区)(?:国税局|地税局|税务局|局|政府|委|厅|级)",
    "city": r"(?:地?市)(?:国税局|地税局|税务局|局|政府|委|级)",
    "national": r"(?:国务院|中央|总局)",
    "county": r"(?:县|区)(?:税务局|政府|局|委|级)",
}


def decide_basis(upper: Extraction, lower: Extraction, sides: Sides, matches: Sequence[Match], fitted: Model) -> Basis:
    """Weigh citations, equal headings, shared text and the tasks with a sure counterpart; a document is never its own basis."""
    if fold_plain(upper.text) == fold_plain(lower.text):
        return Basis("no", (("两个文件内容相同。", "The two documents are the same."),))
    if not sides.lowers or not sides.index.uppers:
        wrong = _wrong_way(upper, lower, level_of(upper), level_of(lower))
        return Basis("no", (EMPTY_LOWER if not sides.lowers else EMPTY_UPPER, *([wrong] if wrong else [])))
    cited = _cited(upper, lower)
    own = groups([w.unit for w in sides.lowers])
    equal = [h for h in own if h in sides.clause_of_group or h in sides.section_of_group]
    sure = len({m.lower for m in matches if m.doubted >= SURE})
    tasks, text = sure / len(sides.lowers), _matched_share(sides, matches)
    reasons = [(f"下级文件写明“{cited}”。", f"The lower document names it: {cited}.")] if cited else []
    if own:
        zh = f"{len(own)} 个任务标题中有 {len(equal)} 个与上级标题相同。"
        reasons.append((zh, f"{len(equal)} of {len(own)} task headings equal headings of the upper text."))
    zh = f"任务文字的 {text:.0%} 见于上级条文，{tasks:.0%} 的任务有确切对应。"
    reasons.append((zh, f"{text:.0%} of the tasks' words stand in the upper text; {tasks:.0%} of the tasks have a sure counterpart."))
    upper_level, lower_level = level_of(upper), level_of(lower)
    wrong = _wrong_way(upper, lower, upper_level, lower_level)
    headed = len(equal) >= LEAST_HEADINGS and len(equal) >= HEADINGS_YES * len(own)
    if wrong:
        return Basis("no", (*reasons, wrong))
    if (tasks >= TASKS_YES and sure >= LEAST_YES) or ((cited or headed) and sure):
        verdict = "yes"
    else:
        verdict = "unclear" if cited or tasks >= TASKS_NO or len(equal) >= LEAST_HEADINGS else "no"
    strange = _strange(matches, fitted) if verdict != "no" else None
    missing = between(upper_level, lower_level) if verdict != "no" else ()
    evidence = _skip_evidence(lower, missing) if missing else ()
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
    names = ", ".join(outside)
    return (
        f"注意：本对文件的对应在 {names} 上超出拟合所用文件的范围，把握度仅供参考。",
        f"Note: the links of this pair lie outside what the confidence was learnt on ({names}); take it with care.",
    )


def _wrong_way(upper: Extraction, lower: Extraction, upper_level: str | None, lower_level: str | None) -> tuple[str, str] | None:
    """Say when the pair seems the wrong way round: by the levels of the two bodies, or, where these do not tell, by who names whom."""
    ladder = words("levels")["ladder"]
    levels = upper_level in ladder and lower_level in ladder
    if levels and ladder.index(upper_level) > ladder.index(lower_level) and not _cited(upper, lower):
        return (
            "上下级可能颠倒：所给上级文件的层级更低。请对调两个文件。",
            "The pair may be the wrong way round: the upper document comes from a lower level. Exchange the two files.",
        )
    same_level = levels and upper_level == lower_level
    named = _cited(lower, upper)
    if named and not _cited(upper, lower) and (same_level or not levels):
        return (
            f"上下级可能颠倒：所给上级文件写明“{named}”，即所给的下级文件。请对调两个文件。",
            f"The pair may be the wrong way round: the upper document names the lower one ({named}). Exchange the two files.",
        )
    return None


def _cited(upper: Extraction, lower: Extraction) -> str:
    """The lower document's own words for the upper one: its title in 《》 or its 文号."""
    titles = [title for name in (upper.meta.title, upper.meta.notice) if len(title := fold_plain(name)) >= 8]
    for citation in lower.meta.cites:
        if (upper.meta.number and citation.number == upper.meta.number) or any(fold_plain(citation.title).endswith(t) for t in titles):
            return (f"《{citation.title}》" if citation.title else "") + citation.number
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


def _skip_evidence(lower: Extraction, missing: Sequence[str]) -> tuple[tuple[str, Quote], ...]:
    """Tasks that name a body of a level in between: those went by a document that is not held."""
    found = []
    for row in lower.rows:
        for name in ("measure", "sub_measure", "deadline"):
            cell = row.cells.get(name)
            if not cell or row.is_given(name):
                continue
            for level in missing:
                hit = re.search(_NAMES_OF.get(level, r"(?!)"), cell.value)
                if hit:
                    start = (cell.place.start or 0) + hit.start()
                    found.append((row.row, Quote(start, start + len(hit[0]), hit[0])))
    return tuple({task: (task, quote) for task, quote in reversed(found)}.values())[::-1]
