"""导入文件: drop a document, see what was read of it and what was not, set it right, see the proposed links, then store it.

Until the button at the end nothing is written into the workspace.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from loaders.account import account_lines
from loaders.corrections import PROVISION_FIELDS, Correction
from loaders.preview import Preview
from loaders.records import Extraction
from ontology.labels import labels
from ui import incoming as arriving
from ui.answers import document_titles
from ui.counts import counted
from ui.drawn import masked_words
from ui.form import FIRST_DAY, LAST_DAY, pick
from ui.frame import errors_in_words, go_link, lang, link_to, sign, word
from ui.import_columns import field_name, show_columns, show_unknown
from ui.import_read import show_understood
from ui.import_upper import Chosen, choose_upper
from ui.incoming import Incoming
from ui.marked import plain
from zhengmai.settings import CHECKOUT
from zhengmai.workspace import ACCESS, LEVELS, current_workspace

FIELDS = ("task", "group", "measure", "sub_measure", "unit", "lead", "responsible", "supporting", "deadline")
LONG = ("measure", "sub_measure")
ROWS_SHOWN = 500


def show() -> None:
    st.title(word("page/import"))
    link_to({})
    st.markdown(plain(word("ui/import-intro", types=sign("、").join(arriving.TYPES), size=arriving.LARGEST_MB)))
    if current_workspace().path.resolve() == (CHECKOUT / "graph_data").resolve():
        st.caption(plain(word("ui/import-checkout")))
    upload = st.file_uploader(
        word("ui/drop-file"), type=list(arriving.TYPES), max_upload_size=arriving.LARGEST_MB, key="upload", help=word("ui/drop-help")
    )
    if upload is None:
        st.session_state.pop("incoming", None)
        _show_stored()
        return
    with errors_in_words():
        incoming = _incoming(upload.name, upload.getvalue())
        if incoming.extraction:
            _show(incoming, incoming.extraction)
        else:
            show_unknown(incoming)


def _incoming(name: str, data: bytes) -> Incoming:
    """Return this visitor's document, read when it was dropped."""
    known: Incoming | None = st.session_state.get("incoming")
    fresh = arriving.receive(name, data)
    if known and known.sha256 == fresh.sha256:
        return known
    with st.spinner(word("ui/reading")):
        arriving.look_at(fresh, current_workspace())
    st.session_state["incoming"] = fresh
    st.session_state.pop("stored", None)
    return fresh


def _show(incoming: Incoming, read: Extraction) -> None:
    preview = arriving.read_preview(read)
    said = _facts(preview, incoming.sha256)
    _account(preview, read)
    show_columns(incoming, [(header, role or "") for header, role in read.ingest.columns])
    if not read.rows:
        show_unknown(incoming)
    cells = _cells(read, incoming.sha256)
    reason, who = _reason(cells)
    today = date.today().isoformat()  # noqa: DTZ011 (the visitor's own day is what is meant)
    corrections = arriving.corrections_of("new", cells, reason, who, today, row=bool(read.rows))
    final = arriving.corrected(read, corrections)
    if cells:
        st.caption(plain(word("ui/cells-changed", count=len(cells))))
    show_understood(final)
    judged = choose_upper(preview, final, today, said["level"])
    _store(incoming, preview, said, corrections, judged, unexplained=bool(cells) and not reason)


