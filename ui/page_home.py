"""首页: where to start, what is in the graph and who decided it, how far each pair is covered, what the last build changed."""

from __future__ import annotations

import streamlit as st

from queries.catalogue import find_query
from ui.answers import ask, counts_before, document_titles, version
from ui.charts import bars
from ui.frame import confirmed_only, go_link, lang, link_to, word
from ui.marked import plain

# The three things people come for: the page (and its view), the words, the picture.
STARTS: tuple[tuple[str, dict[str, str], str, str], ...] = (
    ("concordance", {}, "table/concordance", ":material/compare_arrows:"),
    ("ledger", {}, "table/ledger", ":material/checklist:"),
    ("topics", {"query": "uncovered-provisions"}, "ui/list-of-gaps", ":material/rule:"),
)
LARGE = """<style>
.st-key-starts [data-testid='stPageLink'] a { padding: 0.7rem 0.6rem; }
.st-key-starts [data-testid='stPageLink'] a p { font-size: 1.25rem; }
</style>"""
EXAMPLES = ("which-tasks-implement-clause", "load-by-department", "triggers")
STATES = ("accepted", "proposed", "addressed-to-other-level", "none-found", "level-unclear", "omitted", "done-elsewhere", "not-applicable")


def show() -> None:
    link_to({})
    st.title(f"{word('app/name')} · {word('app/subtitle')}")
    st.info(plain(word("note/link-means")))
    _starts()
    st.subheader(word("ui/counted"))
    counts = {str(row["kind"]): int(row["amount"] or 0) for row in ask("graph-counts").rows}
    _metrics([(word(f"term/{kind}"), amount) for kind, amount in counts.items()])
    st.subheader(word("ui/decided"))
    _metrics([(word(f"counted/{row['decided']}"), int(row["amount"] or 0)) for row in ask("all-links-by-decision").rows])
    _coverage()
    _changes(counts)
    _waiting(counts)
    st.caption(f"{word('ui/graph-version')} {version()}")


def _starts() -> None:
    st.subheader(word("ui/start"))
    st.html(LARGE)
    with st.container(horizontal=True, key="starts"):
        for page, view, key, icon in STARTS:
            if page in st.session_state["pages"]:
                with st.container(border=True, width=256):
                    go_link(page, f"**{word(key)}**", icon=icon, **view)
                    st.caption(plain(word(f"{key}-about")))
    with st.container(horizontal=True):
        for name in EXAMPLES:
            query = find_query(name)
            params = {f"p.{key}": value for key, value in query.example.params.items()}
            go_link("topics", f"{word('ui/for-example')}{plain(query.title[lang()])}", query=name, **params)


def _coverage() -> None:
    answer = ask("coverage-of-pairs")
    if not answer.rows:
        return
    st.subheader(word("ui/coverage"))
    titles = document_titles()
    keys = [f"term/sentence-{state}" for state in STATES]
    rows = []
    for row in answer.rows:
        lower, upper = str(row["lower"]), str(row["upper"])
        name = f"{titles.get(lower, lower)[:14]} → {titles.get(upper, upper)[:14]}"
        rows.append((name, word(f"term/{row['state']}"), float(row["sentences"] or 0)))
    present = [word(key) for key in keys if word(key) in {state for _, state, _ in rows}]
    total = next((row["of_sentences"] for row in answer.rows), 0)
    st.caption(plain(word("ui/coverage-note", total=total)))
    if confirmed_only():
        st.caption(plain(word("ui/coverage-all")))
    bars(rows, x=word("term/counted-sentences"), y=word("ui/pair"), colour=word("column/coverage"), order=present, key="coverage")


def _changes(now: dict[str, int]) -> None:
    before = counts_before()
    st.subheader(word("ui/last-build"))
    if before is None:
        st.caption(plain(word("ui/first-build")))
        return
    earlier, counts = before
    changed = [
        f"{word(f'term/{kind}')} {counts.get(kind, 0)} → {amount}（{amount - counts.get(kind, 0):+d}）"
        for kind, amount in now.items()
        if amount != counts.get(kind, 0)
    ]
    st.caption(plain(f"{earlier} → {version()}"))
    st.markdown("\n".join(f"- {plain(line)}" for line in changed) if changed else plain(word("ui/same-counts")))


def _waiting(counts: dict[str, int]) -> None:
    with st.container(horizontal=True):
        if "review" in st.session_state["pages"]:
            go_link("review", f"{word('page/review')}：{counts.get('counted-links-proposed', 0)}")
        go_link("check", f"{word('page/check')}：{word('term/counted-findings')} {counts.get('counted-findings', 0)}")
        go_link("import", word("page/import"))


def _metrics(counted: list[tuple[str, int]]) -> None:
    with st.container(horizontal=True):
        for title, amount in counted:
            st.metric(title, amount, width=170, border=True)
