"""The rules that look across rows: one ``checks/*.rq`` each, a SELECT over the whole graph under a ``#+`` header in YAML.

The first variable, ``?this``, is the node the finding is about; ``?value`` and ``?path`` say what is wrong with it; every
variable may stand in the message as ``{?name}``. ``?fault`` is the stretch of words at fault, ``?evidence`` the span it stands
at, ``?related`` (IRIs, blanks between) what to look at beside it. ``%name%`` in a pattern is any one of the words of that name
in ``words.yaml``. The same text serves as a SHACL constraint (validation.shacl_form).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from ontology.labels import Language
from validation.asking import answers
from validation.findings import ReportFinding, Severity, natural_key
from validation.making import SHAPES_NS, Seen, Voice, make_finding
from validation.places import Places
from zhengmai.errors import BadConfiguration
from zhengmai.settings import BASE_IRI, rules_dir

if TYPE_CHECKING:
    from pyoxigraph import Store

CHECKS = Path(__file__).resolve().parent / "checks"
OUR_WORDS = CHECKS.parent / "words.yaml"
SPARQL_COMPONENT = "http://www.w3.org/ns/shacl#SPARQLConstraintComponent"
MOST_RELATED = 20
TEXTS = ("title", "message", "expected", "fix")
PREFIX = re.compile(r"^PREFIX\s+([\w-]*):\s*<([^>]+)>\s*$", re.MULTILINE)
WORDS = "checks"  # the workspace's rules/checks.yaml
WORD_LIST = re.compile(r"%(\w+)%")
MASK = re.compile(r"\{\?(\w+)\}")


@dataclass(frozen=True, slots=True)
class Check:
    """One file. ``targets`` is what its SHACL form looks at; ``texts[name]`` is (zh, en).

    ``has_shacl_form`` is False where the check asks in which named graph something stands: SHACL sees one graph.
    """

    name: str
    code: str
    shape: str
    severity: Severity
    targets: tuple[str, ...]
    texts: dict[str, tuple[str, str]]
    version: str
    has_shacl_form: bool
    prefixes: dict[str, str]
    select: str

    @property
    def voice(self) -> Voice:
        """Who speaks in its findings."""
        return Voice(
            self.code,
            self.severity,
            self.texts["expected"],
            self.texts["fix"],
            self.shape,
            SPARQL_COMPONENT,
            source="check",
            engine="select",
        )

    @property
    def query(self) -> str:
        """The SELECT as it is run."""
        return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in self.prefixes.items()) + self.select


def load_checks() -> tuple[Check, ...]:
    """Return every check, sorted by name, with the workspace's words in it.

    :raises BadConfiguration: when a header does not say what it must, or the workspace's words are no lists.
    """
    return _load_checks(rules_dir())


@cache
def _load_checks(_rules: Path) -> tuple[Check, ...]:
    return tuple(read_check(path) for path in sorted(CHECKS.glob("*.rq")))


def read_check(path: Path) -> Check:
    """Return the check a file holds.

    :raises BadConfiguration: when its header is no YAML, or leaves out or misspells a field.
    """
    import yaml

    text = path.read_text(encoding="utf-8")
    header = "\n".join(line[3:] for line in text.splitlines() if line.startswith("#+"))
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#+"))
    try:
        said = yaml.load(header, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # ten times as quick
    except yaml.YAMLError as error:
        raise _wrong(path, str(getattr(error, "problem", error)), "YAML after #+") from error
    if not isinstance(said, dict):
        raise _wrong(path, "no header", "lines that start with #+ and hold YAML")
    for field in ("id", "shape", "severity", "target", "version", *TEXTS):
        if field not in said:
            raise _wrong(path, f"no {field}", "id, shape, severity, target, version, title, message, expected, fix")
    if said["severity"] not in get_args(Severity):
        raise _wrong(path, f"severity {said['severity']}", "violation, warning or info")
    select = WORD_LIST.sub(lambda name: _any_of(name[1], path), PREFIX.sub("", body).strip() + "\n")
    return Check(
        name=path.stem,
        code=str(said["id"]),
        shape=SHAPES_NS + str(said["shape"]).removeprefix("zms:"),
        severity=said["severity"],
        targets=tuple(said["target"]),
        texts={field: _both(path, field, said[field]) for field in TEXTS},
        version=str(said["version"]),
        has_shacl_form=said.get("form") != "graphs",
        prefixes=dict(PREFIX.findall(body)),
        select=select,
    )


def _any_of(name: str, path: Path) -> str:
    """Return the words of a list as a pattern for any one of them, escaped for a string in SPARQL.

    :raises BadConfiguration: when there is no such list.
    """
    listed = _words(rules_dir()).get(name)
    if not listed:
        raise _wrong(path, f"%{name}%", "a list in validation/words.yaml")
    return "|".join(re.escape(word) for word in listed).replace("\\", "\\\\").replace('"', '\\"')


@cache
def _words(rules: Path) -> dict[str, list[str]]:
    import yaml

    lists: dict[str, list[str]] = {}
    for file in (rules / f"{WORDS}.yaml", OUR_WORDS):
        if not file.is_file():
            continue
        try:
            said = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise _wrong(file, str(getattr(error, "problem", None) or error), "YAML in UTF-8") from error
        if not isinstance(said, dict) or not all(
            isinstance(words, list) and all(isinstance(w, str) for w in words) for words in said.values()
        ):
            raise _wrong(file, "something else", "names, each with a list of words")
        for name, words in said.items():
            lists[name] = lists.get(name, []) + words
    return lists


def run_check(check: Check, store: Store, places: Places) -> list[ReportFinding]:
    """Return a finding for each row of the check's SELECT."""
    return run_checks([check], store, places)


