"""The report as a SHACL ValidationReport, for tools that read those.

A reader's finding is a result like any other; its component says that no constraint was evaluated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from validation.findings import ReportFinding, ShaclResult

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)


def shacl_report(findings: Sequence[ReportFinding]) -> str:
    """Return the report in Turtle; it conforms when nothing at all was found."""
    results = " ,\n".join(_result(finding) for finding in findings)
    body = f" ;\n  sh:result\n{results}" if findings else ""
    return f"{HEAD}[] a sh:ValidationReport ;\n  sh:conforms {'false' if findings else 'true'}{body} .\n"


def _result(finding: ReportFinding) -> str:
    if finding.shacl is not None:
        return _as_given(finding.shacl)
    said = [
        f"sh:focusNode {_term(finding.focus)}",
        f"sh:resultSeverity sh:{finding.severity.capitalize()}",
        f"sh:sourceConstraintComponent {_term(finding.component)}",
        f"sh:sourceShape {_term(finding.rule)}",
        f"sh:resultMessage {_text(finding.message_zh)}@zh , {_text(finding.message_en)}@en",
    ]
    if finding.path:
        said.append(f"sh:resultPath {_term(finding.path)}")
    if finding.value:
        said.append(f"sh:value {_term(finding.value)}")
    return "    [ a sh:ValidationResult ;\n      " + " ;\n      ".join(said) + " ]"


def _as_given(result: ShaclResult) -> str:
    """A result of shapes that are not ours, term by term as the engine gave it."""
    terms = {
        "focusNode": result.focus,
        "resultPath": result.path,
        "value": result.value,
        "resultSeverity": result.severity,
        "sourceConstraintComponent": result.component,
        "sourceShape": result.shape,
        "sourceConstraint": result.constraint,
    }
    said = [f"sh:{name} {term}" for name, term in terms.items() if term]
    messages = " , ".join(_text(text) + (f"@{lang}" if lang else "") for text, lang in result.messages)
    said += [f"sh:resultMessage {messages}"] if messages else []
    said += [f"sh:detail {_as_given(one).strip()}" for one in result.details]
    return "    [ a sh:ValidationResult ;\n      " + " ;\n      ".join(said) + " ]"


def _term(text: str) -> str:
    is_iri = text.startswith(("http://", "https://", "urn:")) and IRI.fullmatch(text)
    return f"<{text}>" if is_iri else _text(text)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # JSON's escapes are Turtle's