def _facts(preview: Preview, key: str) -> dict[str, str | None]:
    """Draw what the document says of itself, to be set right; return it as left."""
    st.subheader(word("ui/what-it-says"))
    kind = word(f"document-kind/{preview.kind}")
    st.markdown(f"**{plain(kind)}** · {plain(preview.format)} · {plain(word('ui/units-read', count=preview.total))}")
    left, right = st.columns(2)
    with left:
        title = st.text_input(word("column/heading"), value=preview.title, max_chars=300, key=f"title/{key}", help=word("ui/stated-help"))
        issuer = st.text_input(word("column/issuer"), value=preview.issuer, max_chars=200, key=f"issuer/{key}", help=word("ui/stated-help"))
    with right:
        stated = date.fromisoformat(preview.written_on) if preview.written_on and len(preview.written_on) == 10 else None
        written = st.date_input(
            word("column/written_on"),
            value=stated,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="YYYY-MM-DD",
            key=f"date/{key}",
            help=word("ui/stated-help"),
        )
        levels = {code: word(f"level/{code}") for code in LEVELS}
        level = pick(word("column/level"), levels, preview.level, f"level/{key}", new=False, help=word("ui/import-level-help"))
        access = pick(
            word("scheme/access"),
            {code: word(f"access/{code}") for code in ACCESS},
            "internal",
            f"access/{key}",
            new=False,
            help=word("ui/access-help"),
        )
    if level is None:
        st.warning(plain(word("ui/no-level")))
    return {
        "title": title.strip(),
        "issuer": issuer.strip(),
        "date": written.isoformat() if isinstance(written, date) else preview.written_on,
        "level": level,
        "access": access,
    }


def _account(preview: Preview, read: Extraction) -> None:
    account = preview.account
    st.subheader(word("ui/account"))
    with st.container(horizontal=True):
        seen = word("whole/account-rows", all=account.rows_seen)
        of_rows = (
            ("account/rows-kept", account.rows_kept, seen),
            ("account/rows-skipped", account.rows_seen - account.rows_kept, seen),
            ("account/doubtful", account.doubtful_rows, seen),
        )
        for key, amount, whole in (
            *(of_rows if account.rows_seen else ()),  # a running text has none, and the account below says so
            ("account/provisions", account.provisions, word("whole/account-paragraphs", all=account.paragraphs_seen)),
            ("account/findings", sum(several.count for several in account.findings), word("whole/account-read", all=preview.total)),
        ):
            counted(word(key), key.replace("/", "-"), amount, whole)
    with st.expander(word("ui/account-whole")):
        for line in account_lines(account, lang()):
            st.text(line)
    if read.ingest.skipped:
        with st.expander(word("ui/skipped-rows", count=len(read.ingest.skipped))):
            reasons = labels()
            st.dataframe(
                [
                    {
                        word("column/reason"): reasons.get(f"skip-reason/{s.reason}", (s.reason,) * 2)[lang() == "en"],
                        word("column/quote"): masked_words(read, s.place.start, s.place.end)[:200] or s.quote,
                    }
                    for s in read.ingest.skipped[:ROWS_SHOWN]
                ],
                hide_index=True,
            )


