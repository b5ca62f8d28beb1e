"""PDF with a text layer, through pdfplumber: paragraphs rejoined from wrapped lines, ruled tables with their merges over page breaks.

What only pictures show cannot be read: a scanned file gets a message that says so. Tables without rules become paragraphs.
"""

from __future__ import annotations

import io
import re
import time
import zlib
from typing import Any

from loaders.blocks import RawBlock, ReadResult, Remark
from zhengmai.errors import UnreadableSource

ORDER = 30
MOST_PAGES = 500
MOST_SECONDS = 300
MOST_STREAM_BYTES = 64_000_000
MOST_UNPACKED_BYTES = 400_000_000
MOST_CONTENT_BYTES = 12_000_000
_LEAST_CHARS_A_PAGE = 12
_NEVER_BOMB = MOST_STREAM_BYTES // 1_032  # deflate packs at most 1,032 to 1


def accepts(name: str, head: bytes) -> bool:
    """Take what begins like a PDF (a few bytes of junk before it are common), whatever the file is called."""
    return b"%PDF-" in head[:1_024]


def read(data: bytes, where: str) -> ReadResult:
    """Return the paragraphs and tables of a PDF.

    :raises UnreadableSource: when it is scanned, encrypted, cut short, damaged, or too large to read in bounded time.
    """
    _check_whole(data, where)
    _check_size(data, where)
    pages = _pages(data, where)
    _check_text(pages, where)
    blocks, remarks = _blocks(pages)
    if not blocks:
        raise _scanned(where, len(pages))
    return ReadResult("pdf", "", tuple(blocks), remarks=tuple(remarks))


def _pages(data: bytes, where: str) -> list[Any]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    from loaders.pdf.page import MOST_CHARS_A_PAGE, read_page

    started = time.monotonic()
    found = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            count = len(document.pages)
            if count > MOST_PAGES:
                raise _unreadable(where, f"{count} pages", f"at most {MOST_PAGES}", "split the file", f"PDF 超过 {MOST_PAGES} 页，请拆分。")
            for number, page in enumerate(document.pages, 1):
                _check_page(page, number, where)
                found.append(read_page(page, number))
                if len(page.chars) > MOST_CHARS_A_PAGE or time.monotonic() - started > MOST_SECONDS:
                    raise _unreadable(
                        where,
                        f"page {number} too full to read in time",
                        "pages of text",
                        "split the file or print it to PDF again",
                        "PDF 页面过于复杂，请拆分或重新打印为 PDF。",
                    )
                page.close()
    except UnreadableSource:
        raise
    except Exception as error:  # the parser answers broken files with whatever it stumbles over
        names = {type(e).__name__ for e in (error, error.__cause__, error.__context__, *error.args) if e is not None}
        if isinstance(error, (PDFPasswordIncorrect, PDFEncryptionError)) or names & {"PDFPasswordIncorrect", "PDFEncryptionError"}:
            raise _unreadable(
                where,
                "a PDF that asks for a password",
                "one that opens without",
                "open it with the password and print it to a new PDF",
                "PDF 有密码保护：请输入密码打开后另存为无密码的 PDF。",
            ) from error
        raise _unreadable(
            where,
            f"a damaged PDF ({type(error).__name__})",
            "a whole PDF",
            "download it again, or open it in a viewer and print it to a new PDF",
            "PDF 已损坏：请重新下载，或用阅读器打开后重新打印为 PDF。",
        ) from error
    return found


def _check_whole(data: bytes, where: str) -> None:
    """A whole PDF ends with %%EOF; one made for the web says its own length at the start."""
    length = re.search(rb"/Linearized[^>]{0,80}?/L\s+(\d{1,12})", data[:2_048])
    if data.rfind(b"%%EOF", max(0, len(data) - 65_536)) < 0 or data.rfind(b"startxref") < 0 or (length and int(length[1]) > len(data) + 16):
        raise _unreadable(
            where,
            "a PDF that ends too early",
            "the whole file; it seems to be cut short",
            "download it again",
            "PDF 不完整（被截断），请重新下载。",
        )


def _check_size(data: bytes, where: str) -> None:
    """Unpack large streams in bounded memory before the parser does it without bounds."""
    if re.search(rb"/Fl(?:ateDecode)?\s*/Fl(?:ateDecode)?\b", data):
        raise _unreadable(
            where,
            "streams packed twice",
            "an ordinary PDF",
            "open it in a viewer and print it to a new PDF",
            "PDF 结构异常：请用阅读器打开后重新打印为 PDF。",
        )
    total = 0
    for hit in re.finditer(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])", data):
        end = data.find(b"endstream", hit.end())
        end = len(data) if end < 0 else end
        if end - hit.end() < _NEVER_BOMB:
            continue
        try:
            size = len(zlib.decompressobj().decompress(data[hit.end() : end], MOST_STREAM_BYTES + 1))
        except zlib.error:
            continue
        total += size
        if size > MOST_STREAM_BYTES or total > MOST_UNPACKED_BYTES:
            raise _unreadable(
                where,
                "a PDF that unpacks to hundreds of megabytes",
                "a document",
                "split it, or print it to a new PDF",
                "PDF 解压后过大，请拆分或重新打印为 PDF。",
            )


