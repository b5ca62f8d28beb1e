"""Damaged, locked and hostile Word files end in a clear message within bounded time and memory; any bytes give a result or that message."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render_docx import SPACES, docx, in_list, level, notes, numbering, p, styles, tbl, tc, tr

from loaders.blocks import RawParagraph, RawTable, ReadResult
from loaders.readers import word, word97
from loaders.word import office_convert
from loaders.word import package as docx_package
from zhengmai.errors import UnreadableSource

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAMPLE = docx(
    p("甲", properties=in_list(1))
    + tbl(tr("1", tc("2", properties="<w:vMerge w:val='restart'/>")), tr("3", tc("", properties="<w:vMerge/>"))),
    parts={"numbering": numbering(level(0, "decimal", "%1、")), "styles": styles(), "footnotes": notes("footnote", {"1": "注"})},
)


def refused(data: bytes) -> UnreadableSource:
    with pytest.raises(UnreadableSource) as caught:
        word.read(data, "a.docx")
    assert caught.value.where == "a.docx" and caught.value.fix and caught.value.zh
    return caught.value


def packed(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_file_cut_short_says_so() -> None:
    assert "damaged" in refused(SAMPLE[: len(SAMPLE) // 2]).found


def test_a_member_that_was_changed_says_so() -> None:
    at = SAMPLE.index(b"word/document.xml") + 60
    assert "damaged" in refused(SAMPLE[:at] + b"\0\0\0\0" + SAMPLE[at + 4 :]).found


def test_xml_that_is_not_well_formed_says_so() -> None:
    assert "damaged" in refused(docx("<w:p>")).found


def test_other_packages_say_what_they_are() -> None:
    assert refused(packed({"xl/workbook.xml": b"<x/>"})).found == "a spreadsheet"
    assert refused(packed({"ppt/presentation.xml": b"<x/>"})).found == "a presentation"
    assert refused(packed({"a.txt": b"x"})).found == "a zip archive"
    assert refused(packed({"word/styles.xml": b"<x/>"})).found == "a Word file without its text"


def test_a_document_without_words_says_whether_it_is_pictures() -> None:
    assert refused(docx(p())).found == "a Word document without words"
    scanned = refused(docx(p("<w:r><w:drawing><a:blip/></w:drawing></w:r>") * 3))
    assert (scanned.found, "OCR" in scanned.fix) == ("no words, 3 pictures", True)


def test_entities_are_refused_before_anything_is_expanded() -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    document = f"{bomb}<w:document {SPACES}><w:body>{p('x')}</w:body></w:document>"
    assert "DOCTYPE" in refused(packed({"word/document.xml": document.encode()})).found
    assert "DOCTYPE" in refused(packed({"word/document.xml": document.encode("utf-16")})).found


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    began = time.monotonic()
    bomb = packed({"word/document.xml": b"<w:document>" + b" " * 60_000_000})
    assert "packed into" in refused(bomb).found
    assert time.monotonic() - began < 120


def test_a_large_part_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MOST_PART_BYTES", 200)
    assert "packed into" in refused(SAMPLE).found
    monkeypatch.setattr(docx_package, "MOST_PART_BYTES", 10_000)
    monkeypatch.setattr(docx_package, "MOST_WORD_BYTES", 300)
    assert "bytes" in refused(SAMPLE).found


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MOST_MEMBERS", 3)
    assert "more than 3 files" in refused(SAMPLE).found


def test_what_is_not_read_is_not_unpacked() -> None:
    fat = docx(p("文"), files={"word/media/image1.png": b"\0" * 100_000_000})
    began = time.monotonic()
    assert word.read(fat, "a.docx").blocks == (RawParagraph("文"),)
    assert time.monotonic() - began < 120


def test_a_locked_member_says_so() -> None:
    locked = bytearray(packed({"word/document.xml": b"<x/>"}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refused(bytes(locked)).found


def test_nesting_beyond_reason_is_refused() -> None:
    body = p("底")
    for _ in range(200):
        body = tbl(tr(tc(body, p()), "x"))
    assert "damaged" in refused(docx(body)).found


def test_a_long_table_is_read_in_time() -> None:
    body = tbl(*[tr(str(row), "推进权力责任清单公开", "办公室、政策法规处", "持续开展") for row in range(5_000)])
    began = time.monotonic()
    table = word.read(docx(body), "a.docx").blocks[0]
    assert isinstance(table, RawTable) and len(table.rows) == 5_000
    assert time.monotonic() - began < 120


def gives_a_result(data: bytes) -> None:
    for reader in (word, word97):
        if reader.accepts("a.docx", data[:4096]):
            try:
                assert isinstance(reader.read(data, "a.docx"), ReadResult)
            except UnreadableSource as error:
                assert error.zh


@pytest.fixture(autouse=True, scope="module")
def without_libreoffice() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office_convert, "PROGRAMS", ())
        yield


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", OLE, OLE + b"\0" * 600, b"{\\rtf1 ", SAMPLE[:-40]]))
def test_any_bytes_give_a_result_or_a_message(tail: bytes, magic: bytes) -> None:
    gives_a_result(magic + tail)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255), st.integers(0, len(SAMPLE)))
def test_a_word_file_with_one_byte_changed_gives_a_result_or_a_message(at: int, byte: int, end: int) -> None:
    changed = SAMPLE[:at] + bytes([byte]) + SAMPLE[at + 1 :]
    gives_a_result(changed)
    gives_a_result(SAMPLE[:end])


NAMES = (
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "tcPr",
    "trPr",
    "pPr",
    "numPr",
    "numId",
    "ilvl",
    "vMerge",
    "hMerge",
    "gridSpan",
    "gridBefore",
    "ins",
    "del",
    "sdt",
)
NAMES += (
    "sdtContent",
    "fldChar",
    "instrText",
    "sym",
    "footnoteReference",
    "txbxContent",
    "altChunk",
    "br",
    "tab",
    "rPr",
    "vanish",
    "pStyle",
)
VALUES = st.sampled_from(
    ["", "1", "-1", "0", "9", "99999999999999999999", "continue", "restart", "begin", "separate", "end", "一", "F0FE", "H1"]
)
XML = st.recursive(
    st.sampled_from(["甲", "1", " "]),
    lambda inner: st.tuples(st.sampled_from(NAMES), VALUES, VALUES, st.lists(inner, max_size=4)).map(
        lambda t: f"<w:{t[0]} w:val='{t[1]}' w:fldCharType='{t[1]}' w:char='{t[2]}' w:id='{t[2]}'>{''.join(t[3])}</w:{t[0]}>"
    ),
    max_leaves=25,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(XML, max_size=4), XML, XML)
def test_any_word_xml_gives_a_result_or_a_message(body: list[str], list_xml: str, style_xml: str) -> None:
    parts = {
        "numbering": numbering(level(0, "decimal", "%1%9") + list_xml, lists=f"{list_xml}<w:abstractNum w:abstractNumId='x'/>"),
        "styles": styles(style_xml, f"<w:style w:styleId='H1' w:type='paragraph'><w:basedOn w:val='H1'/>{style_xml}</w:style>"),
        "footnotes": f"<w:footnotes {SPACES}><w:footnote w:id='1'>{style_xml}</w:footnote></w:footnotes>",
    }
    gives_a_result(docx("".join(body), parts=parts))
