"""The rooms below, asked once for each version of the graph: what a page shows comes from here.

Every call looks which snapshot is current, so a new build is picked up without restart. Questions run in worker processes that can be
stopped (``endpoint.pool``), never in the process that draws the pages. Answers are frozen values that no page changes, so visitors
share them as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import streamlit as st

from endpoint.asking import ask_in, due_in, in_pool, why_of
from endpoint.pool import Limits, Pool, Snapshot
from lineage.tables.concordance import Concordance, concordance
from lineage.tables.concordance_page import concordance_page
from lineage.tables.ledger import Ledger, ledger
from lineage.tables.ledger_page import ledger_page
from lineage.tables.page import Page
from lineage.tables.progress import Progress
from loaders.held import HeldDocument, document_state, read_held, rules_state
from ontology.labels import Language
from queries.catalogue import find_query, load_catalogue, query_files
from queries.due import Due, Request
from queries.ids import full_id
from queries.run import Answer, run_query
from queries.saved import Param, SavedQuery
from queries.search import Found, search
from queries.why import Reason
from ui.frame import bracketed, lang
from zhengmai.bounded import run_bounded
from zhengmai.errors import BadConfiguration, BadStore
from zhengmai.settings import WORKSPACE_VARIABLE
from zhengmai.store import current_snapshot, earlier_versions, open_snapshot, open_store
from zhengmai.workspace import Workspace, current_workspace

PICK_WORDS: dict[str, tuple[str, ...]] = {
    "clause": ("number", "heading"),
    "task": ("task", "task_text"),
    "department": ("authority", "department"),
    "document": ("name",),
}
Known = Mapping[tuple[str, str], Progress]
LIMITS = Limits(seconds=30, result_bytes=200_000_000, workers=2, heavy=4)
CATCHES_UP_S, LOOKS_EVERY_S = 5.0, 0.05  # until the workers have a new build open


def version() -> str:
    """Return the version of the graph in use now: the newest, as soon as the workers have it open.

    :raises BadStore: when nothing was built yet, or it cannot be opened.
    """
    workspace = current_workspace()
    _first_rules(str(workspace.path))
    newest = current_snapshot(workspace.built_dir).name
    workers, until = pool(), monotonic() + CATCHES_UP_S
    while workers.version != newest and not workers.fault and monotonic() < until:
        sleep(LOOKS_EVERY_S)
    if not workers.version:
        open_store()  # says what is wrong with it
    return workers.version or newest


def catalogue() -> tuple[tuple[SavedQuery, ...], tuple[BadConfiguration, ...]]:
    """Return the questions there are, and the errors of those that cannot be read."""
    own = current_workspace().queries_dir
    return _catalogue(str(own), tuple((str(path), path.stat().st_mtime_ns) for path in query_files(own).values()))


def has_question(name: str) -> bool:
    """Say whether there is a question of that name that can be read."""
    return any(query.name == name for query in catalogue()[0])


def ask(name: str, params: Mapping[str, str] | None = None) -> Answer:
    """Return the answer to a saved question, from memory when it was asked before of this graph.

    :raises BadQuery: when there is no such question, or a parameter does not fit.
    :raises QueryStopped: when it took too long or was too large.
    """
    workspace = current_workspace()
    file = find_query(name, workspace.queries_dir).path
    return _answer(str(workspace.path), version(), name, file.stat().st_mtime_ns, tuple(sorted((params or {}).items())))


def due(request: Request) -> Due:
    """Return what falls due; ``request.events`` are dates a visitor entered.

    :raises BadQuery: when an event or a document does not fit.
    """
    return _due(str(current_workspace().path), version(), request)


def picks(param: Param) -> dict[str, str]:
    """Return the values of a pick-list with the words to show for each; empty when the parameter has none."""
    if not param.pick_query:
        return {}
    answer = ask(param.pick_query)
    several = len({row.get("document") for row in answer.rows}) > 1
    titles = document_titles() if several else {}
    found = {}
    for row, iris in zip(answer.rows, answer.iris, strict=True):
        column = next((column.name for column in answer.columns if column.kind == "id"), answer.columns[0].name)
        value = iris.get(column, str(row[column])) if param.type == "department" else full_id(iris.get(column, str(row[column])))
        words = [str(row[key]) for key in PICK_WORDS.get(param.type, ()) if row.get(key)] or [str(row[answer.columns[0].name])]
        title = titles.get(str(row.get("document")), "") if param.type != "document" else ""
        found[value] = " ".join(words)[:60] + (bracketed(title[:24]) if title else "")
    return found


def document_titles() -> dict[str, str]:
    """Return the title of each document that is held, by its id."""
    return {str(row["document"]): str(row["name"]) for row in ask("list-documents").rows}


def find(words: str, kind: str, document: str, most: int) -> Found:
    """Return what holds all the words, best first; ``kind`` and ``document`` narrow it, "" does not. The first search makes the index."""
    return _found(str(current_workspace().path), version(), words, kind, document, most)


def concordance_of(upper: str, lower: str) -> Concordance:
    """Return the concordance of a pair of documents.

    :raises QueryStopped: when it took too long.
    """
    return _concordance(str(current_workspace().path), version(), upper, lower)


def ledger_of(document: str) -> Ledger:
    """Return the ledger of a document's tasks. Raises as :func:`concordance_of`."""
    return _ledger(str(current_workspace().path), version(), document)


