"""The published rules give each relation, and a workspace's own rules recode without aligning anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from lineage.relation import Facts, codebook_version, relation_by_rule
from zhengmai.errors import BadConfiguration
from zhengmai.settings import rules_dir


@pytest.fixture
def own_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose rules folder is the one to be read."""
    rules = tmp_path / "rules"
    rules.mkdir()
    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(tmp_path))
    assert rules_dir() == rules
    return rules / "relations.yaml"


@pytest.mark.parametrize(
    ("facts", "relation"),
    [
        (Facts(), "verbatim"),
        (Facts(exception_dropped=True, fused=True, replaced=True), "exceptionDropped"),
        (Facts(fused=True, dropped=True), "merged"),
        (Facts(replaced=True, dropped=True), "adapted"),
        (Facts(loose_match=True), "adapted"),
        (Facts(dropped=True, other_level_dropped=True), "adapted"),
        (Facts(dropped=True, added=True, added_share=0.2), "adapted"),
        (Facts(dropped=True, added=True, added_share=0.05), "narrowed"),
        (Facts(dropped=True), "narrowed"),
        (Facts(added=True, added_share=0.3), "extended"),
        (Facts(added=True, added_share=0.2), "adapted"),
    ],
)
def test_the_first_rule_that_holds_decides(facts: Facts, relation: str) -> None:
    assert relation_by_rule(facts) == relation


def test_the_version_is_the_codebook_s() -> None:
    assert codebook_version() == "0.5"
    page = Path(__file__).resolve().parents[1] / "docs" / "codebook.md"
    assert f"Version {codebook_version()} " in page.read_text(encoding="utf-8")


def test_rules_of_the_workspace_come_first_and_show_in_the_version(own_rules: Path) -> None:
    own_rules.write_text("rules:\n  - {relation: verbatim, when: {local_names_only: true, dropped: false}}\n", encoding="utf-8")
    assert relation_by_rule(Facts(replaced=True, local_names_only=True)) == "verbatim"
    assert relation_by_rule(Facts(replaced=True)) == "adapted"
    assert codebook_version() == "0.5+rules"


def test_a_version_of_one_s_own_is_the_one_shown(own_rules: Path) -> None:
    own_rules.write_text("version: my-study-3\nrules: []\n", encoding="utf-8")
    assert codebook_version() == "my-study-3"


@pytest.mark.parametrize(
    "rule",
    ["- {relation: copied, when: {}}", "- {relation: verbatim, when: {swapped: true}}", "- {relation: verbatim}", "- verbatim"],
)
def test_a_bad_rule_says_where_and_what_there_is(own_rules: Path, rule: str) -> None:
    own_rules.write_text(f"rules:\n  {rule}\n", encoding="utf-8")
    with pytest.raises(BadConfiguration, match="relations.yaml") as caught:
        relation_by_rule(Facts())
    assert "local_names_only" in str(caught.value)
