"""How the tables spell what they show: names of tasks and clauses, places, differences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lineage.tables.concordance import Difference
from lineage.tables.marks import Run
from lineage.tables.reading import Held, Limit, Part, joined
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


def cited(document: Held, *, short: bool = False) -> str:
    """Return a document as people cite it, with what is known of it: 《…》（国家税务总局，税总发〔2017〕44号，2017-04-27）.

    ``short``: for a cell under a table's head, which names the issuer: the title without it, and the number alone.
    """
    known = (document.number,) if short else (document.issuer, document.number, document.written)
    about = "，".join(part for part in known if part)
    title = (document.title.removeprefix(document.issuer).strip() if short else "") or document.title
    return f"《{title}》{f'（{about}）' if about else ''}"


def understood(limits: Sequence[Limit], lang: Language) -> str:
    """Return time limits as the program understands them, one a line; a composite one by its parts."""
    whole = [limit for limit in limits if limit.kind != "composite"]
    return "\n".join(dict.fromkeys(_understood(limit, lang) for limit in whole))


def _understood(limit: Limit, lang: Language) -> str:
    kind = word(f"deadline-kind/{limit.kind}", lang)
    when = limit.due or _yearly(limit, lang) or _counted(limit, lang)
    more = word("deadline-kind/ongoing", lang) if limit.ongoing and not limit.kind.endswith("ongoing") else ""
    guess = word("term/inferred", lang) if limit.rule and limit.sure < 1 else ""
    about = "，".join(part for part in (kind if when else "", more, guess) if part)
    return f"{when or kind}{f'（{about}）' if about else ''}"


def _yearly(limit: Limit, lang: Language) -> str:
    if not limit.month:
        return ""
    return (
        f"每年{limit.month}月{f'{limit.day}日' if limit.day else ''}"
        if lang == "zh"
        else f"every year {limit.month}-{limit.day}".strip("-")
    )


def _counted(limit: Limit, lang: Language) -> str:
    if not limit.amount:
        return ""
    length = (
        f"{limit.amount}{word(f'time-unit/{limit.unit}', lang)}"
        if lang == "zh"
        else f"{limit.amount} {word(f'time-unit/{limit.unit}', lang)}"
    )
    return f"{limit.trigger}＋{length}" if limit.trigger else length
