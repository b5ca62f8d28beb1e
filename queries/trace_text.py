"""A chain as a text tree, as Graphviz, Mermaid and SVG. Adding a format is adding a line to WRITERS."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import escape

from ontology.labels import Language, label, labels
from queries.ids import place_words
from queries.text_table import width
from queries.trace import Node, Step, Trace, as_json

SHORT = 30
BOX, GAP = 200, 145  # how wide the boxes of a drawing are, and the space between them for what a step is called


def write_text(found: Trace, lang: Language) -> str:
    """Return the tree with branches drawn, a line a thing, under a link the words both sides share."""
    lines: list[str] = []
    for way, node in (("up", found.up), ("down", found.down)):
        if node is not None:
            lines += [f"{_word(f'trace/{way}', lang)}  {_said(node, lang)}", *_branches(node, "", lang), ""]
    return "\n".join(lines)


def _branches(node: Node, indent: str, lang: Language) -> Iterator[str]:
    for number, child in enumerate(node.children, 1):
        last = number == len(node.children)
        yield f"{indent}{'└─ ' if last else '├─ '}{_step(child.step, lang)} {_said(child, lang)}"
        below = indent + ("   " if last else "│  ")
        for line in _quotes(child.step, lang):
            yield f"{below}{'│' if child.children else ' '}  {line}"
        yield from _branches(child, below, lang)
    if node.cut:
        yield f"{indent}└─ …"


def _said(node: Node, lang: Language) -> str:
    number = node.number if node.kind != "task" else (f"第{node.number}项" if lang == "zh" and node.number else node.number or node.id)
    name = node.name
    if node.kind == "deadline":
        kind, _, due = node.name.partition(" ")
        name = " ".join(part for part in (node.words, f"〔{_word(f'deadline-kind/{kind}', lang)} {due}〕".replace(" 〕", "〕")) if part)
    words = "" if node.kind in ("deadline", "actor") else _short(node.words)
    place = f"〔{place_words(node.place, lang)}〕" if node.place and node.kind in ("task", "sentence") else ""
    own = node.id if node.kind not in ("actor", "deadline", "cited-document") else ""
    return " ".join(part for part in (_word(f"trace-kind/{node.kind}", lang), number, name, words, place, own) if part)


def _step(step: Step | None, lang: Language) -> str:
    if step is None:
        return ""
    parts = [_word(step.kind if step.kind.startswith("role/") else f"trace-step/{step.kind}", lang)]
    if step.confidence is not None:
        parts += [_word(f"relation-type/{step.relation}", lang), f"{_word('column/confidence', lang)} {step.confidence:g}"]
        parts.append(_word(f"status/{step.status}", lang))
    return f"〔{' · '.join(part for part in parts if part)}〕" if lang == "zh" else f"[{', '.join(part for part in parts if part)}]"


def _quotes(step: Step | None, lang: Language) -> list[str]:
    if step is None or not step.provision_quotes:
        return []
    sides = (("trace/provision-quote", step.provision_quotes), ("trace/task-quote", step.task_quotes))
    return [f"{_word(key, lang)}「{' … '.join(quotes)}」" for key, quotes in sides if quotes]


def write_json(found: Trace, lang: Language) -> str:
    said = {
        "up": as_json(found.up),
        "down": as_json(found.down),
        "left_out": found.left_out,
        "skips_level": found.skips_level,
        "graph_version": found.graph_version,
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _edges(found: Trace) -> tuple[dict[str, Node], list[tuple[str, str, Step]]]:
    """Return the things by IRI and every edge once, pointing down: from the document to the task, from the task to its department."""
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str, str], Step] = {}

    def walk(node: Node, up: bool) -> None:
        nodes.setdefault(node.iri, node)
        for child in node.children:
            if child.step:
                upwards = up and not child.step.kind.startswith("role/")
                pair = (child.iri, node.iri) if upwards else (node.iri, child.iri)
                edges.setdefault((*pair, child.step.link or child.step.kind.split("-")[0]), child.step)
            walk(child, up)

    for node, up in ((found.up, True), (found.down, False)):
        if node is not None:
            walk(node, up)
    return nodes, [(start, end, step) for (start, end, _), step in edges.items()]


def write_dot(found: Trace, lang: Language) -> str:
    """Return a Graphviz digraph; links are solid, awaiting review dashed."""
    nodes, edges = _edges(found)
    names = {iri: f"n{at}" for at, iri in enumerate(nodes)}
    lines = ["digraph trace {", '  rankdir=LR; node [shape=box, fontname="Noto Sans CJK SC"]; edge [fontname="Noto Sans CJK SC"];']
    lines += [f"  {names[iri]} [label={_quoted(_label(node, lang))}];" for iri, node in nodes.items()]
    lines += [f"  {names[a]} -> {names[b]} [label={_quoted(_edge_label(step, lang))}{_dashed(step)}];" for a, b, step in edges]
    return "\n".join([*lines, "}", ""])


def write_mermaid(found: Trace, lang: Language) -> str:
    nodes, edges = _edges(found)
    names = {iri: f"n{at}" for at, iri in enumerate(nodes)}
    lines = ["flowchart LR", *(f'  {names[iri]}["{_entities(_label(node, lang))}"]' for iri, node in nodes.items())]
    for start, end, step in edges:
        arrow = "-.->" if step.status == "proposed" else "-->"
        lines.append(f'  {names[start]} {arrow}|"{_entities(_edge_label(step, lang))}"| {names[end]}')
    return "\n".join([*lines, ""])


def write_svg(found: Trace, lang: Language) -> str:
    """Return the chains as a drawing that needs no other program: the thing at the left, each step a column further right."""
    boxes: list[str] = []
    row = 0.0
    columns = 1

    def draw(node: Node, depth: int) -> float:
        nonlocal row, columns
        columns = max(columns, depth + 1)
        if node.children:
            ys = [draw(child, depth + 1) for child in node.children]
            y = sum(ys) / len(ys)
            for child, child_y in zip(node.children, ys, strict=True):
                boxes.append(_line(depth, y, child_y, child.step, lang))
        else:
            y, row = row, row + 1
        boxes.append(_box(node, depth, y, lang))
        return y

    for node in (found.up, found.down):
        if node is not None:
            draw(node, 0)
            row += 0.5
    wide, high = columns * (BOX + GAP) + 20 - GAP, int(row * 58 + 20)
    style = "text{font:12px 'Noto Sans CJK SC','Microsoft YaHei',sans-serif}.k{fill:#555;font-size:11px}"
    inside = "\n".join(sorted(boxes, key=lambda one: one.startswith("<g")))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" role="img">'
        f"<style>{style}</style>\n{inside}\n</svg>\n"
    )


def _box(node: Node, depth: int, y: float, lang: Language) -> str:
    x, top = depth * (BOX + GAP) + 10, y * 58 + 10
    first, _, second = _label(node, lang).partition("\n")
    return (
        f'<g><title>{escape(node.id)} {escape(node.words)}</title><rect x="{x}" y="{top:.0f}" width="{BOX}" height="44" rx="4" fill="#fff"'
        f' stroke="#444"/><text class="k" x="{x + 6}" y="{top + 17:.0f}">{escape(_fit(first))}</text>'
        f'<text x="{x + 6}" y="{top + 35:.0f}">{escape(_fit(second))}</text></g>'
    )


def _line(depth: int, y: float, to: float, step: Step | None, lang: Language) -> str:
    x, start, end = depth * (BOX + GAP) + BOX + 10, y * 58 + 32, to * 58 + 32
    dash = ' stroke-dasharray="5 4"' if step and step.status == "proposed" else ""
    words = _edge_label(step, lang) if step else ""
    return (
        f'<path d="M{x} {start:.0f} C{x + GAP // 3} {start:.0f} {x + GAP // 3} {end:.0f} {x + GAP} {end:.0f}"'
        f' fill="none" stroke="#888"{dash}/>'
        f'<text class="k" x="{x + GAP - 2}" y="{end - 5:.0f}" text-anchor="end">{escape(words)}</text>'
    )


def _fit(text: str) -> str:
    while width(text) > 30:
        text = f"{text[:-2]}…"
    return text


def _label(node: Node, lang: Language) -> str:
    if node.kind == "deadline":
        return f"{_word('trace-kind/deadline', lang)}\n{node.words}"
    number = node.number or (node.id.rpartition(":")[2] if node.kind == "sentence" else "")
    above = " ".join(part for part in (_word(f"trace-kind/{node.kind}", lang), number) if part)
    return f"{above}\n{_short(node.name or node.words)}"


def _edge_label(step: Step, lang: Language) -> str:
    kind = _word(step.kind if step.kind.startswith("role/") else f"trace-step/{step.kind}", lang)
    return f"{kind} {step.confidence:g}" if step.confidence is not None else kind


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _entities(text: str) -> str:
    return "".join(f"#{ord(c)};" if c in '"#<>&;`|[]{}' else "<br/>" if c == "\n" else c for c in text)


def _dashed(step: Step) -> str:
    return ", style=dashed" if step.status == "proposed" else ""


def _word(key: str, lang: Language) -> str:
    return label(key, lang) if key in labels() else key.partition("/")[2]


WRITERS: dict[str, Callable[[Trace, Language], str]] = {
    "text": write_text,
    "json": write_json,
    "dot": write_dot,
    "mermaid": write_mermaid,
    "svg": write_svg,
}
