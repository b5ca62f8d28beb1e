"""复核: one case after the other, by keyboard; what a person says is on disk at once, and nobody's word is lost.

The room ``lineage.review`` keeps the decisions; this page draws a case, sends the word, and says what others said meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from lineage.review import desk
from lineage.review.people import shown_name
from lineage.review.records import REASONS, RELATIONS, Case, Record
from ui.agreement import show_agreement
from ui.answers import ask, document_titles
from ui.counts import of_whole
from ui.evidence import features_html, show_legend
from ui.form import pick
from ui.frame import begin_with, errors_in_words, go_link, lang, link_to, linked, sign, still_there, tell, word
from ui.marked import badges, both_marked, plain, side_by_side
from ui.narrow import filters
from ui.sign_in import signed_in_name
from zhengmai.errors import BadDecision
from zhengmai.workspace import current_workspace

SHOWS = ("open", "disputed", "reopened", "decided", "all")
ORDERS = ("confidence", "document")
KINDS = ("link", "gap", "no-basis", "pair")
KEYS = {"accepted": "a", "rejected": "x", "unsure": "u", "next": "n", "undo": "z"}


def show() -> None:
    st.title(word("page/review"))
    st.caption(plain(word("ui/review-note")))
    reviewer = _reviewer()
    view = _view()
    if st.session_state.setdefault("review-view", view) != view:  # another list begins with its own first case
        st.session_state["review-view"] = view
        _forget_item()
    link = {"by": reviewer or None, **{name: str(value) if value else None for name, value in view.items()}}
    _tell_outcome()
    if not reviewer:
        st.info(plain(word("ui/name-needed")))
        link_to(link)
        return
    with errors_in_words():
        queue = _queue(reviewer, view)
        case = _current(queue, reviewer, view)
        whole = _progress(view)
        link_to({**link, "item": case.item.id if case else None})
        if case is None:
            st.success(plain(word("ui/queue-empty")))
            return
        _case(case, reviewer, view, of_whole(word("ui/in-queue", count=len(queue)), whole))


def _reviewer() -> str:
    if name := signed_in_name():  # who signed in decides under that name and no other
        st.caption(plain(f"{word('ui/your-name')} {name}"))
        return name
    begin_with("review-by", (linked("by") or "")[:80])
    return str(st.text_input(word("ui/your-name"), max_chars=80, key="review-by", help=word("ui/your-name-help"))).strip()


def _view() -> dict[str, Any]:
    titles = document_titles()
    pairs = {
        f"{row['lower']} {row['upper']}": f"{titles.get(str(row['lower']), row['lower'])} → {titles.get(str(row['upper']), row['upper'])}"
        for row in ask("list-pairs").rows
        if row["verdict"] != "no"
    }
    with filters("review"):
        first, second, third, fourth = st.columns([3, 2, 2, 2])
        with first:
            pair = pick(word("ui/pair"), pairs, still_there("pair", pairs), "review-pair", new=False, help=word("ui/filter-help"))
        with second:
            shown = _choice("show", SHOWS, word("ui/review-show"))
        with third:
            kind = _choice("kind", KINDS, word("ui/review-kind"))
        with fourth:
            order = _choice("order", ORDERS, word("ui/review-order"))
        begin_with("review-blind", linked("blind") == "1")
        blind = st.toggle(word("ui/blind"), key="review-blind", help=word("ui/blind-help"))
    return {"pair": pair, "show": shown, "kind": kind, "order": order, "blind": "1" if blind else None}


def _choice(name: str, codes: Sequence[str], title: str) -> str:
    begin_with(f"review-{name}", linked(name, codes) or codes[0])
    chosen: str = st.selectbox(
        title, codes, format_func=lambda code: word(f"review-{name}/{code}"), key=f"review-{name}", help=word(f"ui/review-{name}-help")
    )
    return chosen


def _pair(view: dict[str, Any]) -> tuple[str, str] | None:
    lower, _, upper = str(view["pair"] or "").partition(" ")
    return (lower, upper) if upper else None


def _queue(reviewer: str, view: dict[str, Any]) -> list[Case]:
    return desk.list_queue(
        current_workspace(),
        reviewer=reviewer,
        pair=_pair(view),
        show=view["show"],
        kinds=(view["kind"],),
        order=view["order"],
        blind=bool(view["blind"]),
    )


def _current(queue: Sequence[Case], reviewer: str, view: dict[str, Any]) -> Case | None:
    """Return the case of the link, else the first that was not passed over; a link to one that is gone says so."""
    asked = st.session_state.get("review-item") or linked("item")
    if asked:
        known = next((case for case in queue if case.item.id == asked), None)
        known = known or desk.get_case(current_workspace(), asked, reviewer=reviewer, blind=bool(view["blind"]))
        if known:
            return known
        st.warning(plain(word("ui/case-gone", item=asked)))
    passed: set[str] = st.session_state.setdefault("review-passed", set())
    return next((case for case in queue if case.item.id not in passed), queue[0] if queue else None)


def _progress(view: dict[str, Any]) -> int:
    """Draw how far the review is; return how many items it has."""
    found = desk.progress(current_workspace(), pair=_pair(view), kinds=(view["kind"],))
    share = found.decided / found.items if found.items else 0.0
    said = [f"{word('ui/decided-of')} {found.decided} / {found.items}"]
    said += [f"{word(f'review-show/{name}')} {getattr(found, name)}" for name in ("open", "disputed", "reopened")]
    st.progress(share, text=plain(" · ".join(said)))
    if found.by_reviewer:
        st.caption(plain(" · ".join(f"{shown_name(who)} {count}" for who, count in found.by_reviewer.items())))
    if found.lost:
        st.warning(plain(word("ui/decisions-lost", count=len(found.lost))))
    for fault in found.faults[:5]:
        st.warning(plain(f"{word('column/row')} {fault.row}{sign('：')}{fault.en if lang() == 'en' else fault.zh}"))
    show_agreement(_pair(view))
    return found.items


def _case(case: Case, reviewer: str, view: dict[str, Any], waiting: str) -> None:
    item, state = case.item, case.state
    st.session_state[f"seen/{item.id}"] = state.version
    st.markdown(f"**{plain(item.id)}** · {plain(waiting)}")
    facts = [] if case.hidden else _facts(case)
    with st.container(border=True):
        st.html(badges(facts) + _texts(case))
        if not case.hidden and item.kind != "pair":
            show_legend()
            if item.features:
                with st.expander(f"{word('column/confidence')} {item.confidence}{sign('：')}{word('column/features')}"):
                    st.html(features_html(json.dumps(item.features)))
    changes = _changes(case, view)
    _buttons(case, reviewer, changes, blind=bool(view["blind"]))
    if state.reopened:
        st.warning(plain(word("ui/reopened")))
    if not case.hidden:
        _words_of_others(case, reviewer, changes)
    with st.container(horizontal=True):
        if item.kind == "pair":
            go_link("trace", word("page/trace"), upper=item.upper, lower=item.lower)
        if item.task:
            go_link("compare", f"{word('action/show-source')}{sign('：')}{item.task}", doc=item.lower, at=item.task)
        if item.nearest_task and not case.hidden:
            nearest = f"{word('ui/nearest-turned-down')}{sign('：')}{item.nearest_task}"
            go_link("compare", nearest, doc=item.lower, at=item.nearest_task)
        if item.provision:
            go_link("compare", f"{word('action/show-source')}{sign('：')}{item.provision}", doc=item.upper, at=item.provision)


def _facts(case: Case) -> list[str]:
    item, state = case.item, case.state
    facts = [f"{word('column/status')} {word(f'status/{state.status}')}" if state.status != "none" else ""]
    facts.append(f"{word('column/decided_by')} {word(f'decided-by/{state.decided_by}')}")
    if item.relation:
        facts.append(f"{word('column/relation')} {word(f'relation-type/{item.relation}')}")
    if item.confidence is not None:
        facts.append(f"{word('column/confidence')} {item.confidence:g}")
    if item.reason:
        topic = "gap-reason" if item.kind == "gap" else "basis-gap"
        facts.append(f"{word('column/reason')} {word(f'{topic}/{item.reason}')}")
    if item.nearest_task:
        facts.append(f"{word('ui/nearest-turned-down')} {item.nearest_task}")
    return facts


def _texts(case: Case) -> str:
    item, titles = case.item, document_titles()
    upper, lower = both_marked(
        item.provision_text,
        " … ".join(q.quote for q in item.provision_evidence),
        item.task_text,
        " … ".join(q.quote for q in item.task_evidence),
    )
    halves = []
    whole = item.kind == "pair"  # its words are the two titles
    if item.provision or whole:
        title = word("term/upper") if whole else f"{word('ui/upper-sentence')} {item.provision}"
        halves.append((title, upper, titles.get(item.upper, item.upper)))
    if item.task or whole:
        title = word("term/lower") if whole else f"{word('ui/lower-task')} {item.task}"
        halves.append((title, lower, titles.get(item.lower, item.lower)))
    return side_by_side(*halves)


def _changes(case: Case, view: dict[str, Any]) -> dict[str, Any]:
    """Draw what else may be said: another relation or reason, other quotes, a comment."""
    item = case.item
    with st.expander(word("ui/say-more")):
        changes: dict[str, Any] = {}
        if item.kind == "link":
            relations = {code: word(f"relation-type/{code}") for code in RELATIONS}
            changes["relation"] = (
                pick(
                    word("column/relation"),
                    relations,
                    item.relation or None,
                    f"relation/{item.id}",
                    new=False,
                    help=word("ui/relation-help"),
                )
                or ""
            )
            if not case.hidden:
                changes["task_quotes"] = _quotes(word("column/task_quote"), [q.quote for q in item.task_evidence], f"tq/{item.id}")
                changes["provision_quotes"] = _quotes(
                    word("column/provision_quote"), [q.quote for q in item.provision_evidence], f"pq/{item.id}"
                )
        if item.kind == "gap":
            reasons = {code: word(f"gap-reason/{code}") for code in REASONS}
            changes["reason"] = (
                pick(word("column/reason"), reasons, item.reason or None, f"reason/{item.id}", new=False, help=word("ui/gap-reason-help"))
                or ""
            )
        changes["comment"] = st.text_input(
            word("ui/comment"), max_chars=500, key=f"comment/{item.id}", help=word("ui/comment-help")
        ).strip()
    return changes


def _quotes(title: str, quotes: list[str], key: str) -> list[str] | None:
    """Draw the quotes of one side, one a line; None when they are the machine's."""
    begin_with(key, "\n".join(quotes))
    typed = [line.strip() for line in st.text_area(title, key=key, height=80, help=word("ui/quotes-help")).splitlines() if line.strip()]
    return None if typed == quotes else typed