def run_checks(checks: Sequence[Check], store: Store, places: Places) -> list[ReportFinding]:
    """Return a finding for each row of each check's SELECT."""
    found = zip(checks, answers(store, [check.query for check in checks]), strict=True)
    return [_finding(check, dict(zip(a.names, row, strict=True)), places) for check, a in found for row in a.rows]


def _finding(check: Check, row: dict[str, Any], places: Places) -> ReportFinding:
    focus, path, value = (getattr(row.get(name), "value", "") for name in ("this", "path", "value"))
    message = (_fill(check.texts["message"][0], row, places, "zh"), _fill(check.texts["message"][1], row, places, "en"))
    fault = _value(row, "fault") or ("" if value.startswith(BASE_IRI) else value)
    others = sorted({_value(row, name) for name in row if name.startswith("related")} - {""}, key=natural_key)
    nodes = [node for other in others for node in other.split(" ") if node.startswith(BASE_IRI)]
    seen = Seen(
        focus, message, path, value, fault=fault, evidence=_value(row, "evidence"), related=sorted(nodes, key=natural_key)[:MOST_RELATED]
    )
    return make_finding(seen, check.voice, places)


def _value(row: dict[str, Any], name: str) -> str:
    return str(getattr(row.get(name), "value", ""))


def _fill(words: str, row: dict[str, Any], places: Places, lang: Language) -> str:
    from pyoxigraph import NamedNode

    def said(match: re.Match[str]) -> str:
        term = row.get(match[1])
        return places.name(term.value, lang) if isinstance(term, NamedNode) else str(getattr(term, "value", "?"))

    return MASK.sub(said, words)


def _both(path: Path, field: str, words: object) -> tuple[str, str]:
    if not isinstance(words, dict) or not all(isinstance(words.get(lang), str) for lang in ("zh", "en")):
        raise _wrong(path, f"{field}: {words}", f"{field}: with zh and en")
    return words["zh"], words["en"]


def _wrong(path: Path, found: str, expected: str) -> BadConfiguration:
    return BadConfiguration(where=str(path), found=found, expected=expected, fix="compare with another file in validation/checks")
