"""Charts: of an answer as its header names them, readable in grey and by every kind of eye, with the words of labels.csv.

Colours are those of Okabe and Ito; what a colour says is also said by a number or a word. Where there is nothing to draw nothing is drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from queries.run import Answer, Row
from queries.saved import Column
from queries.writers import words
from ui.frame import lang, word
from ui.marked import plain

COLOURS = ("#4C9ED9", "#E69F00", "#2FB58A", "#CC79A7", "#F0E442", "#D55E00", "#999999", "#A3D0F0")
FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
MOST = 30  # bars, rows of a matrix, nodes of a layer: more is a table
SHORT = 14  # characters of a name in a chart
CHARACTERS_A_BAR = 36  # of Chinese, that fit into the longest bar at 1280 pixels
ARROW = " → "  # between the names of a pair, which stand below each other in a chart
# Names beside bars: half the room of a phone, more where there is more.
NAMES = {"labelLimit": {"expr": "containerSize()[0] < 500 ? 150 : 260"}, "labelExpr": f"split(datum.label, '{ARROW}')"}
COLUMNS = {"expr": "containerSize()[0] < 500 ? 1 : 2"}  # of a legend
FLOW = ("clause", "provision", "section", "task", "lead", "department", "actor")


def show_chart(answer: Answer) -> None:
    """Draw the chart that the question's header names; nothing when its columns do not give one."""
    draw = CHARTS.get(answer.query.chart)
    if draw and len(answer.rows) > 1:
        draw(answer)


def bars(rows: Sequence[tuple[str, str, float]], *, x: str, y: str, colour: str = "", order: Sequence[str] = (), key: str = "") -> None:
    """Draw stacked bars of (name, series, amount), the amount written into each piece that has room and the sum behind the bar."""
    if not rows:
        return
    names = list(dict.fromkeys(name for name, _, _ in rows))
    series = list(order) or list(dict.fromkeys(one for _, one, _ in rows))
    totals: Counter[str] = Counter()
    for name, _, amount in rows:
        totals[name] += int(amount)
    longest = max(totals.values(), default=1)
    data = [
        {"name": name, "series": one, "amount": amount, "rank": series.index(one), "said": _said_inside(one, amount, longest)}
        for name, one, amount in rows
    ]
    places: dict[str, Any] = {
        "y": {"field": "name", "type": "nominal", "sort": names, "title": None, "axis": NAMES},
        "x": {"field": "amount", "type": "quantitative", "title": x, "stack": "zero", "axis": {"tickMinStep": 1}},
        "order": {"field": "rank", "type": "ordinal"},
        "tooltip": [{"field": "name", "title": y}, {"field": "series", "title": colour or x}, {"field": "amount", "title": x}],
    }
    piece: dict[str, Any] = {"mark": {"type": "bar", "stroke": "#555555", "strokeWidth": 0.6}, "encoding": dict(places)}
    layers: list[dict[str, Any]] = [piece]
    if len(series) > 1:
        scale = {"domain": series, "range": list(COLOURS[: len(series)])}
        legend = {"orient": "bottom", "columns": COLUMNS, "labelLimit": 260, "symbolStrokeWidth": 0.6}
        piece["encoding"]["color"] = {"field": "series", "type": "nominal", "title": colour or None, "scale": scale, "legend": legend}
        inside = {**places, "x": {**places["x"], "bandPosition": 0.5}, "text": {"field": "said"}}
        room = f"datum.amount >= {longest / 16}"
        layers.append(
            {"transform": [{"filter": room}], "mark": {"type": "text", "color": "#1a1a1a", "fontWeight": "bold"}, "encoding": inside}
        )
    else:
        piece["mark"]["color"] = COLOURS[0]
    behind = {"y": places["y"], "x": {"field": "amount", "type": "quantitative"}, "text": {"field": "amount"}}
    sums = [{"name": name, "amount": amount} for name, amount in totals.items()]
    layers.append({"data": {"values": sums}, "mark": {"type": "text", "align": "left", "dx": 4, "color": _ink()}, "encoding": behind})
    step = 36 if any(ARROW in name for name in names) else 26
    _vega({"data": {"values": data}, "layer": layers, "height": {"step": step}}, key)


