"""承接链: a pair of documents, sentence by sentence: who takes up what in which words, what nobody takes up, and why the pair stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from ontology.labels import labels
from ontology.terms import SCHEMES
from queries.ids import full_id
from queries.run import Answer, Row
from queries.writers import words
from ui.answers import ask, document_titles
from ui.chain import show_chain
from ui.charts import matrix, sankey
from ui.counts import of_whole
from ui.divergences import ORDER, Key, counted, directions, divergences_html, divergences_of, key_of
from ui.evidence import decided_only, evidence_html, features_html, show_legend, show_ways
from ui.form import pick
from ui.frame import begin_with, bracketed, errors_in_words, go_link, lang, link_to, linked, sign, word
from ui.marked import plain
from ui.narrow import filters
from ui.tables import counts_in_words
from ui.trace_lists import ask_gaps, show_basisless, show_beyond, show_gaps

LINKS, PAIRS, CLAUSE = "links-of-pair", "list-pairs", "which-tasks-implement-clause"
VIEWS = ("links", "gaps", "basisless", "beyond", "flow", "graph")
NARROWING = ("lead", "status", "relation", "way", "sure", "confirmed")  # of the link: what leaves out links that are there
CARDS = 8
FLOWS_SHOWN = 60
CLAUSES_SHOWN = 15  # rows of a matrix that are still taken in at a glance


def show() -> None:
    st.title(word("page/trace"))
    st.caption(plain(word("note/link-means")))
    pairs = ask(PAIRS)
    clause = linked("clause")
    pair = _pair(pairs, clause)
    if pair is None:
        st.info(plain(word("ui/no-pairs")))
        link_to({"clause": clause})
        return
    upper, lower = str(pair["upper"]), str(pair["lower"])
    _verdict(pairs, pair)
    if pair["verdict"] == "no":
        link_to({"upper": upper, "lower": lower})
        show_basisless(pair)
        return
    answer = decided_only(ask(LINKS, {"upper": upper, "lower": lower}))
    differs = divergences_of(upper, lower)
    with filters("trace"):
        chosen = _filters(answer, upper, clause)
    kept = _kept(answer, chosen, differs)
    view = _choose_view()
    link_to({"upper": upper, "lower": lower, "view": view if view != "links" else None, **chosen})
    if view in ("links", "flow", "graph"):
        st.markdown(f"**{plain(counts_in_words(kept))}**")
        if said := counted(kept, differs):
            st.caption(plain(of_whole(f"{word('ui/differs')} {said}", len(kept.rows))))
    VIEW[view](kept, pair)


def _pair(pairs: Answer, clause: str | None) -> Row | None:
    """Draw the choice of a pair; a clause in the link decides for a pair of its document."""
    titles = document_titles()
    known = {f"{row['lower']} {row['upper']}": row for row in pairs.rows}
    if not known:
        return None
    shown = {
        key: f"{titles.get(str(row['lower']), row['lower'])} → {titles.get(str(row['upper']), row['upper'])}"
        + (bracketed(word("ui/judged-no")) if row["verdict"] == "no" else "")
        for key, row in known.items()
    }
    document = (clause or "").partition(":")[0] if ":" in (clause or "") else None
    likely = sorted(known, key=lambda key: (known[key]["upper"] != document if document else False, known[key]["verdict"] == "no"))
    asked = f"{linked('lower')} {linked('upper')}"
    if linked("upper") and asked not in known:
        st.error(plain(word("ui/no-such-pair")))
    key = pick(word("ui/pair"), shown, asked if asked in known else likely[0], "trace-pair", new=False, help=word("ui/pair-help"))
    return known.get(key or "")


def _verdict(pairs: Answer, pair: Row) -> None:
    columns = {column.name: column for column in pairs.columns}
    verdict = word(f"ui/judged-{pair['verdict']}")
    with st.expander(f"{word('column/verdict')}{sign('：')}{verdict}", expanded=pair["verdict"] == "no"):
        for line in str(pair["reasons_zh" if lang() == "zh" else "reasons_en"] or "").splitlines():
            st.markdown(f"- {plain(line)}")
    if pair["skips_level"]:
        missing = words(pair["missing_levels"], columns["missing_levels"], lang())
        st.warning(
            plain(
                f"{word('term/skips-level')}{sign('（')}{word('term/not-held')}{sign('：')}{missing}{sign('）')}{sign('：')}{word('note/skips-level')}"
            )
        )


def _filters(answer: Answer, upper: str, clause: str | None) -> dict[str, str | None]:
    """Draw the filters; return them as the link keeps them."""
    clauses: dict[str, str] = {}
    for row, iris in zip(ask("list-clauses", {"document": upper}).rows, ask("list-clauses", {"document": upper}).iris, strict=True):
        clauses[full_id(iris["provision"])] = f"{row['number'] or row['provision']} {row['heading'] or ''}"
    leads = sorted({name for row in answer.rows for name in str(row["lead"] or "").split("、") if name})
    first, second = st.columns([2, 1])
    with first:
        chosen = pick(word("ui/choose-clause"), clauses, clause, f"trace-clause/{upper}", help=word("ui/choose-clause-help"))
    with second:
        lead = pick(
            word("column/lower_lead"), {name: name for name in leads}, linked("lead"), "trace-lead", new=False, help=word("ui/lead-help")
        )
    third, fourth, fifth, sixth = st.columns(4)
    with third:
        status = _scheme("status", linked("status"))
    with fourth:
        relation = _scheme("relation-type", linked("relation"))
    with fifth:
        shown = {way: word(f"direction/{way}") for way in ORDER}
        way = pick(word("column/direction"), shown, linked("way", ORDER), "trace-way", new=False, help=word("ui/way-help"))
    with sixth:
        begin_with("trace-sure", _share(linked("sure")))
        sure = st.slider(word("ui/at-least-sure"), 0.0, 1.0, step=0.05, key="trace-sure", help=word("ui/at-least-sure-help"))
    if chosen and chosen not in clauses:  # typed, or of a link: the question itself says what is meant, or that nothing is
        with errors_in_words():
            chosen = ask(CLAUSE, {"clause": chosen}).params["clause"]
    return {"clause": chosen, "lead": lead, "status": status, "relation": relation, "way": way, "sure": f"{sure:g}" if sure else None}


def _scheme(scheme: str, given: str | None) -> str | None:
    shown = {code: labels()[f"{scheme}/{code}"][lang() == "en"] for code in SCHEMES[scheme] if code != "rejected"}
    topic = "column/relation" if scheme == "relation-type" else "column/status"
    return pick(word(topic), shown, given if given in shown else None, f"trace-{scheme}", new=False, help=word("ui/filter-help"))


def _share(text: str | None) -> float:
    try:
        return min(max(float(text or 0), 0.0), 1.0)
    except ValueError:
        return 0.0


def _kept(answer: Answer, chosen: dict[str, str | None], differs: Mapping[Key, Sequence[Row]]) -> Answer:
    clause, lead, way, sure = chosen["clause"], chosen["lead"], chosen["way"], _share(chosen["sure"])
    kept = [
        at
        for at, row in enumerate(answer.rows)
        if (lead is None or lead in str(row["lead"] or "").split("、"))
        and chosen["status"] in (None, row["status"])
        and chosen["relation"] in (None, row["relation"])
        and float(row["confidence"] or 0) >= sure
        and (way is None or way in directions(differs.get(key_of(row), ())))
        and (clause is None or _below(answer.iris[at], clause))
    ]
    rows = tuple(answer.rows[at] for at in kept)
    by = Counter("proposed" if row["status"] == "proposed" else "rule" if row["decided_by"] == "rule" else "person" for row in rows)
    every = answer.counts.get("all", len(answer.rows))
    counts = {"rows": len(rows), "all": every, "rule": by["rule"], "person": by["person"], "proposed": by["proposed"]}
    return replace(answer, rows=rows, iris=tuple(answer.iris[at] for at in kept), counts=counts, notes=())


def _below(iris: dict[str, str], clause: str) -> bool:
    ids = {full_id(iris[name]) for name in ("clause", "sentence") if name in iris}
    return any(one == clause or one.startswith(f"{clause}.") for one in ids)


def _choose_view() -> str:
    begin_with("trace-view", linked("view", VIEWS) or "links")
    chosen = st.segmented_control(
        word("ui/view"),
        VIEWS,
        key="trace-view",
        required=True,
        format_func=lambda view: word(f"ui/trace-{view}"),
        help=word("ui/trace-view-help"),
    )
    return str(chosen or "links")


@st.fragment
def _links(kept: Answer, pair: Row) -> None:
    """Sentences on the left, the tasks of the chosen one on the right with the words of both."""
    if not kept.rows:
        _tell_nothing()
        return
    show_legend()
    groups: dict[str, list[int]] = {}
    for at, row in enumerate(kept.rows):
        groups.setdefault(str(row["sentence"] or row["clause"]), []).append(at)
    order = sorted(groups, key=lambda name: _position(kept.rows[groups[name][0]]))
    left, right = st.columns([2, 3], gap="medium")
    with left:
        chosen = _sentences(kept, order, groups)
    differs = divergences_of(str(pair["upper"]), str(pair["lower"]))
    with right:
        for at in groups[chosen][:CARDS]:
            _card(kept, at, differs.get(key_of(kept.rows[at]), ()))
        if len(groups[chosen]) > CARDS:
            st.caption(plain(word("ui/rows-cut", count=CARDS)))


def _sentences(kept: Answer, order: Sequence[str], groups: dict[str, list[int]]) -> str:
    st.subheader(word("ui/upper-sentences"))
    rows = [
        {
            "sentence": name,
            "text": str(kept.rows[groups[name][0]]["provision_text"] or ""),
            "tasks": sign("、").join(str(kept.rows[at]["task"]) for at in groups[name]),
        }
        for name in order
    ]
    config = {
        "sentence": st.column_config.TextColumn(word("column/sentence"), width=70, pinned=True),
        "text": st.column_config.TextColumn(word("column/provision_text"), width=140),
        "tasks": st.column_config.TextColumn(word("term/task"), width=70),
    }
    picked = st.dataframe(
        rows,
        hide_index=True,
        column_config=config,
        on_select="rerun",
        selection_mode="single-row",
        key="trace-sentences",
        height=min(35 * len(rows) + 38, 560),
        alt=word("ui/upper-sentences"),
    ).selection.rows
    st.caption(plain(word("ui/choose-sentence")))
    return order[picked[0]] if picked and picked[0] < len(order) else order[0]


def _card(kept: Answer, at: int, differs: Sequence[Row]) -> None:
    row = kept.rows[at]
    with st.container(border=True):
        st.html(link_html(kept, row) + divergences_html(differs))
        with st.expander(f"{word('column/confidence')} {row['confidence']}{sign('：')}{word('column/features')}"):
            st.html(features_html(str(row.get("features") or "")))
        show_ways(row, kept.iris[at], key=f"trace-{at}", chain=False)


def link_html(answer: Answer, row: Row) -> str:
    """Return one link as safe HTML: its kind, confidence and status, then both texts with the shared words marked."""
    return evidence_html(answer, row, document_titles())


def _position(row: Row) -> tuple[int, ...]:
    place = str(row["provision_place"] or "span/0-0").split()[0]
    start = place.rpartition("/")[2].partition("-")[0]
    return (int(start) if start.isdigit() else 0,)


def _gaps(kept: Answer, pair: Row) -> None:
    gaps = ask_gaps(pair)
    clause = st.query_params.get("clause")
    show_gaps(pair, None if clause is None else [at for at, iris in enumerate(gaps.iris) if _below(iris, clause)], gaps)


def _flow(kept: Answer, pair: Row) -> None:
    """A matrix first, of clauses (of sections, where there are many) and departments; the flow only where it can still be read."""
    if not kept.rows:
        _tell_nothing()
        return
    many = len({row["clause"] for row in kept.rows}) > CLAUSES_SHOWN
    sections = _sections(str(pair["upper"])) if many else {}
    cells = Counter(
        (sections.get(str(row["clause"]).partition(".")[0]) or str(row["clause_number"] or row["clause"]), name)
        for row in sorted(kept.rows, key=_position)
        for name in str(row["lead"] or "—").split("、")
    )
    st.subheader(word("ui/section-department" if sections else "ui/clause-department"))
    matrix(
        [(*pair_, float(count)) for pair_, count in cells.items()],
        x=word("column/lower_lead"),
        y=word("term/section" if sections else "column/clause"),
        value=word("term/alignment"),
        key="trace-matrix",
    )
    st.subheader(word("ui/flow"))
    rows = kept.rows[:FLOWS_SHOWN]
    paths = [
        (str(row["clause_number"] or row["clause"]), f"{word('term/task')} {row['task']}", name)
        for row in rows
        for name in str(row["lead"] or "—").split("、")
    ]
    sankey(paths, key="trace-flow")
    if len(kept.rows) > FLOWS_SHOWN:
        st.caption(plain(word("ui/chart-cut", count=FLOWS_SHOWN)))


def _sections(document: str) -> dict[str, str]:
    """Return number and heading of each section of a document, by its id."""
    rows = (row for row in ask("list-clauses", {"document": document}).rows if row["unit"] == "section")
    return {str(row["provision"]): f"{row['number'] or ''} {row['heading'] or ''}".strip() for row in rows}


def _graph(kept: Answer, pair: Row) -> None:
    if not kept.rows:
        _tell_nothing()
        return
    show_chain(kept, document_titles().get(str(pair["upper"]), str(pair["upper"])))
    go_link("compare", word("page/compare"), doc=str(pair["upper"]))


def _tell_nothing() -> None:
    """Say that no link is there, or that the filters leave none: the first is a finding, the second is not."""
    st.info(plain(word("ui/no-links-narrowed" if any(name in st.query_params for name in NARROWING) else "ui/no-links")))


VIEW = {
    "links": _links,
    "gaps": _gaps,
    "basisless": lambda kept, pair: show_basisless(pair),
    "beyond": lambda kept, pair: show_beyond(pair),
    "flow": _flow,
    "graph": _graph,
}
