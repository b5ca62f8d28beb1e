"""The chain as a graph: clauses, and for those that are opened their sentences, tasks and who leads them.

A clause is opened in the graph (double click, or the expand button) or in the list above it, which also works by keyboard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from queries.run import Answer, Row
from ui.frame import begin_with, bracketed, word
from ui.marked import plain

OPENED = 6  # clauses that may be open at once: more cannot be read
SHUT = 8  # clauses drawn beside them
LAYOUT = {"name": "dagre", "rankDir": "LR", "nodeSep": 14, "rankSep": 85, "fit": True, "padding": 44, "animate": False}
SHORT, ROW, LEAST, MOST = 9, 52, 380, 1200  # characters of a caption; pixels of a line, of the whole graph
# The component writes what a node holds into its side panel as HTML: nothing in a text may begin a tag or an entity there.
AS_TEXT = str.maketrans({"<": "＜", ">": "＞", "&": "＆", "'": "’", '"': "”"})
# What a node is: its colour and its picture, so that kinds differ without colour too.
KINDS = {
    "document": ("#555555", "description"),
    "clause": ("#0072B2", "folder"),
    "sentence": ("#7A4E00", "chat"),
    "task": ("#007A5A", "flag"),
    "department": ("#8A4B70", "business"),
}


LINE = {"line-color": "#777777", "width": 0.8}
LINK = {
    **LINE,
    "label": "data(confidence)",
    "font-size": 7,
    "min-zoomed-font-size": 4,
    "target-arrow-shape": "triangle",
    "target-arrow-color": "#777777",
    "text-background-color": "#777777",
    "color": "#ffffff",
}


@dataclass(frozen=True)
class Look:
    """How the elements of a selector look, as the component wants to be told; its own styles write 4 pixels high."""

    selector: str
    style: dict[str, Any]

    def dump(self) -> dict[str, Any]:
        return {"selector": self.selector, "style": self.style}


@st.fragment
def show_chain(kept: Answer, upper: str) -> None:
    """Draw the graph of some links to ``upper`` (its title); what is open is chosen in it or above it."""
    from st_link_analysis import st_link_analysis

    clauses = clauses_of(kept)
    key = f"chain-opened/{len(clauses)}"
    begin_with(key, list(clauses)[:1])
    opened = st.multiselect(
        word("ui/opened-clauses"),
        list(clauses),
        format_func=lambda name: clauses[name],
        max_selections=OPENED,
        key=key,
        help=word("ui/opened-help"),
    )
    drawn = f"chain/{len(clauses)}/{'/'.join(opened)}"
    graph = graph_of(kept, upper, opened)
    with st.container(key="wide-only-chain"):  # on a phone its words are too small to read: the list says the same
        st_link_analysis(
            graph,
            layout=LAYOUT,
            node_styles=[Look(f"node[label='{kind}']", _look_of(kind)) for kind in KINDS],
            edge_styles=[Look("edge[label='part']", LINE), Look("edge[label='link']", LINK)],
            height=_height(graph),
            key=drawn,
            node_actions=["expand"],
            on_change=lambda: _open(drawn, key, clauses),
        )
        legend = " → ".join(word(f"chain/{kind}") for kind in KINDS)
        st.caption(plain(f"{legend}\n\n{word('ui/chain-note')}"))
    st.subheader(word("chain/as-list"))
    st.html(list_html(kept, opened))


def list_html(kept: Answer, opened: Sequence[str]) -> str:
    """Return the opened clauses as nested lists, safe HTML: clause, sentence, task with confidence and lead; read by ear and on a phone."""
    clauses = clauses_of(kept)
    tree: dict[str, dict[str, list[str]]] = {name: {} for name in opened if name in clauses}
    for row in (row for row in kept.rows if row["clause"] in tree):
        above = f"{row['sentence']} {row['provision_text'] or ''}" if row["sentence"] else word("column/heading")
        lead = f" → {row['lead']}" if row["lead"] else ""
        sure = bracketed(f"{word('column/confidence')} {row['confidence']}")
        task = f"{word('term/task')} {row['task']} {row['task_text'] or ''}{sure}{lead}"
        tree[str(row["clause"])].setdefault(" ".join(above.split()), []).append(" ".join(task.split()))
    lists = {name: _listed([escape(said) + _listed(map(escape, tasks)) for said, tasks in below.items()]) for name, below in tree.items()}
    return "".join(f"<div><strong>{escape(clauses[name])}</strong>{listed}</div>" for name, listed in lists.items())


def _listed(items: Iterable[str]) -> str:
    return f'<ul style="overflow-wrap:anywhere;line-height:1.7">{"".join(f"<li>{one}</li>" for one in items)}</ul>'


def clauses_of(kept: Answer) -> dict[str, str]:
    """Return the clauses some links lead to, in the order of the links, each with its number as published."""
    found: dict[str, str] = {}
    for row in kept.rows:
        found.setdefault(str(row["clause"]), f"{row['clause_number'] or ''} {row['clause']}".strip())
    return found


def graph_of(kept: Answer, upper: str, opened: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the nodes and edges of the graph: every clause (shut ones up to a number), and below those opened what hangs on them."""
    clauses = clauses_of(kept)
    shut = [name for name in clauses if name not in opened][:SHUT]
    nodes, edges = {"document": _node("document", "document", upper)}, {}
    for name in (*opened, *shut):
        if name in clauses:
            nodes[f"clause/{name}"] = _node(f"clause/{name}", "clause", clauses[name])
            edges["document", f"clause/{name}"] = _edge("document", f"clause/{name}")
    for row in (row for row in kept.rows if row["clause"] in opened):
        _add_link(row, nodes, edges)
    return {"nodes": list(nodes.values()), "edges": list(edges.values())}


