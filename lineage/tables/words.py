"""How the tables spell what they show: names of tasks and clauses, places, differences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lineage.tables.concordance import Difference
from lineage.tables.marks import Run
from lineage.tables.reading import Part, joined
from ontology.labels import Language, label, labels
from queries.ids import place_code, place_words

_UNNUMBERED = re.compile(r"(?:(.*)\.)?(\d+)-u(\d+)")


def word(key: str, lang: Language) -> str:
    """Return a word of labels.csv; an unknown code of a scheme as it is."""
    return label(key, lang) if key in labels() else key.partition("/")[2]


def task_name(task: Part | None, lang: Language) -> str:
    """Return a task as people cite it: 第27项; a row without a number 第9项后未编号行; a clause of running text by its number.

    >>> from lineage.tables.reading import Part
    >>> def row(own, number): return Part("", own, "task", number, "", (), (), (), (), (), "")
    >>> task_name(row("27", "27"), "zh"), task_name(row("9-u1", ""), "zh"), task_name(row("9-u2", ""), "en")
    ('第27项', '第9项后未编号行（第2个）', 'row 2 without a number after item 9')
    """
    if task is None:
        return ""
    if task.level != "task":
        return task.number or task.id
    met = _UNNUMBERED.fullmatch(task.id)
    if met and not task.number:
        after, nth = met[2], int(met[3])
        if lang == "zh":
            return f"第{after}项后未编号行" + (f"（第{nth}个）" if nth > 1 else "")
        return f"row {nth} without a number after item {after}" if nth > 1 else f"the row without a number after item {after}"
    return f"第{task.number or task.id}项" if lang == "zh" else f"item {task.number or task.id}"


def place(iri: str, lang: Language) -> str:
    return place_words(place_code(iri), lang) if iri else ""


def only_one_side(upper: Sequence[Run], lower: Sequence[Run], lang: Language) -> str:
    """Return what only one side says, in the order of the texts."""
    gone = [run.text.strip("，,。；;、：: \n") for run in upper if run.mark == "dropped"]
    come = [run.text.strip("，,。；;、：: \n") for run in lower if run.mark == "added"]
    said = []
    for key, words in (("only/upper", gone), ("only/lower", come)):
        shown = [one for one in words if one]
        if shown:
            said.append(f"{word(key, lang)}{'：' if lang == 'zh' else ': '}{' / '.join(shown)}")
    return "\n".join(said)


def compared(one: Difference, lang: Language) -> str:
    """Return one comparison as a line: which way, in what respect, and the reason, which quotes both sides."""
    topic = "lead-match" if one.aspect == "lead" else "difference"
    said = [word(f"{name}/{code}", lang) for name, code in (("direction", one.direction), ("aspect", one.aspect), (topic, one.verdict))]
    return (
        f"〔{said[0]}〕{said[1]}{said[2]}：{one.reason['zh']}" if lang == "zh" else f"[{said[0]}] {said[1]} {said[2]}: {one.reason['en']}"
    )


def limits(part: Part | None, lang: Language) -> str:
    """Return the time limits and frequencies as written; a task without any is 未填写."""
    if part is None:
        return ""
    said = [text for text in (joined(part.deadlines), joined([f for f in part.frequencies if f.raw not in joined(part.deadlines)])) if text]
    return "\n".join(said) or (word("term/not-filled", lang) if part.level == "task" else "")
