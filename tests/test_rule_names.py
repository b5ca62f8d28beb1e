"""Every rule that code names is a concept people can look up."""

from __future__ import annotations

import re

from seeds import ROOT

from ontology.terms import rule

ROOMS = ("loaders", "lineage", "validation", "zhengmai", "queries")


def test_every_rule_named_in_code_is_in_the_scheme() -> None:
    named = {
        hit
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for hit in re.findall(r'^_?RULE = "([\w-]+)"', path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert {"quantity-by-unit", "deadline-by-kind", "change-weight"} <= named
    assert [name for name in sorted(named) if not rule(name)] == []
