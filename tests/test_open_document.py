"""Zipped documents that are no Word file and no workbook: .odt is read as it would be in Word, of the others it is said what they are."""

from __future__ import annotations

import io
import zipfile

import pytest
from render_docx import docx, tbl, tr
from test_word_seeds import saved_as

from loaders.extract import extract_bytes
from zhengmai.errors import UnreadableSource


def zipped(**parts: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "."), text)
    return data.getvalue()


def test_an_odt_is_read_as_in_word() -> None:
    table = tbl(tr("序号", "具体举措", "牵头单位", "完成时限"), tr("1", "编制公布政务服务事项清单。", "市政务局", "2024年6月底前"))
    data = saved_as(docx(table), "odt", "odt")
    if data is None:
        return  # .doc and .odt share the converter; what is said without it: test_word_seeds.py
    found = extract_bytes(data, "t.odt")
    assert found.source.format == "odt"
    assert [(row.number, row.text("measure"), row.text("deadline")) for row in found.rows] == [
        ("1", "编制公布政务服务事项清单。", "2024年6月底前")
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.ods", zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), r"\.ods.*\n.*\.xlsx"),
        ("a.epub", zipped(mimetype="application/epub+zip"), "e-book"),
        ("a.ofd", zipped(OFD__xml="<a/>"), "OFD"),
        ("a.odt", zipped(mimetype="application/vnd.oasis.opendocument.text")[:90], "damaged or cut short"),
    ],
    ids=lambda value: value if isinstance(value, str) else "zip",
)
def test_others_are_named(name: str, data: bytes, said: str) -> None:
    with pytest.raises(UnreadableSource, match=said):
        extract_bytes(data, name)
