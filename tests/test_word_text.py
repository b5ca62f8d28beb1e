"""The words of a Word file: changes accepted, fields by their result, boxes once, notes at the end, hidden text reported."""

from __future__ import annotations

import pytest
from render_docx import MAIN_TYPE, SPACES, W_NS, docx, in_list, level, notes, numbering, p, r, styles, tbl, tc, tr

from loaders.blocks import RawParagraph, RawTable, ReadResult
from loaders.readers.word import accepts, read


def lines(body: str, **parts: str) -> list[str]:
    return [b.text for b in result(body, **parts).blocks if isinstance(b, RawParagraph)]


def result(body: str, **parts: str) -> ReadResult:
    return read(docx(body, parts=parts), "a.docx")


def remark(found: ReadResult, code: str) -> str:
    return next((x.zh for x in found.remarks if x.code == code), "")


def mark(kind: str) -> str:
    return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"


def code(words: str) -> str:
    return f"<w:r><w:instrText>{words}</w:instrText></w:r>"


def field(words: str, outcome: str) -> str:
    return mark("begin") + code(words) + mark("separate") + outcome + mark("end")


def box(text: str) -> str:
    content = f"<w:txbxContent>{text}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_tracked_changes_are_accepted_and_counted() -> None:
    body = p(
        "由",
        "<w:del w:id='1'><w:r><w:delText>办公室</w:delText></w:r></w:del>",
        f"<w:ins w:id='2'>{r('人事处')}</w:ins>",
        f"<w:moveFrom w:id='3'>{r('移走')}</w:moveFrom>",
        f"<w:moveTo w:id='4'>{r('移来')}</w:moveTo>",
    )
    found = result(body)
    assert found.blocks == (RawParagraph("由人事处移来"),)
    assert remark(found, "tracked-changes") == "文件带修订标记，按全部接受读取：插入 1 处，删除 1 处，移动 1 处，删除表格行 0 行。"


def test_a_paragraph_whose_end_was_deleted_joins_the_next() -> None:
    body = p("前半", properties="<w:rPr><w:del w:id='1'/></w:rPr>") + p("后半", properties=in_list(1)) + p("完")
    assert lines(body, numbering=numbering(level(0, "decimal", "%1、"))) == ["1、前半后半", "完"]


def test_earlier_properties_are_not_taken_for_present_ones() -> None:
    old = f"<w:pPrChange w:id='1'><w:pPr>{in_list(1)}</w:pPr></w:pPrChange>"
    assert lines(p("文", properties=old), numbering=numbering(level(0, "decimal", "%1、"))) == ["文"]


def test_fields_give_their_result_and_not_their_code() -> None:
    nested = field("IF " + field("PAGE", r("9")) + " x", r("是"))
    assert lines(p("第", field("REF x", r("三")), "项", nested, "<w:fldSimple w:instr='DATE'>" + r("今日") + "</w:fldSimple>")) == [
        "第三项是今日"
    ]


def test_a_field_without_its_end_swallows_nothing() -> None:
    begun = mark("begin") + code("TOC") + mark("separate")
    assert lines(p("甲", begun, "乙") + p("丙")) == ["甲乙", "丙"]


def test_a_circled_number_made_by_a_field_is_read() -> None:
    circled, secret = (mark("begin") + code(rf" eq \o\ac(○,{inside})") + mark("end") for inside in "3密")
    assert lines(p(circled, "办理") + p(secret, "件")) == ["③办理", "(密)件"]


def test_the_table_of_contents_is_left_out_and_said_so() -> None:
    contents = p(mark("begin"), code("TOC \\o"), mark("separate"), "一、总则 1") + p("二、分则 2") + p(mark("end"))
    gallery = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    gallery = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{p('目录')}</w:sdtContent></w:sdt>"
    found = result(contents + gallery + p("一、总则"))
    assert [b.text for b in found.blocks if isinstance(b, RawParagraph)] == ["一、总则"]
    assert remark(found, "table-of-contents") == "自动目录 4 行未读入（与正文标题重复）。"


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    assert lines(p("锚", box(p("框内一") + p("框内二")), "点") + p("后")) == ["锚点", "框内一", "框内二", "后"]