def _said_inside(series: str, amount: float, longest: int) -> str:
    """Return what a piece of a bar says: its series too where there is room, so that it is told without its colour."""
    room = amount / longest * CHARACTERS_A_BAR
    return f"{series} {amount:g}" if len(series) + 4 <= room else f"{amount:g}"


def matrix(cells: Sequence[tuple[str, str, float]], *, x: str, y: str, value: str, key: str = "") -> None:
    """Draw a matrix of (row, column, amount), the amount written into each cell."""
    if not cells:
        return
    data = [{"row": row, "column": column, "amount": amount} for row, column, amount in cells]
    most = max(amount for _, _, amount in cells)
    places = {
        "y": {"field": "row", "type": "nominal", "title": y, "sort": None, "axis": {"labelLimit": 220}},
        "x": {
            "field": "column",
            "type": "nominal",
            "title": x,
            "sort": None,
            "axis": {"labelAngle": -45, "labelLimit": 140, "orient": "top"},
        },
    }
    fill = {"field": "amount", "type": "quantitative", "title": value, "scale": {"range": ["#E8F1F8", "#08519C"], "domain": [0, most]}}
    ink = {"condition": {"test": f"datum.amount > {most * 0.55}", "value": "#ffffff"}, "value": "#1a1a1a"}
    tips = [{"field": "row", "title": y}, {"field": "column", "title": x}, {"field": "amount", "title": value}]
    layers = [
        {"mark": {"type": "rect", "stroke": "#ffffff"}, "encoding": {**places, "color": {**fill, "legend": None}, "tooltip": tips}},
        {"mark": {"type": "text"}, "encoding": {**places, "text": {"field": "amount"}, "color": ink}},
    ]
    width = {"step": 34}
    _vega({"data": {"values": data}, "layer": layers, "height": {"step": 26}, "width": width}, key, width="content")


def timeline(points: Sequence[tuple[str, str, str]], *, x: str, y: str, colour: str, today: str = "", key: str = "") -> None:
    """Draw points in time of (ISO date, name, kind); kinds differ in colour and shape; a rule stands at ``today``."""
    if not points:
        return
    names = list(dict.fromkeys(name for _, name, _ in points))[:MOST]
    kinds = list(dict.fromkeys(kind for _, _, kind in points))
    data = [{"date": date, "name": name, "kind": kind} for date, name, kind in points if name in names]
    scale = {"domain": kinds, "range": list(COLOURS[: len(kinds)])}
    legend = {"orient": "bottom", "columns": COLUMNS, "labelLimit": 260, "symbolSize": 90, "symbolStrokeWidth": 0.6}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1, "stroke": "#333333", "strokeWidth": 0.6},
            "encoding": {
                "x": {
                    "field": "date",
                    "type": "temporal",
                    "title": x,
                    "axis": {"format": "%Y-%m-%d", "labelOverlap": True, "tickCount": 6},
                },
                "y": {"field": "name", "type": "nominal", "title": y, "sort": names, "axis": {"labelLimit": 220}},
                "color": {"field": "kind", "type": "nominal", "title": colour, "scale": scale, "legend": legend},
                "shape": {"field": "kind", "type": "nominal", "title": colour, "scale": {"domain": kinds}, "legend": legend},
                "tooltip": [{"field": "date", "title": x}, {"field": "name", "title": y}, {"field": "kind", "title": colour}],
            },
        }
    ]
    if today:
        rule = {"mark": {"type": "rule", "strokeDash": [4, 3], "color": _ink()}, "encoding": {"x": {"field": "day", "type": "temporal"}}}
        layers.append({"data": {"values": [{"day": today}]}, **rule})
    _vega({"data": {"values": data}, "layer": layers, "height": {"step": 24}}, key)


