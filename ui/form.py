"""The form of a question, built from its header: pick-lists, dates, texts. What is typed is judged where the question is asked."""

from __future__ import annotations

from datetime import date

import streamlit as st

from ontology.labels import labels
from queries.saved import Param, SavedQuery
from ui.answers import picks
from ui.frame import begin_with, lang, word

FIRST_DAY, LAST_DAY = date(1949, 1, 1), date(2100, 12, 31)
LONGEST = 500


def ask_form(query: SavedQuery, given: dict[str, str]) -> dict[str, str] | None:
    """Draw the form, filled with what the link says; return what was sent, None when nothing was sent just now."""
    with st.form(f"form-{query.name}", enter_to_submit=True):
        typed = {param.name: _field(param, given.get(param.name) or param.default, f"{query.name}/{param.name}") for param in query.params}
        sent = st.form_submit_button(word("action/ask"), type="primary", help=word("ui/ask-help"))
    return {name: value for name, value in typed.items() if value} if sent else None


def _field(param: Param, given: str | None, key: str) -> str | None:
    title = param.description[lang()] if param.required else f"{param.description[lang()]} · {word('ui/optional')}"
    said = word("ui/needed-help" if param.required else "ui/not-needed-help")
    if param.choices or param.pick_query:
        shown = {code: labels().get(f"{param.scheme or 'choice'}/{code}", (code, code))[lang() == "en"] for code in param.choices}
        shown = shown or picks(param)
        return pick(title, shown, given, key, help=said)
    if param.type == "date":
        begin_with(key, _day(given))
        day = st.date_input(title, value=None, min_value=FIRST_DAY, max_value=LAST_DAY, format="YYYY-MM-DD", key=key, help=said)
        return day.isoformat() if isinstance(day, date) else None
    begin_with(key, (given or "")[:LONGEST])
    return st.text_input(title, max_chars=LONGEST, key=key, help=said).strip() or None


def pick(title: str, shown: dict[str, str], given: str | None, key: str, *, new: bool = True, help: str | None = None) -> str | None:
    """Draw a pick-list in which one may also type (unless ``new`` is False); what the link says is kept, known or not."""
    begin_with(key, given)
    chosen: str | None = st.selectbox(
        title,
        list(shown),
        index=None,
        format_func=lambda value: shown.get(value, value),
        placeholder=word("action/choose"),
        accept_new_options=new,
        key=key,
        help=help,
    )
    return chosen


def _day(given: str | None) -> date | None:
    try:
        day = date.fromisoformat(given or "")
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None
