"""The three documents as Word files, .docx and .doc, say what the text dumps say: every row, clause, heading and role."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from merged_seeds import differences
from render_docx import numbered_docx, seed_docx
from seed_tables import SeedTable, guangzhou, hechi
from seeds import GUANGZHOU, HECHI, NATIONAL, answers, fold, seed

from loaders.extract import extract_bytes
from loaders.records import Extraction
from zhengmai.errors import UnreadableSource

TABLES = {GUANGZHOU: (guangzhou, 91), HECHI: (hechi, 38)}


def saved_as(data: bytes, suffix: str, kind: str) -> bytes | None:
    """Return a .docx saved in another format by LibreOffice; None on a machine without it."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        return None
    with TemporaryDirectory() as folder:
        (Path(folder) / "a.docx").write_bytes(data)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", kind, "--outdir", folder, str(Path(folder) / "a.docx")]
        subprocess.run(
            command, check=True, capture_output=True, timeout=240, env={"PATH": os.environ["PATH"], "HOME": folder, "LANG": "C.UTF-8"}
        )
        return (Path(folder) / f"a.{suffix}").read_bytes()


@cache
def as_word(name: str) -> Extraction:
    make, _ = TABLES[name]
    table: SeedTable = make()
    return extract_bytes(seed_docx(table), "seed.docx")


@pytest.mark.parametrize("name", TABLES)
def test_a_seed_table_in_word_has_the_same_rows_and_fields(name: str) -> None:
    found = as_word(name)
    assert found.source.format == "docx"
    assert found.ingest.rows_seen == found.ingest.rows_kept == TABLES[name][1]
    assert differences(name, found) == []


@pytest.mark.parametrize("name", TABLES)
def test_nothing_is_doubtful_where_the_merges_are_known(name: str) -> None:
    assert [row.row for row in as_word(name).rows if row.doubtful] == []


def test_the_guangzhou_table_in_word_is_as_people_read_it() -> None:
    rows = {row.row: row for row in as_word(GUANGZHOU).rows}
    wanted = answers("guangzhou_rows.tsv")
    assert sorted(rows) == sorted(want["row"] for want in wanted)
    for want in wanted:
        row = rows[want["row"]]
        assert fold(row.text("task")) == fold(want["main_task"])
        assert fold(row.text("group")) == fold(want["group"])
        assert fold(row.text("measure")) == fold(want["measure"])
        for role in ("lead", "responsible"):
            assert sorted(m.actor.name for m in row.roles if m.role == role) == sorted(want[role].split("|"))
        assert row.deadline and fold(row.deadline.raw) == fold(want["deadline_raw"])


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(("suffix", "kind"), [("doc", "doc:MS Word 97"), ("rtf", "rtf")])
def test_a_seed_table_as_an_old_word_file_has_the_same_rows_and_fields(name: str, suffix: str, kind: str) -> None:
    data = saved_as(seed_docx(TABLES[name][0]()), suffix, kind)
    if data is None:
        with pytest.raises(UnreadableSource, match="libreoffice-writer"):
            extract_bytes(b"{\\rtf1 x}", "seed.rtf")
        return
    found = extract_bytes(data, f"seed.{suffix}")
    assert found.source.format == suffix
    assert differences(name, found) == []


def test_automatic_numbers_give_the_same_text_and_outline_as_typed_ones() -> None:
    typed = seed(NATIONAL)
    found = extract_bytes(numbered_docx(typed.text.split("\n")), "policy.docx")
    assert found.text == typed.text
    assert len(found.provisions) == 190
    for mine, theirs in zip(found.provisions, typed.provisions, strict=True):
        assert (mine.id, mine.level, mine.number, mine.heading, mine.note) == (
            theirs.id,
            theirs.level,
            theirs.number,
            theirs.heading,
            theirs.note,
        )
        assert mine.roles == theirs.roles


def test_automatic_numbers_survive_an_old_word_file() -> None:
    typed = seed(NATIONAL)
    data = saved_as(numbered_docx(typed.text.split("\n")), "doc", "doc:MS Word 97")
    if data is not None:
        found = extract_bytes(data, "policy.doc")
        assert [(p.id, p.heading, p.roles) for p in found.provisions] == [(p.id, p.heading, p.roles) for p in typed.provisions]
