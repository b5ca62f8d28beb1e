"""The chain as a graph: clauses, and for those that are opened their sentences, tasks and who leads them."""

from __future__ import annotations

import streamlit as st

from queries.run import Answer
from ui.charts import network
from ui.frame import word

OPENED = 6  # clauses that may be open at once: more cannot be read


@st.fragment
def show_chain(kept: Answer) -> None:
    """Draw the graph of some links; what is open is chosen above it."""
    clauses: dict[str, str] = {}
    for row in kept.rows:
        clauses.setdefault(str(row["clause"]), f"{row['clause_number'] or ''} {row['clause']}".strip())
    opened = st.multiselect(
        word("ui/opened-clauses"),
        list(clauses),
        default=list(clauses)[:1],
        format_func=lambda name: clauses[name],
        max_selections=OPENED,
        key=f"chain-opened/{len(clauses)}",
        help=word("ui/opened-help"),
    )
    sentence, task = word("term/sentence"), word("term/task")
    edges: dict[tuple[str, str], float] = {}
    for row in kept.rows:
        clause = clauses[str(row["clause"])]
        if row["clause"] not in opened:
            edges.setdefault((word("column/clause"), clause), 0.0)
            continue
        edges.setdefault((word("column/clause"), clause), 0.0)
        one = f"{sentence} {row['sentence'] or row['clause']}"
        edges.setdefault((clause, one), 0.0)
        edges[one, f"{task} {row['task']}"] = float(row["confidence"] or 0)
        for name in filter(None, str(row["lead"] or "").split("、")):
            edges.setdefault((f"{task} {row['task']}", name), 0.0)
    shut = [edge for edge in edges if edge[0] == word("column/clause") and not any(one == edge[1] for one, _ in edges)]
    for edge in shut[2 * OPENED :]:
        del edges[edge]
    network([(*edge, weight) for edge, weight in edges.items()], directed=True, layers=True)
    st.caption(word("ui/chain-note"))
