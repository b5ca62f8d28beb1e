"""What every page shares: the language, the link that reopens the same view, and errors told in words.

A page reads its link (``linked``) before it draws a widget and writes it (``link_to``) afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

import streamlit as st

from ontology.labels import Language, label
from ui.marked import plain
from zhengmai import progress
from zhengmai.errors import ZhengmaiError

LANGUAGES: dict[Language, str] = {"zh": "中文", "en": "English"}


def lang() -> Language:
    """Return the language of this visitor."""
    return "en" if st.session_state.get("lang") == "en" else "zh"


def word(key: str, **fills: object) -> str:
    """Return a word of labels.csv in the visitor's language, its gaps filled."""
    return label(key, lang()).format(**fills) if fills else label(key, lang())


IN_ENGLISH = {"：": ": ", "（": " (", "）": ")", "；": "; ", "、": ", "}


def sign(mark: str) -> str:
    """Return a mark of punctuation as the visitor's language writes it; given as Chinese does."""
    return IN_ENGLISH[mark] if lang() == "en" else mark


def bracketed(text: object) -> str:
    """Return a text in brackets, to be put behind another."""
    return f"{sign('（')}{text}{sign('）')}"


def choose_language() -> None:
    """Draw the switch; the link decides first, then the command's ``--lang``."""
    begin_with("lang", linked("lang", tuple(LANGUAGES)) or progress.language())
    st.sidebar.segmented_control(
        "语言 · Language",
        list(LANGUAGES),
        key="lang",
        required=True,
        format_func=lambda code: LANGUAGES[code],
        label_visibility="collapsed",
        help=word("ui/language-help"),
    )


def choose_confirmed() -> None:
    """Draw the one switch that leaves only what people confirmed; the link decides first."""
    begin_with("confirmed", linked("confirmed") == "1")
    st.sidebar.toggle(word("ui/confirmed-only"), key="confirmed", help=word("ui/confirmed-only-help"))


def confirmed_only() -> bool:
    """Return whether this visitor wants only the links that people confirmed."""
    return bool(st.session_state.get("confirmed"))


def linked(name: str, known: Sequence[str] = ()) -> str | None:
    """Return what the link says for a name; None when it says nothing, or nothing that is known."""
    value: str | None = st.query_params.get(name)
    return value if value and (not known or value in known) else None


def still_there(name: str, known: Collection[str]) -> str | None:
    """Return what the link names for a name; where that is not in the graph any more say so, and return None."""
    value = linked(name)
    if value is None or value in known:
        return value
    st.warning(plain(word("ui/link-gone", name=value)))
    return None


def begin_with(key: str, value: object) -> None:
    """Give a widget its first value; afterwards it keeps what the visitor chose."""
    if key not in st.session_state:
        st.session_state[key] = value


def link_to(params: dict[str, str | None]) -> None:
    """Make the address of the page the one that reopens this view."""
    wanted = {name: value for name, value in {**params, **_kept()}.items() if value}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def go_link(page: str, label: str, *, icon: str = ":material/arrow_forward:", **params: str | None) -> None:
    """Draw a link to a page of ours with what it is to show; the language goes along."""
    wanted = {name: value for name, value in {**params, **_kept()}.items() if value}
    st.page_link(st.session_state["pages"][page], label=plain(label), icon=icon, query_params=wanted)


def share_link() -> None:
    """Draw the address that reopens this view, ready to copy. To be called once the page has written its link."""
    address = st.context.url or ""
    base = urlsplit(address)._replace(query="", fragment="").geturl() if address else ""
    query = urlencode(st.query_params.to_dict())
    with st.popover(word("action/share"), icon=":material/link:", help=word("ui/share-help")):
        st.code(f"{base}?{query}" if query else base, language=None, wrap_lines=True)


def _kept() -> dict[str, str | None]:
    return {"lang": "en" if lang() == "en" else None, "confirmed": "1" if confirmed_only() else None}


@contextmanager
def errors_in_words() -> Iterator[None]:
    """Show what somebody can mend as a message, never as a traceback."""
    try:
        yield
    except ZhengmaiError as error:
        tell(error)


def tell(error: ZhengmaiError) -> None:
    """Say what is wrong, in the visitor's language first, and what to do."""
    place = error.where.rpartition("/")[2]  # a file by its name: where it lies on the machine is nobody's business
    details = f"{place}{sign('：')}{error.found} → {error.expected}. {error.fix}".replace("-p ", "")
    if lang() == "zh" and error.zh:
        st.error(f"{plain(error.zh)}\n\n{plain(error.code)} {plain(details)}")
    else:
        st.error(f"{plain(error.code)} {plain(details)}")
