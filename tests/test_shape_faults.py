"""Shapes with errors: which shape, which line; what an engine would pass over in silence is an error too."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from validation.own_shapes import shapes_graph
from validation.shape_faults import line_of, shape_faults
from zhengmai.__main__ import main

HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix e: <http://e/> .\n\ne:Good a sh:NodeShape ; sh:targetClass e:T .\n\n"
DATA = str(Path(__file__).parent / "data" / "shapes" / "base.ttl")


@pytest.mark.parametrize(
    ("shape", "line", "found"),
    [
        ('e:S a sh:NodeShape ; sh:targetClass e:T ;\n  sh:property [ sh:path e:p ;\n    sh:minCount "many" ] .', 8, 'sh:minCount "many"'),
        ("e:S a sh:NodeShape ; sh:targetClass e:T ; sh:property [ sh:minCount 1 ] .", 6, "with 0 sh:path"),
        ("e:S a sh:NodeShape ; sh:targetClass e:T ;\n  sh:mincount 1 .", 7, "sh:mincount, which is no word of SHACL"),
        ("e:S a sh:NodeShape ; sh:targetClass e:T ;\n\n  sh:property [ sh:path e:p ; sh:in e:list ] .", 8, "sh:in <http://e/list>"),
        ('e:S a sh:NodeShape ; sh:targetClass e:T ;\n  sh:property [ sh:path e:p ; sh:pattern "(" ] .', 7, 'sh:pattern "("'),
        ("e:S a sh:NodeShape ; sh:targetClass e:T ;\n  sh:nodeKind sh:Iri .", 7, "sh:nodeKind"),
        ("e:S a sh:NodeShape ; sh:targetClass e:T ; sh:closed 3 .", 6, "sh:closed"),
        ('e:S a sh:NodeShape ; sh:targetClass e:T ; sh:property "e:P" .', 6, "sh:property"),
        (
            'e:S a sh:NodeShape ; sh:targetClass e:T ;\n  sh:sparql [ sh:select """SELECT $this\n WHERE { $this ?p """ ] .',
            7,
            "sh:select, line 2 of the query",
        ),
    ],
)
def test_a_faulty_shape_is_named_with_its_line(
    shape: str, line: int, found: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text(HEAD + shape + "\n", encoding="utf-8")
    assert main(["validate", DATA, "--shapes", str(file)]) == 2
    said = capsys.readouterr()
    assert f"mine.ttl, line {line}, shape http://e/S" in said.err
    assert found in said.err
    assert said.out == ""


def test_right_shapes_have_no_fault() -> None:
    assert list(shape_faults(shapes_graph())) == []
    more = "e:A sh:targetClass e:T ; sh:and ( e:Good ) ; sh:closed true ; sh:ignoredProperties () ; sh:property [ sh:path ( e:p e:q ) ] ."
    assert list(shape_faults(Graph().parse(data=HEAD + more, format="turtle"))) == []


def test_the_line_of_a_shape_is_found_by_prefix_and_by_iri(tmp_path: Path) -> None:
    file = tmp_path / "s.ttl"
    file.write_text(HEAD + "<http://e/Full> a sh:NodeShape .\n", encoding="utf-8")
    assert line_of(file, "http://e/Good") == 4
    assert line_of(file, "http://e/Full") == 6
    assert line_of(file, "http://e/None") is None


@pytest.mark.parametrize("where", ["/", "."])
def test_a_folder_is_no_file_to_write_to(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", DATA, "--format", "json", "--output", where]) == 2
    assert "a folder" in capsys.readouterr().err