def sankey(paths: Sequence[Sequence[str]], *, key: str) -> None:
    """Draw how things flow from layer to layer: one path a row, the same number of names in each."""
    import plotly.graph_objects as go

    if not paths:
        return
    flows = Counter((at, path[at], path[at + 1]) for path in paths for at in range(len(path) - 1) if path[at] and path[at + 1])
    nodes = list(dict.fromkeys(node for at, one, other in flows for node in ((at, one), (at + 1, other))))
    place = {node: at for at, node in enumerate(nodes)}
    tall = max(Counter(layer for layer, _ in nodes).values(), default=1)
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            node={
                "label": [_short(name) for _, name in nodes],
                "color": [COLOURS[layer % len(COLOURS)] for layer, _ in nodes],
                "line": {"color": "#333333", "width": 0.5},
                "pad": 10,
                "thickness": 14,
                "hovertemplate": "%{label} %{value}<extra></extra>",
            },
            link={
                "source": [place[at, one] for at, one, _ in flows],
                "target": [place[at + 1, other] for at, _, other in flows],
                "value": list(flows.values()),
                "color": "rgba(120,120,120,0.35)",
            },
        )
    )
    figure.update_traces(textfont={"family": FONT, "size": 13, "color": _ink(), "shadow": "none"})
    figure.update_layout(font={"family": FONT, "size": 13}, margin={"l": 8, "r": 8, "t": 8, "b": 8}, height=max(260, 22 * tall + 40))
    st.plotly_chart(figure, key=key, config={"displayModeBar": False}, theme="streamlit")


def network(edges: Sequence[tuple[str, str, float]]) -> None:
    """Draw who stands with whom: (one, other, weight); the line's width and number say how much."""
    if not edges:
        return
    most = max(weight for _, _, weight in edges) or 1
    lines = [
        f'{_dot(one)} -> {_dot(other)} [penwidth={1 + 4 * weight / most:.2f} label="{weight:g}"]'
        if weight
        else f"{_dot(one)} -> {_dot(other)}"
        for one, other, weight in edges
    ]
    look = 'bgcolor="transparent" nodesep=0.15 ranksep=0.7'
    look_of_node = 'shape=box style="rounded,filled" fillcolor="#E8F1F8" color="#0072B2" fontsize=12 margin="0.08,0.04"'
    node = f'node [{look_of_node} fontname="Noto Sans CJK SC"]'
    edge = 'edge [dir=none color="#777777" fontcolor="#777777" fontname="Noto Sans CJK SC" fontsize=10]'
    engine = "dot" if len(edges) < 25 else "neato"
    graph = f"digraph {{ {look} overlap=false splines=true\n{node}\n{edge}\n" + "\n".join(lines) + "\n}"
    st.graphviz_chart(graph.replace("digraph {", f'digraph {{ layout="{engine}"', 1), width="stretch")


def _bars_of(answer: Answer) -> None:
    number = _first(answer, lambda c: c.kind == "number")
    series = _first(answer, lambda c: c.kind not in ("number", "id", "text", "place", "iri", "date", "boolean", "term", "counted"))
    name = _first(
        answer, lambda c: c.kind in ("text", "term", "counted", "date") or (c.kind == "id" and c.name not in ("upper", "document"))
    )
    name = name or series
    if number is None or name is None:
        return
    totals: Counter[tuple[str, str]] = Counter()
    for row in answer.rows:
        value = row[number.name]
        if isinstance(value, (int, float)):
            totals[_said(row, name), _said(row, series) if series and series != name else word(number.label)] += value  # type: ignore[assignment]
    sums: Counter[str] = Counter()
    for (who, _), amount in totals.items():
        sums[who] += amount
    top = [who for who, _ in sums.most_common(MOST)]
    rows = sorted(((who, one, float(amount)) for (who, one), amount in totals.items() if who in top), key=lambda r: (top.index(r[0]), r[1]))
    bars(rows, x=word(number.label), y=word(name.label), colour=word(series.label) if series else "", key=f"chart-{answer.query.name}")
    _tell_cut(len(sums))


def _matrix_of(answer: Answer) -> None:
    number = _first(answer, lambda c: c.kind == "number")
    sides = [c for c in answer.columns if c.kind not in ("number", "place", "date", "boolean") and _several(answer, c)][:2]
    if len(sides) < 2:
        return
    totals: Counter[tuple[str, str]] = Counter()
    for row in answer.rows:
        value = row[number.name] if number else 1
        if isinstance(value, (int, float)):
            totals[_said(row, sides[0]), _said(row, sides[1])] += value  # type: ignore[assignment]
    top = _top(totals, 0), _top(totals, 1)
    cells = [(one, other, float(amount)) for (one, other), amount in totals.items() if one in top[0] and other in top[1]]
    value_words = word(number.label) if number else word("column/count")
    matrix(cells, x=word(sides[1].label), y=word(sides[0].label), value=value_words, key=f"chart-{answer.query.name}")