def concordance_shown(upper: str, lower: str) -> Page:
    """Return the concordance of a pair as a page shows it, in the visitor's language. Raises as :func:`concordance_of`."""
    return _concordance_page(str(current_workspace().path), version(), upper, lower, lang())


def ledger_shown(document: str, department: str, known: Known) -> Page:
    """Return the ledger of a document as a page shows it, with what is ``known`` of progress. Raises as :func:`concordance_of`."""
    state = tuple(sorted((*key, *one.fields) for key, one in known.items()))
    return _ledger_page(str(current_workspace().path), version(), document, lang(), department, state, known)


def why_here(thing: str) -> tuple[Reason, ...]:
    """Return why each triple of a thing (DOC:27, DOC:5.2) stands in the graph. Raises as :func:`ask`."""
    return _why(str(current_workspace().path), version(), thing)


def held(slug: str) -> HeldDocument:
    """Return a document of the workspace as it was read, its corrections applied.

    :raises UsageError: when the workspace does not list it.
    """
    workspace = current_workspace()
    return _held(str(workspace.path), slug, document_state(workspace, slug))


def counts_before() -> tuple[str, dict[str, int]] | None:
    """Return the version and the counts of the build before this one; None when there was none."""
    built = current_workspace().built_dir
    earlier = earlier_versions(built)
    return _counts_of(str(built), earlier[-1]) if earlier else None


def pool() -> Pool:
    """Return the worker processes that answer questions, started at the first."""
    return _pool(str(current_workspace().built_dir))


@st.cache_resource(max_entries=2, show_spinner=False, on_release=Pool.close)
def _pool(built: str) -> Pool:
    return Pool(lambda: Snapshot(current_snapshot(Path(built))), LIMITS)


@st.cache_resource(max_entries=4, show_spinner=False)
def _catalogue(own: str, stamps: tuple[tuple[str, int], ...]) -> tuple[tuple[SavedQuery, ...], tuple[BadConfiguration, ...]]:
    return load_catalogue(Path(own))


@st.cache_resource(max_entries=200, show_spinner=False)
def _answer(folder: str, version: str, name: str, stamp: int, params: tuple[tuple[str, str], ...]) -> Answer:
    return ask_in(pool(), name, dict(params), Workspace(Path(folder)).queries_dir)


@st.cache_resource(max_entries=50, show_spinner=False)
def _due(folder: str, version: str, request: Request) -> Due:
    return due_in(pool(), request, Workspace(Path(folder)).queries_dir)


@st.cache_resource(max_entries=100, show_spinner=False)
def _found(folder: str, version: str, words: str, kind: str, document: str, most: int) -> Found:
    workspace = Workspace(Path(folder))
    kinds = [kind] if kind else []
    return search(open_store(workspace), workspace.built_dir / "search", words, kinds=kinds, document=document, limit=most)


@st.cache_resource(max_entries=8, show_spinner=False)
def _concordance(folder: str, version: str, upper: str, lower: str) -> Concordance:
    return in_pool(pool(), concordance, upper, [lower])


@st.cache_resource(max_entries=8, show_spinner=False)
def _ledger(folder: str, version: str, document: str) -> Ledger:
    return in_pool(pool(), ledger, [document])


@st.cache_resource(max_entries=8, show_spinner=False)
def _concordance_page(folder: str, version: str, upper: str, lower: str, language: Language) -> Page:
    return concordance_page(_concordance(folder, version, upper, lower), language)


@st.cache_resource(max_entries=8, show_spinner=False)
def _ledger_page(
    folder: str, version: str, document: str, language: Language, department: str, state: tuple[tuple[str, ...], ...], _known: Known
) -> Page:
    return ledger_page(_ledger(folder, version, document), language, progress=_known, department=department, alone=True)


@st.cache_resource(max_entries=100, show_spinner=False)
def _why(folder: str, version: str, thing: str) -> tuple[Reason, ...]:
    return in_pool(pool(), why_of, thing)


@st.cache_resource(max_entries=8, show_spinner=False)
def _held(folder: str, slug: str, state: str) -> HeldDocument:
    workspace = Workspace(Path(folder))
    if rules_state(workspace) == _first_rules(folder):
        return read_held(workspace, slug)
    # This process keeps the words it began with (a visitor may have named columns since): one of its own reads them anew.
    read: HeldDocument = run_bounded("loaders.held:read_held", workspace, slug, environment={WORKSPACE_VARIABLE: folder})
    return read


@st.cache_resource(max_entries=8, show_spinner=False)
def _first_rules(folder: str) -> str:
    return rules_state(Workspace(Path(folder)))


@st.cache_resource(max_entries=4, show_spinner=False)
def _counts_of(built: str, version: str) -> tuple[str, dict[str, int]] | None:
    with suppress(BadStore):  # one that is gone or damaged has nothing to say
        store = open_snapshot(Path(built) / "snapshots" / version)
        return version, {str(row["kind"]): int(row["amount"] or 0) for row in run_query("graph-counts", {}, store).rows}
    return None