def _cells(read: Extraction, key: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Draw the rows to be looked at and mended; return the cells that were changed, (row, field) → (old, new)."""
    if not read.rows:
        return _clauses(read, key)
    st.subheader(word("ui/rows-read"))
    st.caption(plain(word("ui/mend-help")))
    fields = [name for name in FIELDS if any(name in row.cells for row in read.rows)]
    doubts = st.toggle(word("ui/only-doubtful"), key=f"doubts/{key}", help=word("ui/only-doubtful-help"))
    rows = [row for row in read.rows if row.doubtful or not doubts][:ROWS_SHOWN]
    table = [
        {"row": row.row, **{name: row.text(name) for name in fields}, "marks": sign("、").join(_marks(row.inherited, row.doubtful))}
        for row in rows
    ]
    config: dict[str, Any] = {
        name: st.column_config.TextColumn(field_name(name), width="large" if name in LONG else "medium") for name in fields
    }
    config["row"] = st.column_config.TextColumn(word("column/row"), disabled=True, pinned=True)
    config["marks"] = st.column_config.TextColumn(word("ui/marks"), disabled=True, width="medium")
    edited = st.data_editor(
        table, hide_index=True, column_config=config, key=f"cells/{key}/{doubts}", num_rows="fixed", height=min(35 * len(rows) + 38, 460)
    )
    if len(read.rows) > ROWS_SHOWN:
        st.caption(plain(word("ui/rows-cut", count=ROWS_SHOWN)))
    return {
        (row.row, name): (row.text(name), (now[name] or "").strip())
        for row, now in zip(rows, edited, strict=True)
        for name in fields
        if name in row.cells and "".join((now[name] or "").split()) != "".join(row.text(name).split())
    }


def _marks(inherited: tuple[str, ...], doubtful: tuple[str, ...]) -> list[str]:
    return [f"{field_name(name)}{word('mark/doubtful')}" for name in doubtful] + [
        f"{field_name(name)}{word('mark/inherited')}" for name in inherited if name not in doubtful
    ]


def _clauses(read: Extraction, key: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Draw the clauses with their headings and notes to be mended; return those that were changed, (id, field) → (old, new)."""
    parts = [p for p in read.provisions if p.level in ("section", "clause", "item")][:ROWS_SHOWN]
    if not parts:
        return {}
    st.subheader(word("ui/clauses-read"))
    st.caption(plain(word("ui/mend-clauses-help")))
    columns = ("provision", "number", "heading", "note", "text")
    config: dict[str, Any] = {
        name: st.column_config.TextColumn(word(f"column/{name}"), disabled=name not in PROVISION_FIELDS, pinned=name == "provision")
        for name in columns
    }
    edited = st.data_editor(
        [dict(zip(columns, (p.id, p.number or "", p.heading or "", p.note or "", p.text[:60]), strict=True)) for p in parts],
        hide_index=True,
        column_config=config,
        num_rows="fixed",
        key=f"clauses/{key}",
        height=min(35 * len(parts) + 38, 420),
    )
    return {
        (p.id, name): (getattr(p, name) or "", (now[name] or "").strip())
        for p, now in zip(parts, edited, strict=True)
        for name in PROVISION_FIELDS
        if "".join((now[name] or "").split()) != "".join((getattr(p, name) or "").split())
    }


def _reason(cells: dict[tuple[str, str], tuple[str, str]]) -> tuple[str, str]:
    if not cells:
        return "", ""
    left, right = st.columns(2)
    with left:
        reason = st.text_input(word("ui/why-changed"), max_chars=300, key="mend-reason", help=word("ui/why-changed-help"))
    with right:
        who = st.text_input(word("ui/who"), max_chars=80, key="mend-who", help=word("ui/who-help"))
    return reason.strip(), who.strip()


def _store(
    incoming: Incoming,
    preview: Preview,
    said: dict[str, str | None],
    corrections: tuple[Correction, ...],
    chosen: Chosen,
    *,
    unexplained: bool,
) -> None:
    st.divider()
    st.caption(plain(word("ui/nothing-stored")))
    if unexplained:
        st.warning(plain(word("ui/reason-needed")))
    if chosen.nameless:
        st.warning(plain(word("ui/judge-name-needed")))
    halted = unexplained or chosen.nameless or not said["title"]
    sent = st.button(word("action/store"), type="primary", disabled=halted, key="store", help=word("ui/store-help"))
    if sent:
        workspace = current_workspace()
        arrival = arriving.arrival_of(incoming, preview, said, workspace)
        placed = arriving.store(incoming, arrival, corrections, workspace, chosen.judged)
        if placed.state == "changed":
            st.error(plain(word("ui/changed-meanwhile")))
            return
        if placed.state == "added":
            with st.status(word("ui/building"), expanded=True) as status:
                for line in arriving.build(workspace):
                    st.text(line)
                status.update(label=word("ui/built"), state="complete")
        st.session_state["stored"] = (placed.slug, placed.state, chosen.slug)
    _show_stored()


def _show_stored() -> None:
    """Say where the document went, with the ways on."""
    if "stored" not in st.session_state:
        return
    slug, state, upper = st.session_state["stored"]
    name = document_titles().get(slug, slug)
    st.success(plain(word("ui/already-there" if state == "already-there" else "ui/stored", slug=name)))
    with st.container(horizontal=True):
        go_link("compare", word("page/compare"), doc=slug)
        if upper:
            go_link("trace", word("page/trace"), upper=upper, lower=slug)
        go_link("home", word("page/home"))
