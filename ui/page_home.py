"""首页: where to start, what is in the graph and who decided it, how far each pair is covered, what the last build changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from queries.catalogue import find_query
from queries.run import Row
from ui.answers import ask, counts_before, document_titles, version
from ui.charts import MOST, bars
from ui.counts import counted
from ui.findings import show_counts
from ui.frame import bracketed, confirmed_only, errors_in_words, go_link, lang, link_to, word
from ui.marked import plain
from ui.reported import report_if_ready

# The three things people come for: the page (and its view), the words, the picture.
STARTS: tuple[tuple[str, dict[str, str], str, str], ...] = (
    ("concordance", {}, "table/concordance", ":material/compare_arrows:"),
    ("ledger", {}, "table/ledger", ":material/checklist:"),
    ("topics", {"query": "uncovered-provisions"}, "ui/list-of-gaps", ":material/rule:"),
)
LARGE = """<style>
.st-key-starts [data-testid='stPageLink'] a { padding: 0.7rem 0.6rem; }
.st-key-starts [data-testid='stPageLink'] a p { font-size: 1.2rem; font-weight: 600; white-space: normal; }
</style>"""
LOOKS_AGAIN_S = 2.0
EXAMPLES = ("which-tasks-implement-clause", "load-by-department", "triggers")
STATES = ("accepted", "proposed", "addressed-to-other-level", "none-found", "level-unclear", "omitted", "done-elsewhere", "not-applicable")


def show() -> None:
    link_to({})
    st.title(f"{word('app/name')} · {word('app/subtitle')}")
    st.info(plain(word("note/link-means")))
    _starts()
    counts = {str(row["kind"]): int(row["amount"] or 0) for row in ask("graph-counts").rows}
    st.subheader(word("ui/counted"))
    wholes = _wholes(counts)
    with st.container(horizontal=True):
        for kind, whole in wholes.items():
            counted(word(f"term/{kind}"), kind, counts.get(kind, 0), word(f"whole/{kind}", all=whole))
    st.subheader(word("ui/decided"))
    decided = ask("all-links-by-decision").rows
    with st.container(horizontal=True):
        for row in decided:
            every = word("whole/counted-links", all=row["of_links"])
            counted(word(f"counted/{row['decided']}"), "counted-links", int(row["amount"] or 0), every)
    _coverage()
    st.subheader(word("ui/waiting"))
    _findings()
    _waiting(decided)
    _changes(counts)
    st.caption(f"{word('ui/graph-version')} {version()}")


def _starts() -> None:
    st.subheader(word("ui/start"))
    st.html(LARGE)
    with st.container(horizontal=True, key="starts"):
        for page, view, key, icon in STARTS:
            with st.container(border=True, width=284):
                go_link(page, word(key), icon=icon, **view)
                st.caption(plain(word(f"{key}-about")))
    with st.container(horizontal=True):
        for name in EXAMPLES:
            query = find_query(name)
            params = {f"p.{key}": value for key, value in query.example.params.items()}
            go_link("topics", f"{word('ui/for-example')}{query.title[lang()]}", query=name, **params)


def _coverage() -> None:
    answer = ask("coverage-of-pairs")
    if not answer.rows:
        return
    st.subheader(word("ui/coverage"))
    titles = document_titles()
    keys = [f"term/sentence-{state}" for state in STATES]
    rows = []
    pairs = dict.fromkeys((str(row["lower"]), str(row["upper"])) for row in answer.rows)
    shown = list(pairs)[:MOST]
    names = pair_names(shown, titles)
    for row in answer.rows:
        lower, upper = str(row["lower"]), str(row["upper"])
        if (lower, upper) not in shown:
            continue
        rows.append((names[lower, upper], word(f"term/{row['state']}"), float(row["sentences"] or 0)))
    present = [word(key) for key in keys if word(key) in {state for _, state, _ in rows}]
    totals = sorted({int(row["of_sentences"] or 0) for row in answer.rows})
    st.caption(plain(word("ui/coverage-note", total=totals[0] if len(totals) == 1 else f"{totals[0]}–{totals[-1]}")))
    if confirmed_only():
        st.caption(plain(word("ui/coverage-all")))
    bars(rows, x=word("term/counted-sentences"), y=word("ui/pair"), colour=word("column/coverage"), order=present, key="coverage")
    if len(pairs) > MOST:
        st.caption(plain(word("ui/chart-cut", count=MOST)))
        go_link("topics", answer.query.title[lang()], query="coverage-of-pairs")


def pair_names(pairs: Sequence[tuple[str, str]], titles: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Return a short name for each pair (lower, upper); where two would be called the same, with the ids of their documents."""
    short = {pair: " → ".join(titles.get(slug, slug)[:14] for slug in pair) for pair in pairs}
    called = Counter(short.values())
    return {pair: name if called[name] == 1 else " → ".join(f"{titles.get(s, s)[:6]}… {s}" for s in pair) for pair, name in short.items()}


def _changes(now: dict[str, int]) -> None:
    before = counts_before()
    st.subheader(word("ui/last-build"))
    if before is None:
        st.caption(plain(word("ui/first-build")))
        return
    earlier, counts = before
    changed = [
        f"{word(f'term/{kind}')} {counts.get(kind, 0)} → {amount}{bracketed(f'{amount - counts.get(kind, 0):+d}')}"
        for kind, amount in now.items()
        if amount != counts.get(kind, 0)
    ]
    st.caption(plain(f"{earlier} → {version()}"))
    st.markdown("\n".join(f"- {plain(line)}" for line in changed) if changed else plain(word("ui/same-counts")))


def _findings() -> None:
    """Draw how many findings of the report are open; where it is still being made say so, and look again."""
    with errors_in_words():
        ready = report_if_ready() is not None
        st.fragment(_open_findings, run_every=None if ready else LOOKS_AGAIN_S)()


def _open_findings() -> None:
    with errors_in_words():
        found = report_if_ready()
        if found is None:
            st.caption(plain(word("ui/checking")))
            return
        show_counts(found)


def _waiting(decided: Sequence[Row]) -> None:
    said = " · ".join(f"{word(f'counted/{by}')} {amount}" for by, amount in ((row["decided"], row["amount"]) for row in decided))
    with st.container(horizontal=True):
        go_link("review", f"{word('page/review')} · {said}")
        go_link("check", word("page/check"))
        go_link("import", word("page/import"))


def _wholes(counts: dict[str, int]) -> dict[str, int]:
    """Return what each count is a part of: documents of those that appear, the rest of what stands in documents that were compared."""
    compared = [row for row in ask("list-pairs").rows if row["verdict"] != "no"]
    held = {str(row["document"]): row for row in ask("list-documents").rows}
    upper, lower = ({str(row[side]) for row in compared} for side in ("upper", "lower"))
    sentences = {str(row["upper"]): int(row["sentences"] or 0) for row in compared}
    return {
        "counted-documents": counts.get("counted-documents", 0) + counts.get("counted-documents-named", 0),
        "counted-tasks": sum(int(held[slug]["tasks"] or 0) for slug in lower if slug in held),
        "counted-clauses": sum(int(held[slug]["clauses"] or 0) for slug in upper if slug in held),
        "counted-sentences": sum(sentences.values()),
        "counted-gaps": sum(int(row["sentences"] or 0) for row in compared),
    }
