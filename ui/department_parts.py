"""What is told of one department: its tasks (named, and perhaps meant, apart), with whom it works, who stands opposite it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from queries.ids import ID
from queries.run import Answer
from queries.writers import words
from ui.answers import ask
from ui.charts import network
from ui.counts import of_whole
from ui.frame import lang, word
from ui.marked import plain
from ui.tables import show_answer, show_rows

TASKS, COWORKERS, LEADS, PAIRS = "tasks-of-department", "coworkers", "leads-compared", "list-pairs"
MOST_SHOWN = 24


def show_tasks(who: str) -> None:
    """Draw the tasks in which a department is named, and apart from them those whose words (相关处室) may mean it."""
    found = ask(TASKS, {"department": f"{ID}{who}"})
    every = sum(int(row["tasks"] or 0) for row in ask("list-documents").rows)
    for how in ("named", "possibly"):
        kept = only(found, [at for at, row in enumerate(found.rows) if row["how"] == how])
        tasks = len({row["task"] for row in kept.rows})
        st.subheader(of_whole(word(f"ui/tasks-{how}", count=tasks), every))
        st.caption(plain(word(f"ui/tasks-{how}-note")))
        if kept.rows:
            show_rows(kept, key=f"dep-{how}")
        else:
            st.info(plain(word("ui/no-tasks-so")))


def show_coworkers(who: str, name: str) -> None:
    """Draw with whom a department shares tasks: the number on a line is how many."""
    found = ask(COWORKERS, {"department": f"{ID}{who}"})
    st.subheader(plain(found.query.title[lang()]))
    shared = {str(row["department"]): float(row["shared_tasks"] or 0) for row in found.rows if not row["actor_kind"]}
    top = sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:MOST_SHOWN]
    network([(name, other, weight) for other, weight in top if other != name])
    st.caption(plain(word("ui/coworkers-note")))
    show_answer(replace(found, query=replace(found.query, chart="table")))


def show_counterparts(name: str, documents: Sequence[str]) -> None:
    """Draw who leads the sentences a department's tasks carry (or the tasks that carry its clauses), and how often they are counterparts.

    :param documents: the slugs of those it stands in; a name is only looked for there.
    """
    st.subheader(word("ui/counterparts"))
    st.caption(plain(word("ui/counterparts-note")))
    drawn = False
    for side, own, other in (("lower", "lead", "upper_lead"), ("upper", "upper_lead", "lead")):
        for document in documents:
            found = ask(LEADS, {side: document})
            kept = only(found, [at for at, row in enumerate(found.rows) if name in str(row[own] or "").split("、")])
            if kept.rows:
                _verdicts(kept, other)
                show_rows(kept, key=f"dep-leads-{side}-{document}")
                drawn = True
    if not drawn:
        st.info(plain(word("ui/no-counterpart")))


def _verdicts(kept: Answer, other: str) -> None:
    column = next(one for one in kept.columns if one.name == "lead_match")
    counts = Counter((str(row[other] or ""), words(row["lead_match"], column, lang())) for row in kept.rows)
    lines = [f"{names or word('term/not-filled')} · {verdict} {count}" for (names, verdict), count in counts.most_common()]
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def only(answer: Answer, at: Sequence[int]) -> Answer:
    """Return some rows of an answer."""
    iris = tuple(answer.iris[n] for n in at) if answer.iris else ()
    return replace(answer, rows=tuple(answer.rows[n] for n in at), iris=iris, notes=(), counts={**answer.counts, "rows": len(at)})
