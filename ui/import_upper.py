"""Of a document on its way in: which one stands above it, whose word that is, and the links that follow from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal, cast

import streamlit as st

from lineage.records import PairResult
from loaders.preview import Preview
from loaders.records import Extraction
from ui import incoming as arriving
from ui.answers import ask, document_titles, held
from ui.form import pick
from ui.frame import errors_in_words, lang, sign, word
from ui.incoming import Judged
from ui.marked import badges, both_marked, plain, side_by_side
from zhengmai.workspace import LEVELS

LINKS_A_PAGE = 20
LADDER = [level for level in LEVELS if level != "all"]
WORDS = ("rule", "yes", "no")
Word = Literal["rule", "yes", "no"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The upper document by its slug (None for none), and the visitor's word on it where there is one; ``nameless``: it lacks a name."""

    slug: str | None = None
    judged: Judged | None = None
    nameless: bool = False


def choose_upper(preview: Preview, final: Extraction, today: str, level: str | None) -> Chosen:
    """Draw the choice of the upper document and the links that are proposed for it.

    What the text names is chosen at first and left to the rule; another one is the visitor's own word, which the build follows.
    """
    st.subheader(word("ui/upper-document"))
    titles = document_titles()
    cited = next(
        (slug for slug, title in titles.items() if any(title in name or name in title for name in preview.carries_out if name)), None
    )
    upper = pick(word("term/upper"), titles, cited, f"upper/{preview.sha256}", new=False, help=word("ui/upper-help"))
    if cited:
        st.caption(plain(word("ui/upper-cited", title=titles[cited])))
    if not upper:
        st.caption(plain(word("ui/upper-none")))
        return Chosen()
    if between := _between(upper, level):
        st.info(plain(word("ui/nearer-held", titles=sign("、").join(titles[slug] for slug in between if slug in titles))))
    said = cast(
        Word,
        st.radio(
            word("ui/judge-upper"),
            WORDS,
            index=0 if upper == cited else 1,
            format_func=lambda code: word(f"ui/judge-{code}"),
            horizontal=True,
            key=f"judge/{preview.sha256}/{upper}",
            help=word("ui/judge-help"),
        ),
    )
    who = ""
    if said != "rule":
        who = st.text_input(word("ui/your-name"), max_chars=80, key="judge-who", help=word("ui/judge-who-help")).strip()
    with errors_in_words():
        with st.spinner(word("ui/comparing")):
            document = held(upper).extraction
            found = _compared(preview.sha256, upper, document, final, said)
        _links(found, document, final)
        judged = Judged(upper, document, said, who, today) if said != "rule" and who else None
        return Chosen(upper, judged, nameless=said != "rule" and not who)
    return Chosen(upper)


def _between(upper: str, level: str | None) -> list[str]:
    """Return the held documents that rest on the chosen one and stand between it and a document of ``level``."""
    levels = {str(row["document"]): str(row["level"] or "") for row in ask("list-documents").rows}
    above, below = (LADDER.index(one) if one in LADDER else -1 for one in (levels.get(upper, ""), level or ""))
    if above < 0 or below < 0:
        return []
    based = [str(row["lower"]) for row in ask("list-pairs").rows if row["upper"] == upper and row["verdict"] == "yes"]
    return [slug for slug in based if levels.get(slug) in LADDER and above < LADDER.index(levels[slug]) < below]


def _compared(sha256: str, upper: str, document: Extraction, final: Extraction, said: Word) -> PairResult:
    key = (sha256, upper, said, document.source.sha256, tuple((c.id, c.field, c.new) for c in final.corrected), final.ingest.columns)
    known = st.session_state.get("compared")
    if known is None or known[0] != key:
        st.session_state["compared"] = known = (key, arriving.compare(document, final, said))
    found: PairResult = known[1]
    return found


@st.fragment
def _links(result: PairResult, upper: Extraction, lower: Extraction) -> None:
    basis, counts = result.basis, Counter(link.status for link in result.links)
    st.markdown(f"**{plain(word('column/verdict'))}{sign('：')}{plain(word(f'ui/judged-{basis.verdict}'))}**")
    st.markdown("\n".join(f"- {plain(zh if lang() == 'zh' else en)}" for zh, en in basis.reasons))
    if basis.skips_level:
        st.warning(plain(f"{word('term/skips-level')}{sign('：')}{word('note/skips-level')}"))
    said = [
        f"{word('counted/rule')} {counts['accepted']}",
        f"{word('counted/person')} 0",
        f"{word('counted/proposed')} {counts['proposed']}",
        f"{word('term/gap')} {len(result.uncovered)}",
        f"{word('ui/trace-basisless')} {len(result.unmatched)}",
    ]
    st.markdown(f"**{plain(' · '.join(said))}**")
    texts = {p.id: p.text for p in upper.provisions}
    links = sorted(result.links, key=lambda link: (link.status != "proposed", link.confidence))
    page = st.pagination(-(-len(links) // LINKS_A_PAGE), key="import-links") if len(links) > LINKS_A_PAGE else 1
    for link in links[(page - 1) * LINKS_A_PAGE : page * LINKS_A_PAGE]:
        shown = both_marked(
            texts.get(link.sentence or link.provision, ""),
            " … ".join(q.quote for q in link.provision_evidence),
            _task_text(lower, link.task),
            " … ".join(q.quote for q in link.task_evidence),
        )
        facts = [word(f"status/{link.status}"), word(f"relation-type/{link.relation}"), f"{word('column/confidence')} {link.confidence:g}"]
        with st.container(border=True):
            st.html(
                badges(facts)
                + side_by_side(
                    (f"{word('ui/upper-sentence')} {link.sentence or link.provision}", shown[0], ""),
                    (f"{word('ui/lower-task')} {link.task}", shown[1], ""),
                )
            )


def _task_text(lower: Extraction, task: str) -> str:
    row = next((row for row in lower.rows if row.row == task), None)
    if row:
        return " ".join(row.text(name) for name in ("measure", "sub_measure")).strip()
    return next((p.text for p in lower.provisions if p.id == task), "")
