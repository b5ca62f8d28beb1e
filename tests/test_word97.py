"""Old Word files: who takes them, what is said when they cannot be read, and that LibreOffice is kept on a short lead."""

from __future__ import annotations

import http.server
import os
import shutil
import struct
import sys
import threading
import time
from pathlib import Path

import pytest

from loaders.blocks import RawParagraph
from loaders.readers import word97
from loaders.word import office_convert
from zhengmai.errors import UnreadableSource

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
RTF = b"{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0 Task one\\par Task two\\par}"
SECTOR, FREE, END, FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def container(streams: dict[str, bytes]) -> bytes:
    """Return a compound file (MS-CFB) of streams, each padded to the 4096 bytes that keep it out of the mini stream."""
    names = list(streams)
    bodies = [streams[name].ljust(4096, b"\0") for name in names]
    directory_at = sum(len(body) // SECTOR for body in bodies)
    entries = [_entry("Root Entry", 5, child=1 if names else FREE)]
    at, table = 0, []
    for order, (name, body) in enumerate(zip(names, bodies, strict=True), 1):
        count = len(body) // SECTOR
        entries.append(_entry(name, 2, right=order + 1 if order < len(names) else FREE, start=at, size=len(body)))
        table += [at + n + 1 for n in range(count - 1)] + [END]
        at += count
    entries += [bytes(128)] * (-len(entries) % 4)
    directory = b"".join(entries)
    count = len(directory) // SECTOR
    table += [directory_at + n + 1 for n in range(count - 1)] + [END, FAT]
    fat = b"".join(struct.pack("<I", sector) for sector in table).ljust(SECTOR, b"\xff")
    header = word97.OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, directory_at, 0, 4096, END, 0, END, 0) + struct.pack("<I", directory_at + count)
    return header.ljust(SECTOR, b"\xff") + b"".join(bodies) + directory + fat


def _entry(name: str, kind: int, *, right: int = FREE, child: int = FREE, start: int = END, size: int = 0) -> bytes:
    label = name.encode("utf-16-le") + b"\0\0"
    head = label.ljust(64, b"\0") + struct.pack("<HBBIII", len(label), kind, 1, FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start if kind == 2 else END, size)


def word_stream(flags: int) -> bytes:
    return struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x0804, 0, flags)


def message(data: bytes, where: str = "a.doc") -> UnreadableSource:
    with pytest.raises(UnreadableSource) as caught:
        word97.read(data, where)
    return caught.value


@pytest.mark.parametrize(
    ("name", "head", "taken"),
    [
        ("a.doc", word97.OLE + bytes(600), True),
        ("a.docx", word97.OLE, True),
        ("a.doc", b"{\\rtf1\\ansi", True),
        ("a.doc", b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>', True),
        ("a.doc", b"<html xmlns:w='urn:schemas-microsoft-com:office:word'>", False),
        ("a.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related", False),
        ("a.doc", b"PK\x03\x04", False),
        ("a.doc", "政务公开".encode("gb18030"), False),
    ],
)
def test_the_content_decides_who_reads_a_doc(name: str, head: bytes, taken: bool) -> None:
    assert word97.accepts(name, head) is taken


@pytest.mark.parametrize("data", [RTF, container({"WordDocument": word_stream(0)})])
def test_without_libreoffice_it_is_said_how_to_get_it(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    error = message(data)
    assert "apt install libreoffice-writer" in error.fix and "save it as .docx" in error.fix
    assert "libreoffice-writer" in error.zh and ".docx" in error.zh


def test_a_locked_file_is_told_before_anything_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "password" in message(container({"WordDocument": word_stream(0x0100)})).found
    assert "password" in message(container({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), "a.docx").found


def test_other_containers_and_damaged_ones_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "without a Word document" in message(container({"Contents": b"x"})).found
    assert "damaged" in message(word97.OLE + b"\x01" * 700).found
    assert "DOCTYPE" in message(b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><w:wordDocument/>").found


def test_a_workbook_called_doc_goes_to_the_reader_of_workbooks() -> None:
    error = message(container({"Workbook": b"\x09\x08\x10\x00\x00\x06"}))
    assert error.where == "a.doc.xls"


def test_a_rich_text_file_is_read() -> None:
    if OFFICE is None:
        assert "libreoffice-writer" in message(RTF, "a.rtf").fix
        return
    found = word97.read(RTF, "a.rtf")
    assert (found.format, found.blocks) == ("rtf", (RawParagraph("Task one"), RawParagraph("Task two")))
    assert found.remarks[0].code == "converted"


def program(folder: Path, script: str) -> None:
    """Put a stand-in for LibreOffice on the PATH."""
    path = folder / "soffice"
    path.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    path.chmod(0o755)


def test_a_conversion_that_hangs_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "child"
    program(
        tmp_path,
        "import subprocess, sys, time\nchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(note)!r}, 'w').write(str(child.pid))\ntime.sleep(60)",
    )
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(office_convert, "MOST_SECONDS", 3)
    began = time.monotonic()
    assert "within 3 seconds" in message(RTF).found
    assert time.monotonic() - began < 120
    time.sleep(0.2)
    state = Path(f"/proc/{note.read_text()}/stat")
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"


def test_a_conversion_that_writes_nothing_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "pass")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert "cannot read" in message(RTF).found


def test_the_program_sees_a_profile_of_its_own_without_macros_or_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told"
    program(
        tmp_path,
        "import os, sys\nprofile = sys.argv[1].partition('file://')[2]\n"
        "settings = open(profile + '/user/registrymodifications.xcu').read()\n"
        f"open({str(told)!r}, 'w').write(settings + repr(sorted(os.environ)) + repr(sys.argv))",
    )
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1")
    message(RTF)
    words = told.read_text()
    assert (
        '"DisableMacrosExecution" oor:op="fuse"><value>true' in words and '"BlockUntrustedRefererLinks" oor:op="fuse"><value>true' in words
    )
    assert "HTTP_PROXY" not in words and "'--headless'" in words
    assert not Path(words.partition("file://")[2].partition("/profile")[0]).exists()


def test_a_linked_picture_is_not_fetched() -> None:
    asked: list[str] = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with http.server.HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/x.png".encode()
        linked = b'{\\rtf1 A{\\field{\\*\\fldinst INCLUDEPICTURE "' + url + b'" \\\\d}{\\fldrslt B}}\\par}'
        if OFFICE:
            word97.read(linked, "a.rtf")
        else:
            message(linked, "a.rtf")
        server.shutdown()
    assert asked == []