def test_a_text_box_in_a_cell_belongs_to_the_cell() -> None:
    table = result(tbl(tr(tc(p("甲", box(p("框")))), "乙"))).blocks[0]
    assert isinstance(table, RawTable) and table.rows[0][0].text == "甲\n框"


def test_drawn_letters_are_words_and_pictures_are_counted() -> None:
    art = "<w:r><w:pict><v:shape><v:textpath string='某市税务局文件'/></v:shape></w:pict></w:r>"
    picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    line = "<w:r><w:pict><v:line/></w:pict></w:r>"
    found = result(p(art, picture, line))
    assert found.blocks == (RawParagraph("某市税务局文件"),)
    assert remark(found, "pictures") == "图片 1 张，其中的文字未读入。"


def test_wrappers_round_runs_are_opened() -> None:
    pieces = [f"<w:{name}>{r(name[:2])}</w:{name}>" for name in ("hyperlink", "smartTag", "customXml", "bdo")]
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('控件')}</w:sdtContent></w:sdt>"
    ruby = f"<w:r><w:ruby><w:rt>{r('pin')}</w:rt><w:rubyBase>{r('拼')}</w:rubyBase></w:ruby></w:r>"
    maths = "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
    assert lines(p(*pieces, control, ruby, maths)) == ["hysmcubd控件拼a+b"]


def test_a_prompt_nobody_filled_in_is_no_text() -> None:
    found = result(p("姓名：", f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处')}</w:sdtContent></w:sdt>"))
    assert found.blocks == (RawParagraph("姓名："),)
    assert remark(found, "placeholder-text")


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:t>甲</w:t><w:tab/><w:t>乙</w:t>", "甲\t乙"),
        ("<w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t><w:softHyphen/>", "甲-乙"),
        ("<w:sym w:font='Wingdings' w:char='F0FE'/><w:t>是</w:t>", "☑是"),
        ("<w:sym w:font='Symbol' w:char='F0B7'/>", "\uf0b7"),
        ("<w:sym w:font='X' w:char='D800'/><w:sym w:char='zz'/><w:t>好</w:t>", "好"),
    ],
)
def test_special_characters(xml: str, text: str) -> None:
    assert lines(p(f"<w:r>{xml}</w:r>")) == [text]


def test_a_line_break_ends_a_paragraph_of_the_body() -> None:
    assert lines(p(r("　　一、总则"), "<w:r><w:br/><w:t>（一）目的。</w:t></w:r>")) == ["一、总则", "（一）目的。"]


def test_hidden_text_is_left_out_and_said_so() -> None:
    sheet = styles(
        "<w:style w:type='character' w:styleId='Hid'><w:rPr><w:vanish/></w:rPr></w:style>",
        "<w:style w:type='paragraph' w:styleId='HidP'><w:basedOn w:val='HidBase'/></w:style>",
        "<w:style w:type='paragraph' w:styleId='HidBase'><w:rPr><w:vanish/></w:rPr></w:style>",
    )
    body = p("明", r("暗", "<w:vanish/>"), r("隐", "<w:rStyle w:val='Hid'/>"), r("现", "<w:vanish w:val='0'/>")) + p(
        "藏", properties="<w:pStyle w:val='HidP'/>"
    )
    found = result(body, styles=sheet)
    assert found.blocks == (RawParagraph("明现"),)
    assert remark(found, "hidden-text") == "隐藏文字 3 处未读入。"


