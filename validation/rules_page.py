"""Every rule for people to read: what it is called, what it expects, how to mend a fault, and where it is written (docs/rules.md)."""

from __future__ import annotations

from ontology.labels import label, labels
from ontology.terms import SCHEMES
from validation.check_files import load_checks
from validation.shapes import rule_texts

HEAD = """# 核查规则 · Rules

Written by `python -m validation.rules_page > docs/rules.md` from the shapes, the checks and the finding types; a test keeps it in step.
V 错误 · W 疑点 · I 提示; a name is a finding of the readers. What each looks at is in the file named.
"""


def rules_page() -> str:
    """Return the page: shapes' rules and checks by code, then the readers' finding types by name."""
    blocks: dict[str, list[str]] = {}
    for code, title, expected, fix in rule_texts():
        blocks.setdefault(code, []).append(_block(title, expected, fix, "ontology/shapes"))
    for check in load_checks():
        texts = check.texts
        blocks.setdefault(check.code, []).append(
            _block(texts["title"], texts["expected"], texts["fix"], f"validation/checks/{check.name}.rq")
        )
    for code in sorted(SCHEMES["finding-type"]):
        expected, fix = (labels().get(f"finding-{name}/{code}", ("—", "—")) for name in ("expected", "fix"))
        title = label(f"finding-type/{code}", "zh"), label(f"finding-type/{code}", "en")
        blocks[code] = [_block(title, expected, fix, "loaders")]
    return HEAD + "".join(f"\n## {code}\n\n" + "\n".join(parts) for code, parts in sorted(blocks.items()))


def _block(title: tuple[str, str], expected: tuple[str, str], fix: tuple[str, str], place: str) -> str:
    return (
        f"**{title[0]} · {title[1]}** (`{place}`)\n\n- 应为：{expected[0]} · Expected: {expected[1]}\n- 处理：{fix[0]} · To do: {fix[1]}\n"
    )


if __name__ == "__main__":
    import sys

    sys.stdout.write(rules_page())