def _buttons(case: Case, reviewer: str, changes: dict[str, Any], *, blind: bool) -> None:
    with st.container(horizontal=True):
        for decision in ("accepted", "rejected", "unsure"):
            st.button(
                word(f"decision/{decision}"),
                key=f"say-{decision}",
                type="primary" if decision == "accepted" else "secondary",
                shortcut=KEYS[decision],
                on_click=_say,
                args=(desk.decide, case.item.id, decision, reviewer, {**changes, "blind": blind}),
                help=word("ui/key-help", letter=KEYS[decision].upper()),
            )
        st.button(
            word("action/next"),
            key="say-next",
            shortcut=KEYS["next"],
            on_click=_pass,
            args=(case.item.id,),
            help=word("ui/key-help", letter="N"),
        )
        st.button(word("action/undo"), key="say-undo", shortcut=KEYS["undo"], on_click=_undo, args=(reviewer,), help=word("ui/undo-help"))


def _words_of_others(case: Case, reviewer: str, changes: dict[str, Any]) -> None:
    """Show what was said about the case; where two differ, the buttons to settle it."""
    state = case.state
    if not state.codings and not state.adjudication:
        return
    st.subheader(word("ui/said-so-far"))
    for record in (*state.codings, *([state.adjudication] if state.adjudication else [])):
        st.markdown(f"- {plain(_record(record))}")
    if len(state.codings) >= 2 and not state.adjudication:
        if state.disputed:
            st.warning(plain(word("ui/disputed")))
        more = {name: changes[name] for name in ("relation", "reason", "comment") if changes.get(name)}
        with st.container(horizontal=True):
            for decision in ("accepted", "rejected"):
                st.button(
                    f"{word('action/adjudicate')}{sign('：')}{word(f'decision/{decision}')}",
                    key=f"settle-{decision}",
                    on_click=_say,
                    args=(desk.adjudicate, case.item.id, decision, reviewer, more),
                    help=word("ui/adjudicate-help"),
                )