def _check_page(page: Any, number: int, where: str) -> None:
    from pdfminer.pdftypes import resolve1

    size = 0
    for stream in page.page_obj.contents:
        stream = resolve1(stream)
        if hasattr(stream, "get_data"):
            size += len(stream.get_data())
    if size > MOST_CONTENT_BYTES:
        raise _unreadable(
            where,
            f"page {number} with {size} bytes of drawing",
            f"at most {MOST_CONTENT_BYTES}",
            "print it to a new PDF",
            "PDF 页面内容过大，请重新打印为 PDF。",
        )


def _check_text(pages: list[Any], where: str) -> None:
    chars, unmapped = sum(page.chars for page in pages), sum(page.unmapped for page in pages)
    if unmapped > chars:
        raise _unreadable(
            where,
            "letters without a code (fonts without a Unicode table)",
            "a PDF whose text can be copied",
            "run OCR over it first, or get the original",
            "PDF 文字无法取出（字体缺少编码表）：请先做 OCR，或获取原始文件。",
        )
    if chars < _LEAST_CHARS_A_PAGE * max(1, len(pages)) and (any(page.pictures for page in pages) or not chars):
        raise _scanned(where, len(pages))


def _scanned(where: str, pages: int) -> UnreadableSource:
    return _unreadable(
        where,
        f"{pages} pages of pictures without a text layer (a scan)",
        "a PDF whose text can be selected",
        "run OCR over it first (for instance ocrmypdf -l chi_sim in.pdf out.pdf) and read the result, checking it against the scan",
        "扫描件，没有文字层：请先做 OCR（文字识别）再导入，并与原件核对。",
    )


def _blocks(pages: list[Any]) -> tuple[list[RawBlock], list[Remark]]:
    from loaders.pdf.page import PdfLine, PdfTable
    from loaders.pdf.tables import continues, join, raw_table
    from loaders.pdf.text import looks_two_columned, margins, paragraphs, without_frame

    items, left_out = without_frame(pages)
    joined: list[PdfLine | PdfTable] = []
    headers = broken = 0
    for item in items:
        last = joined[-1] if joined else None
        if isinstance(item, PdfTable) and isinstance(last, PdfTable) and continues(last, item):
            repeated, cut = join(last, item)
            headers, broken = headers + repeated, broken + cut
        else:
            joined.append(item)
    usual = margins([item for item in joined if isinstance(item, PdfLine)])
    blocks: list[RawBlock] = []
    lines: list[PdfLine] = []
    for item in joined:
        if isinstance(item, PdfLine):
            lines.append(item)
            continue
        blocks += paragraphs(lines, usual)
        lines = []
        blocks.append(raw_table(item))
    blocks += paragraphs(lines, usual)
    columned = [page.number for page in pages if looks_two_columned(page)]
    pictured = [page.number for page in pages if page.pictures and page.chars < _LEAST_CHARS_A_PAGE]
    return blocks, _remarks(left_out, headers, broken, columned, pictured, sum(page.unmapped for page in pages))


def _remarks(left_out: list[str], headers: int, broken: int, columned: list[int], pictured: list[int], unmapped: int) -> list[Remark]:
    found = []
    if left_out:
        said = " | ".join(left_out)[:500]
        found.append(Remark("running-heads-left-out", "info", f"页眉页脚未收录：{said}", f"Running heads left out: {said}"))
    if headers:
        found.append(
            Remark(
                "repeated-headers-left-out",
                "info",
                f"跨页重复的表头 {headers} 行未重复收录。",
                f"{headers} header rows repeated after page breaks were left out.",
            )
        )
    if broken:
        found.append(
            Remark("rows-joined-over-pages", "info", f"{broken} 行被分页断开，已接合。", f"{broken} rows broken by a page were joined.")
        )
    if columned:
        found.append(
            Remark(
                "two-columns",
                "warning",
                f"第 {_listed(columned)} 页疑为双栏排版或无框线的表格，行序可能有误，请核对。",
                f"Pages {_listed(columned)} look two-columned (or unruled tables); their lines may be out of order. Check them.",
            )
        )
    if pictured:
        found.append(
            Remark(
                "pages-without-text",
                "warning",
                f"第 {_listed(pictured)} 页只有图片，未能读取。",
                f"Pages {_listed(pictured)} hold only pictures and were not read.",
            )
        )
    if unmapped:
        found.append(
            Remark(
                "letters-without-code",
                "warning",
                f"{unmapped} 个字符无编码，显示为 (cid:…)。",
                f"{unmapped} letters have no code and show as (cid:…).",
            )
        )
    return found


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:20])) + (" …" if len(numbers) > 20 else "")


def _unreadable(where: str, found: str, expected: str, fix: str, zh: str) -> UnreadableSource:
    return UnreadableSource(where=where, found=found, expected=expected, fix=fix, zh=zh)
