"""One document judged with what it depends on says what a run over the whole graph says of it."""

from __future__ import annotations

from dataclasses import replace

from hundred_documents import hundred, hundred_workspace
from pyoxigraph import Store
from seed_graph import seed_store

from validation.findings import ReportFinding, in_order
from validation.graph import load_data
from validation.one_document import load_document, validate_document
from validation.places import Places
from validation.runner import documents, validate_store
from zhengmai.store import open_store


def both(held: Store, indexed: Store, slug: str) -> tuple[list[ReportFinding], list[ReportFinding]]:
    found = validate_document(indexed, slug)
    assert found is not None
    return sorted(found[0], key=repr), sorted(validate_store(held, document=slug), key=repr)


def test_each_of_the_seeds_says_the_same_alone() -> None:
    held, indexed = load_data(seed_store().path / "graph.nq"), seed_store().store
    for slug in documents(indexed):
        alone, whole = both(held, indexed, slug)
        assert alone == whole, slug
        assert len(alone) > 30


def test_documents_among_a_hundred_say_the_same_alone_and_little_is_read_for_them() -> None:
    indexed, held = open_store(hundred_workspace()).store, load_data(hundred())
    whole, places = validate_store(held), Places(held)
    for slug in ("up", *(f"low{number}" for number in range(12))):
        found = validate_document(indexed, slug)
        assert found is not None
        about = {f for f in whole if slug in (f.document, places.document(f.value) if f.value.startswith("http") else None)}
        assert {(f.rule, f.focus, f.value, f.message_zh) for f in found[0]} == {(f.rule, f.focus, f.value, f.message_zh) for f in about}
        assert found[0], slug
    alone = load_document(indexed, "low3")
    assert alone is not None
    documents_read = {q.subject.value.partition("/id/doc/")[2].partition("/")[0] for q in alone if "/id/doc/low" in str(q.subject)}
    assert documents_read == {"low3"}


def test_of_two_findings_that_differ_only_in_what_they_mark_the_same_one_stays() -> None:
    known = next(iter(validate_store(load_data(seed_store().path / "graph.nq"))))
    one, other = replace(known, marks=((0, 2),)), replace(known, marks=((1, 3),))
    assert {in_order({first, second}) for first, second in ((one, other), (other, one))} == {(one,)}
