"""部门: what a department has to do and in which role, with whom, who stands opposite it above, and how its name is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import streamlit as st

from queries.catalogue import find_query
from queries.ids import ID
from queries.run import Answer, Row
from queries.writers import words
from ui.answers import ask, document_titles, has_question
from ui.charts import bars, matrix
from ui.department_parts import only, show_counterparts, show_coworkers, show_tasks
from ui.form import pick
from ui.frame import bracketed, errors_in_words, lang, link_to, still_there, word
from ui.marked import plain
from ui.tables import show_answer, show_rows
from zhengmai.workspace import current_workspace

LOAD = "load-by-department"
# What else is asked of one department, each a question with a parameter of that type; of all when it has none.
MORE = ("actors-by-function",)
MOST = 24


def show() -> None:
    st.title(word("page/departments"))
    st.caption(plain(word("term/counted-departments-note")))
    left, right = st.columns(2)
    titles = document_titles()
    with left:
        document = pick(
            word("column/document"), titles, still_there("document", titles), "dep-document", new=False, help=word("ui/document-help")
        )
    departments = {
        iris["actor"]: f"{row['department']}{bracketed(row['authority'] or '')}"
        for row, iris in zip(ask("list-departments").rows, ask("list-departments").iris, strict=True)
    }
    short = {iri.rpartition("/id/")[2]: name for iri, name in departments.items()}
    with right:
        who = pick(
            word("column/department"), short, still_there("department", short), "dep-who", new=False, help=word("ui/department-help")
        )
    link_to({"document": document, "department": who})
    load = ask(LOAD, {"document": document} if document else {})
    if who is None:
        _everyone(load)
    else:
        _one(load, who, next(iri for iri in departments if iri.endswith(f"/id/{who}")))


def _everyone(load: Answer) -> None:
    columns = {column.name: column for column in load.columns}
    unit = "row" if any(row["counted"] == "row" for row in load.rows) else "clause"  # rows and clauses are not added up
    named = [row for row in load.rows if not row["actor_kind"] and row["counted"] == unit]
    sums: Counter[str] = Counter()
    for row in named:
        sums[str(row["department"])] += int(row["tasks"] or 0)
    top = [name for name, _ in sums.most_common(MOST)]
    cells: Counter[tuple[str, str]] = Counter()
    for row in named:
        if row["department"] in top:
            cells[str(row["department"]), words(row["role"], columns["role"], lang())] += int(row["tasks"] or 0)
    ordered = sorted(cells.items(), key=lambda item: (top.index(item[0][0]), item[0][1]))
    st.subheader(word("ui/department-role"))
    matrix(
        [(*pair, float(count)) for pair, count in ordered],
        x=word("column/role"),
        y=word("column/department"),
        value=word(f"term/{unit}"),
        key="dep-matrix",
    )
    if len(sums) > MOST:
        st.caption(plain(word("ui/chart-cut", count=MOST)))
    show_answer(replace(load, query=replace(load.query, chart="table")))
    _question("name-variants", None)


def _one(load: Answer, who: str, iri: str) -> None:
    columns = {column.name: column for column in load.columns}
    kept = [at for at, row in enumerate(load.rows) if load.iris[at].get("actor") == iri]
    mine = replace(load, rows=tuple(load.rows[at] for at in kept), iris=tuple(load.iris[at] for at in kept), notes=())
    titles = document_titles()
    if mine.rows:
        st.subheader(word("ui/load-by-role"))
        rows = [
            (
                titles.get(str(row["document"]), str(row["document"]))[:18],
                words(row["role"], columns["role"], lang()),
                float(row["tasks"] or 0),
            )
            for row in mine.rows
        ]
        bars(rows, x=word(f"term/{mine.rows[0]['counted']}"), y=word("column/document"), colour=word("column/role"), key="dep-load")
        show_rows(mine, key="dep-load")
    else:
        st.info(plain(word("ui/no-load")))
    names = {found.rpartition("/id/")[2]: str(row["department"]) for row, found in _departments()}
    show_tasks(who)
    show_coworkers(who, names[who])
    show_counterparts(names[who], _documents(mine, names[who]))
    for name in MORE:
        _question(name, who)
    _variants(iri)


def _departments() -> list[tuple[Row, str]]:
    found = ask("list-departments")
    return [(row, iris["actor"]) for row, iris in zip(found.rows, found.iris, strict=True)]


def _documents(mine: Answer, name: str) -> list[str]:
    """Return the documents a department stands in: those of its tasks; else the upper ones that were compared."""
    own = dict.fromkeys(str(row["document"]) for row in mine.rows)
    return list(own) or list(dict.fromkeys(str(row["upper"]) for row in ask("list-pairs").rows if row["verdict"] != "no"))


def _variants(iri: str) -> None:
    """Draw the spellings that may mean a department; none is merged before somebody says so."""
    found = ask("name-variants")
    st.subheader(plain(found.query.title[lang()]))
    kept = only(found, [at for at, iris in enumerate(found.iris) if iris.get("actor") == iri])
    if kept.rows:
        show_answer(kept)
    else:
        st.info(plain(word("ui/no-variants")))


def _question(name: str, who: str | None) -> None:
    """Draw what a question says of a department; nothing when the catalogue has no such question."""
    if not has_question(name):
        return
    query = find_query(name, current_workspace().queries_dir)
    takes = next((param.name for param in query.params if param.type == "department"), None)
    if any(param.required and param.name != takes for param in query.params) or (takes and who is None):
        return
    st.subheader(plain(query.title[lang()]))
    with errors_in_words():
        show_answer(ask(name, {takes: f"{ID}{who}"} if takes and who else {}))
