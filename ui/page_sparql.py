"""SPARQL: for those who want it; read-only, under the limits of the endpoint, with the address and snippets for other programs."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from endpoint.ask import Result
from endpoint.asking import as_error
from endpoint.pool import Request
from queries.catalogue import find_query
from ui.answers import LIMITS, catalogue, pool
from ui.form import pick
from ui.frame import begin_with, lang, link_to, linked, tell, word
from ui.marked import plain
from zhengmai.errors import BadQuery

FIRST = "list-documents"
LONGEST, IN_LINK, SHOWN = 20_000, 2_000, 1000
ADDRESS = "http://127.0.0.1:7878/sparql"


def show() -> None:
    st.title(word("page/sparql"))
    st.caption(plain(word("ui/sparql-note", seconds=f"{LIMITS.seconds:g}")))
    examples = {query.name: query.title[lang()] for query in catalogue()[0] if not any(param.required for param in query.params)}
    begin_with("sparql-text", (linked("query") or find_query(FIRST).body.strip())[:LONGEST])
    example = pick(word("ui/examples"), examples, None, "sparql-example", new=False, help=word("ui/examples-help"))
    if example and st.session_state.get("sparql-shown") != example:
        st.session_state["sparql-shown"] = example
        st.session_state["sparql-text"] = find_query(example).body.strip()
    with st.form("sparql"):
        text = st.text_area(word("ui/query-text"), height=320, max_chars=LONGEST, key="sparql-text", help=word("ui/query-text-help"))
        sent = st.form_submit_button(word("action/ask"), type="primary", help=word("ui/ask-help"))
    link_to({"query": text if len(text) <= IN_LINK and text != find_query(FIRST).body.strip() else None})
    if sent and text.strip():
        _answer(text)
    _clients(text)


def _answer(text: str) -> None:
    with st.spinner(word("ui/asking")):
        result = pool().ask_now(Request(text))
    if result.kind != "ok":
        tell(_misspelt(result.message) if result.kind == "bad-query" else as_error(result.message))
        return
    st.caption(plain(f"{word('ui/graph-version')} {result.version}"))
    if "json" not in result.media_type:
        said = result.body.decode("utf-8", "replace")
        st.code(said[: IN_LINK * 10], language=None)
        st.download_button(
            f"{word('action/download')} ttl",
            data=result.body,
            file_name="answer.ttl",
            mime="text/turtle",
            on_click="ignore",
            help=word("ui/download-help"),
        )
        return
    found = json.loads(result.body)
    if "boolean" in found:
        st.success(plain(word("ui/yes" if found["boolean"] else "ui/no")))
        return
    _table(found, text)


def _misspelt(message: str) -> BadQuery:
    """Return what the engine says of a query that is no SPARQL 1.1: it names line and column, in its own English."""
    fix = "mend it at the line and column that are named, or begin with an example"
    return BadQuery(
        where="query",
        found=message,
        expected="SPARQL 1.1",
        fix=fix,
        zh="这不是 SPARQL 1.1 的查询语句。请按下面指出的行和列改正，或从示例开始。",
    )


def _table(found: dict[str, Any], text: str) -> None:
    names, rows = found["head"]["vars"], found["results"]["bindings"]
    st.markdown(f"**{plain(word('ui/rows', count=len(rows)))}**")
    if not rows:
        st.info(plain(word("ui/no-rows")))
        return
    st.dataframe({name: [row.get(name, {}).get("value", "") for row in rows[:SHOWN]] for name in names}, hide_index=True)
    if len(rows) > SHOWN:
        st.caption(plain(word("ui/rows-cut", count=SHOWN)))
    st.download_button(
        f"{word('action/download')} csv",
        data=lambda: b"\xef\xbb\xbf" + _as_csv(text).body,
        file_name="answer.csv",
        mime="text/csv",
        on_click="ignore",
        help=word("ui/download-help"),
    )


def _as_csv(text: str) -> Result:
    return pool().ask_now(Request(text, results_type="text/csv"))


@st.fragment
def _clients(text: str) -> None:
    """Say where other programs ask, and how; drawn once somebody opens it (see ``ui.tables``)."""
    shown = st.expander(word("ui/clients"), key="sparql-clients", on_change="rerun")
    if not shown.open:
        return
    with shown:
        st.markdown(plain(word("ui/clients-help")))
        st.code(f"zhengmai serve\n# {ADDRESS}", language="sh")
        for name, code, language in (
            ("curl", f"curl {ADDRESS} -H 'Accept: text/csv' --data-urlencode query@query.rq", "sh"),
            ("Python", _python(), "python"),
            ("R", _r(), "r"),
            ("Excel", f"{ADDRESS.removesuffix('/sparql')}/queries/load-by-department.csv", None),
        ):
            st.markdown(f"**{name}**")
            st.code(code, language=language)
        st.markdown("**query.rq**")
        st.code(text, language="sparql")


def _python() -> str:
    return (
        "from pathlib import Path\nfrom SPARQLWrapper import JSON, SPARQLWrapper\n\n"
        f'client = SPARQLWrapper("{ADDRESS}")\nclient.setQuery(Path("query.rq").read_text())\n'
        'client.setReturnFormat(JSON)\nrows = client.queryAndConvert()["results"]["bindings"]'
    )


def _r() -> str:
    return (
        "library(httr)\n"
        f'answer <- POST("{ADDRESS}", accept("text/csv"), encode = "form",\n'
        '               body = list(query = paste(readLines("query.rq"), collapse = "\\n")))\n'
        'rows <- read.csv(text = content(answer, "text", encoding = "UTF-8"))'
    )