def _timeline_of(answer: Answer) -> None:
    day = _first(answer, lambda c: c.kind == "date" and c.name != "written_on") or _first(answer, lambda c: c.kind == "date")
    name = answer.query.column("task") or _first(answer, lambda c: c.kind in ("id", "text"))
    kind = (
        answer.query.column("kind")
        or answer.query.column("level")
        or _first(answer, lambda c: c.kind not in ("text", "id", "date", "number"))
    )
    if day is None or name is None:
        return
    points = [
        (str(row[day.name]), _short(_said(row, name)), _said(row, kind) if kind else word(day.label))
        for row in answer.rows
        if row[day.name]
    ]
    timeline(
        sorted(points), x=word(day.label), y=word(name.label), colour=word(kind.label) if kind else "", key=f"chart-{answer.query.name}"
    )
    _tell_cut(len({name for _, name, _ in points}))


def _sankey_of(answer: Answer) -> None:
    names = [name for name in FLOW if answer.query.column(name)]
    columns = [column for name in names if (column := answer.query.column(name))][:3]
    if len(columns) < 2:
        return
    rows = answer.rows[: 4 * MOST]
    sankey([[_said(row, column) for column in columns] for row in rows], key=f"chart-{answer.query.name}")
    if len(answer.rows) > len(rows):
        st.caption(plain(word("ui/chart-cut", count=len(rows))))


def _network_of(answer: Answer) -> None:
    ends = [c for c in answer.columns if c.kind in ("id", "text") and not c.name.endswith("authority")][:2]
    number = _first(answer, lambda c: c.kind == "number")
    if len(ends) < 2:
        return
    weights: dict[tuple[str, str], float] = {}
    for row in answer.rows:  # several rows of two ends tell the roles; the pair is drawn once
        pair = _said(row, ends[0]), _said(row, ends[1])
        if all(pair):
            weights[pair] = max(weights.get(pair, 0.0), float(row[number.name] or 0) if number else 0.0)
    heaviest = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[: 2 * MOST]
    network([(*pair, weight) for pair, weight in heaviest])
    _tell_cut(len(weights), 2 * MOST)


CHARTS: dict[str, Callable[[Answer], None]] = {
    "bar": _bars_of,
    "heatmap": _matrix_of,
    "timeline": _timeline_of,
    "sankey": _sankey_of,
    "graph": _network_of,
}


def _first(answer: Answer, fits: Callable[[Column], bool]) -> Column | None:
    return next((column for column in answer.columns if fits(column) and _filled(answer, column)), None)


def _filled(answer: Answer, column: Column) -> bool:
    return any(row[column.name] not in (None, "") for row in answer.rows)


def _several(answer: Answer, column: Column) -> bool:
    return len({row[column.name] for row in answer.rows}) > 1


def _said(row: Row, column: Column) -> str:
    return words(row[column.name], column, lang())


def _ink() -> str:
    """Return the colour of words on this visitor's background."""
    return "#EDEBE8" if st.context.theme.type == "dark" else "#2F2D2B"


def _top(totals: Counter[tuple[str, str]], side: int) -> set[str]:
    sums: Counter[str] = Counter()
    for pair, amount in totals.items():
        sums[pair[side]] += amount
    return {name for name, _ in sums.most_common(MOST)}


def _tell_cut(count: int, most: int = MOST) -> None:
    if count > most:
        st.caption(plain(word("ui/chart-cut", count=most)))


def _short(name: str) -> str:
    line = " ".join(name.split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"


def _dot(name: str) -> str:
    """Return a name as a quoted DOT id; nothing in it can end the quotes."""
    return '"' + _short(name).replace("\\", "＼").replace('"', "”") + '"'


def _vega(spec: dict[str, Any], key: str, width: Any = "stretch") -> None:
    look = {"font": FONT, "axis": {"labelFontSize": 12, "titleFontSize": 12}, "legend": {"labelFontSize": 12}, "view": {"stroke": None}}
    st.vega_lite_chart({**spec, "config": look}, key=key or None, width=width)
