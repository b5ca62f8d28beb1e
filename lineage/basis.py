"""Is the lower document based on the upper one? Decided before any link is accepted, and said with its reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lineage.fold import fold_plain
from lineage.headings import groups
from lineage.matching import Match, Sides
from lineage.records import Basis, Quote
from loaders.actors.levels import between, level_of
from loaders.records import Extraction
from loaders.words import words

HEADINGS_YES, TEXT_YES, TEXT_NO, TASKS_YES = 0.4, 0.35, 0.12, 0.5
_NAMES_OF = {
    "provincial": r"(?:省|自治区)(?:国税局|地税局|税务局|局|政府|委|厅|级)",
    "city": r"(?:地?市)(?:国税局|地税局|税务局|局|政府|委|级)",
    "national": r"(?:国务院|中央|总局)",
    "county": r"(?:县|区)(?:税务局|政府|局|委|级)",
}


def decide_basis(upper: Extraction, lower: Extraction, sides: Sides, matches: Sequence[Match]) -> Basis:
    """Weigh citations, equal headings and shared text; a document is never its own basis."""
    if fold_plain(upper.text) == fold_plain(lower.text):
        return Basis("no", (("两个文件内容相同。", "The two documents are the same."),))
    if not sides.lowers or not sides.index.uppers:
        empty = "下级文件没有任务或条目。" if not sides.lowers else "上级文件没有条文句子。"
        return Basis("no", ((empty, "One side holds nothing to compare."),))
    reasons: list[tuple[str, str]] = []
    upper_level, lower_level = level_of(upper), level_of(lower)
    cited = _cited(upper, lower)
    if cited:
        reasons.append((f"下级文件写明“{cited}”。", f"The lower document names it: {cited}."))
    own = groups([w.unit for w in sides.lowers])
    equal = [h for h in own if h in sides.clause_of_group or h in sides.section_of_group]
    if own:
        reasons.append(
            (
                f"{len(own)} 个任务标题中有 {len(equal)} 个与上级标题相同。",
                f"{len(equal)} of {len(own)} task headings equal headings of the upper text.",
            )
        )
    text = _matched_share(sides, matches)
    tasks = len({m.lower for m in matches if m.strength >= 0.5 and m.longest >= 8}) / len(sides.lowers)
    reasons.append(
        (
            f"任务文字的 {text:.0%} 见于上级条文，{tasks:.0%} 的任务有实质对应。",
            f"{text:.0%} of the tasks' words stand in the upper text; {tasks:.0%} of the tasks share something substantial.",
        )
    )
    share = len(equal) / len(own) if own else 0.0
    ladder = words("levels")["ladder"]
    wrong_way = upper_level in ladder and lower_level in ladder and ladder.index(upper_level) > ladder.index(lower_level)
    if wrong_way:
        reasons.append(
            (
                "上下级可能颠倒：所给上级文件的层级更低。",
                "The pair may be the wrong way round: the upper document comes from a lower level.",
            )
        )
        verdict = "no"
    elif cited or (len(equal) >= 3 and share >= HEADINGS_YES) or (text >= TEXT_YES and tasks >= TASKS_YES):
        verdict = "yes"
    elif text < TEXT_NO and tasks < 0.2 and len(equal) < 3:
        verdict = "no"
    else:
        verdict = "unclear"
    missing = between(upper_level, lower_level) if verdict != "no" else ()
    return Basis(verdict, tuple(reasons), bool(missing), missing, _skip_evidence(lower, missing) if missing else ())  # type: ignore[arg-type]


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
        flags = {i for m in matches if m.lower == at and m.longest >= 6 for begin, end in m.lower_runs for i in range(begin, end)}
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