def _add_link(row: Row, nodes: dict[str, Any], edges: dict[tuple[str, str], Any]) -> None:
    above = f"clause/{row['clause']}"
    if row["sentence"]:
        sentence = f"sentence/{row['sentence']}"
        nodes[sentence] = _node(sentence, "sentence", f"{row['sentence']} {row['provision_text'] or ''}")
        edges[above, sentence] = _edge(above, sentence)
        above = sentence
    task = f"task/{row['task']}"
    nodes[task] = _node(task, "task", f"{row['task']} {row['task_text'] or ''}")
    edges[above, task] = _edge(above, task, row["confidence"])
    for name in filter(None, str(row["lead"] or "").split("、")):
        nodes[f"department/{name}"] = _node(f"department/{name}", "department", name)
        edges[task, f"department/{name}"] = _edge(task, f"department/{name}")


def _look_of(kind: str) -> dict[str, Any]:
    colour, icon = KINDS[kind]
    words = {"label": "data(caption)", "font-size": 8, "min-zoomed-font-size": 4, "text-valign": "bottom", "text-margin-y": 2}
    return {**words, "background-color": colour, "background-image": f"./icons/{icon}.svg"}


def _height(graph: dict[str, list[dict[str, Any]]]) -> int:
    """Return a height at which captions can be read: as many lines as the fullest layer has nodes."""
    layers = Counter(node["data"]["label"] for node in graph["nodes"])
    return min(max(LEAST, ROW * max(layers.values())), MOST)


def _node(own: str, kind: str, name: str) -> dict[str, Any]:
    line = " ".join(name.split()).translate(AS_TEXT)
    return {
        "data": {"id": own.translate(AS_TEXT), "label": kind, "caption": line if len(line) <= SHORT else f"{line[:SHORT]}…", "name": line}
    }


def _edge(one: str, other: str, confidence: object = None) -> dict[str, Any]:
    said = {} if confidence is None else {"confidence": f"{confidence}"}
    ends = {"source": one.translate(AS_TEXT), "target": other.translate(AS_TEXT)}
    return {"data": {"id": f"{ends['source']} → {ends['target']}", "label": "link" if said else "part", **ends, **said}}


def _open(drawn: str, key: str, clauses: dict[str, str]) -> None:
    """Open what was clicked in the graph; the oldest is shut when there are too many."""
    said = st.session_state.get(drawn) or {}
    asked = said.get("data", {}).get("node_ids", []) if said.get("action") == "expand" else []
    fresh = [name for name in (str(own).removeprefix("clause/") for own in asked) if name in clauses]
    now = [name for name in st.session_state.get(key, []) if name not in fresh]
    st.session_state[key] = [*now, *fresh][-OPENED:]