def test_notes_stand_after_the_body_in_the_order_of_their_marks() -> None:
    body = p("公开目录", "<w:r><w:footnoteReference w:id='7'/></w:r>", "应当更新。") + tbl(
        tr(tc(p("办公室", "<w:r><w:footnoteReference w:id='3'/></w:r>")), "x")
    )
    body += p("完", "<w:r><w:endnoteReference w:id='1'/></w:r>")
    parts = {"footnotes": notes("footnote", {"3": "第二注", "7": "第一注", "9": "无人引用"}), "endnotes": notes("endnote", {"1": "尾"})}
    found = read(docx(body, parts=parts), "a.docx")
    texts = [b.text if isinstance(b, RawParagraph) else b.rows[0][0].text for b in found.blocks]
    assert texts == ["公开目录应当更新。", "办公室", "完", "[1] 第一注", "[2] 第二注", "[i] 尾"]
    assert remark(found, "notes-appended") == "脚注、尾注附于正文之后：[1] 在“公开目录”之后，[2] 在“办公室”之后，[i] 在“完”之后。"


def test_comments_are_left_out_and_counted() -> None:
    found = result(
        p("正文", "<w:r><w:commentReference w:id='0'/></w:r>"),
        comments=f"<w:comments {SPACES}><w:comment w:id='0'>{p('改')}</w:comment></w:comments>",
    )
    assert found.blocks == (RawParagraph("正文"),)
    assert remark(found, "comments") == "批注 1 条未读入。"


def test_a_web_page_put_in_whole_is_read() -> None:
    page = "<html><head><meta charset='utf-8'></head><body><p>插入的段落。</p></body></html>".encode()
    found = read(docx(p("前") + "<w:altChunk r:id='rChunk'/>" + p("后"), files={"word/chunk.htm": page}), "a.docx")
    text = "\n".join(b.text for b in found.blocks if isinstance(b, RawParagraph))
    assert text.startswith("前\n") and "插入的段落。" in text and text.endswith("\n后")


def test_a_package_put_in_whole_is_not_opened() -> None:
    found = read(docx(p("前") + "<w:altChunk r:id='rChunk'/>", files={"word/chunk.htm": docx(p("深"))}), "a.docx")
    assert found.blocks == (RawParagraph("前"),)
    assert remark(found, "embedded-documents")


def test_macros_are_left_alone_and_links_are_not_followed() -> None:
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    found = read(docx(p("文"), main_type=kind, files={"word/vbaProject.bin": b"x"}), "a.docm")
    assert (found.format, found.blocks) == ("docm", (RawParagraph("文"),))
    assert [x.code for x in found.remarks] == ["macros", "outside-links"]


def test_the_strict_form_of_the_standard_is_read() -> None:
    assert read(_strict(docx(p("严格"))), "a.docx").blocks == (RawParagraph("严格"),)


def _strict(data: bytes) -> bytes:
    import zipfile
    from io import BytesIO

    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            text = text.replace(W_NS, "http://purl.oclc.org/ooxml/wordprocessingml/main")
            new.writestr(
                name, text.replace("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/")
            )
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "head", "taken"),
    [
        ("a.docx", b"PK\x03\x04...word/document.xml", True),
        ("a.xlsx", b"PK\x03\x04...word/document.xml", True),
        ("a.docx", b"PK\x03\x04...xl/workbook.xml", False),
        ("a.xlsx", b"PK\x03\x04...docProps/", False),
        ("a.docx", b"PK\x03\x04...docProps/", True),
        ("a.zip", b"PK\x03\x04...", True),
        ("a.docx", b"<html>", False),
        ("a.docx", b"\xd0\xcf\x11\xe0", False),
    ],
)
def test_the_content_decides_who_reads_a_zip(name: str, head: bytes, taken: bool) -> None:
    assert accepts(name, head) is taken


def test_headers_and_footers_are_no_text() -> None:
    header = f"<w:hdr {SPACES}>{p('页眉')}</w:hdr>".encode()
    assert read(docx(p("文"), main_type=MAIN_TYPE, files={"word/header1.xml": header}), "a.docx").blocks == (RawParagraph("文"),)