def _record(record: Record) -> str:
    said = [record.reviewer_label or shown_name(record.reviewer), record.on, word(f"decision/{record.decision}")]
    said += [word(f"relation-type/{record.relation}")] if record.relation else []
    said += [record.comment] if record.comment else []
    return " · ".join(said)


def _say(act: Callable[..., desk.Outcome], item: str, decision: str, reviewer: str, more: dict[str, Any]) -> None:
    """Write a word down, with the version the page had shown; what others said since is told at the next drawing."""
    seen = str(st.session_state.get(f"seen/{item}", ""))
    try:
        outcome = act(current_workspace(), item, decision, reviewer=reviewer, on=_today(), seen=seen, **more)
    except BadDecision as error:
        st.session_state["review-told"] = (item, None, (), error)
        return
    mine = outcome.records[0].reviewer
    others = tuple(one for one in outcome.others if one.reviewer != mine)
    st.session_state["review-told"] = (item, decision, others, None)
    st.session_state["review-own"] = tuple(one for one in outcome.others if one.reviewer == mine)
    _forget_item()


def _pass(item: str) -> None:
    st.session_state.setdefault("review-passed", set()).add(item)
    _forget_item()


def _forget_item() -> None:
    st.session_state.pop("review-item", None)
    st.query_params.pop("item", None)


def _undo(reviewer: str) -> None:
    try:
        outcome = desk.undo(current_workspace(), reviewer=reviewer, on=_today())
    except BadDecision as error:
        st.session_state["review-told"] = ("", None, (), error)
        return
    st.session_state["review-told"] = (outcome.records[0].item if outcome else "", "undone" if outcome else "nothing", (), None)
    if outcome:
        st.session_state["review-item"] = outcome.records[0].item


def _tell_outcome() -> None:
    told = st.session_state.pop("review-told", None)
    if told is None:
        return
    item, decision, others, error = told
    if error:
        tell(error)
        return
    st.toast(plain(f"{item} {word(f'decision/{decision}')}"))
    if others:
        said = sign("；").join(_record(record) for record in others)
        st.warning(plain(word("ui/others-said", item=item, said=said)))
    if own := st.session_state.pop("review-own", ()):
        st.warning(plain(word("ui/own-said", item=item, said=sign("；").join(_record(record) for record in own))))


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011 (the reviewer's own day is what is meant)
