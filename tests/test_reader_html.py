"""Pages as saved from government sites: the document without the frame, tables with their merges, any encoding."""

from __future__ import annotations

import email.mime.multipart
import email.mime.text

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merged_seeds import differences
from render_html import BLOCK, broken_lines, page, paragraphs, seed_body
from seeds import GUANGZHOU, HECHI, NATIONAL, SOURCES, answers, fold, seed

from loaders.blocks import RawParagraph, RawTable, ReadResult
from loaders.extract import extract_bytes
from loaders.read import read_bytes
from loaders.readers import html_page
from loaders.to_json import extraction_json
from loaders.web.facts import iso_day, line_pairs, window_title
from loaders.web.source import decode_page
from zhengmai.errors import UnreadableSource

TITLE = "某市关于全面推进政务公开工作的实施方案"
TEXT = "<p>一、总体要求</p><p>　　全面推进政务公开，保障公众知情权、参与权、表达权和监督权。</p><p>二、主要任务</p>"


def read(body: str) -> ReadResult:
    return html_page.read(f"<html><body>{body}</body></html>".encode(), "x.html")


def shown(result: ReadResult) -> list[str]:
    """Paragraphs as text, rows of tables as their cells' texts."""
    found = []
    for block in result.blocks:
        if isinstance(block, RawParagraph):
            found.append(block.text)
        else:
            found += ["|".join(cell.text for cell in row) for row in block.rows]
    return found


def tables(result: ReadResult) -> list[RawTable]:
    return [block for block in result.blocks if isinstance(block, RawTable)]


def places(table: RawTable) -> list[list[tuple[int, int, int, str]]]:
    return [[(c.column, c.rowspan, c.colspan, c.text) for c in row] for row in table.rows]


@pytest.mark.parametrize("name", [GUANGZHOU, HECHI])
def test_a_seed_as_a_page_in_gb18030_reads_as_the_seed(name: str) -> None:
    extraction = extract_bytes(page(seed_body(name), title=seed(name).meta.title).encode("gb18030"), "table.html")
    assert differences(name, extraction) == []
    assert [row.row for row in extraction.rows if row.doubtful] == []
    assert [row.row for row in extraction.rows] == [row.row for row in seed(name).rows]
    assert [note.value for note in extraction.footnotes] == [note.value for note in seed(name).footnotes]
    assert (extraction.source.format, extraction.source.encoding) == ("html", "gb18030")


def test_the_guangzhou_page_holds_against_the_rows_read_by_hand() -> None:
    found = {row.row: row for row in extract_bytes(page(seed_body(GUANGZHOU), title="无").encode("gbk"), "x.htm").rows}
    for want in answers("guangzhou_rows.tsv"):
        row = found[want["row"]]
        assert fold(row.text("task")) == fold(want["main_task"])
        assert fold(row.text("group")) == fold(want["group"])
        assert fold(row.text("measure")) == fold(want["measure"])
        assert row.deadline and fold(row.deadline.raw) == fold(want["deadline_raw"])


@pytest.mark.parametrize("block", [*BLOCK, ""])
@pytest.mark.parametrize("write", [paragraphs, broken_lines])
def test_the_national_text_as_a_page_reads_as_the_text(write: object, block: str) -> None:
    raw = (SOURCES / NATIONAL).read_text(encoding="utf-8")
    title = next(line for line in raw.split("\n") if line.startswith("全面推进"))
    extraction = extract_bytes(page(write(raw), title=title, block=block, charset="utf-8").encode(), "x.html")  # type: ignore[operator]
    one, two = extraction_json(extraction), extraction_json(seed(NATIONAL))
    pages_own = ("reader-remark", "metadata-contradiction")
    one["findings"] = [f for f in one["findings"] if f["code"] not in pages_own]
    filled = ("number-missing",) if block else ()  # the block gives the number that the text lacks
    two["findings"] = [f for f in two["findings"] if f["code"] not in filled]
    assert extraction.text == seed(NATIONAL).text
    assert {key: one[key] == two[key] for key in ("provisions", "rows", "ingest", "findings")} == dict.fromkeys(
        ("provisions", "rows", "ingest", "findings"), True
    )


@pytest.mark.parametrize("block", BLOCK)
def test_the_information_block_becomes_facts_and_no_body(block: str) -> None:
    result = html_page.read(page(TEXT, title=TITLE, block=block).encode("gb18030"), "x.html")
    assert result.facts == {
        "index_no": "000014349/2017-00012",
        "issuer": "某市国家税务局",
        "title": TITLE,
        "number": "穗国税函〔2017〕120号",
        "written_on": "2017-09-05",
        "published_on": "2017-09-11",
        "status": "有效",
    }
    assert shown(result) == [TITLE, "一、总体要求", "全面推进政务公开，保障公众知情权、参与权、表达权和监督权。", "二、主要任务"]
    assert "主动公开" in next(r.zh for r in result.remarks if r.code == "page-facts") or block in ("ul", "spans")


def test_without_a_block_the_line_under_the_title_and_meta_say_less() -> None:
    result = html_page.read(page(TEXT, title=TITLE, block="").encode("gb18030"), "x.html")
    assert result.facts == {"title": TITLE, "published_on": "2017-09-11", "issuer": "本站"}


def test_a_list_of_documents_is_a_table_and_no_information_block() -> None:
    rows = "".join(
        f"<tr><td>关于第{k}件事的通知</td><td>某发〔2020〕{k}号</td><td>2020年1月{k}日</td><td>某市政府</td></tr>" for k in range(1, 6)
    )
    result = read(f"<table><tr><td>标题</td><td>发文字号</td><td>成文日期</td><td>发文机关</td></tr>{rows}</table>")
    assert "number" not in result.facts
    assert len(tables(result)[0].rows) == 6


@pytest.mark.parametrize(
    ("declared", "real", "said"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("gbk", "gb18030", "gb18030"),
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "utf-8", "utf-8"),
        ("utf-8", "gb18030", "gb18030"),
    ],
)
def test_the_bytes_say_the_encoding_before_the_page_does(declared: str, real: str, said: str) -> None:
    result = html_page.read(page("<p>一、㙍𠮷鎔基与政务公开工作总体要求</p>", title=TITLE, charset=declared).encode(real), "x.html")
    assert result.encoding == said
    assert "一、㙍𠮷鎔基与政务公开工作总体要求" in shown(result)
    assert any(r.code == "charset-declared-wrongly" for r in result.remarks) == ((declared == "utf-8") != (real == "utf-8"))


def test_an_undeclared_or_marked_encoding_is_found() -> None:
    text = "<html><p>政务公开</p></html>"
    assert [decode_page(data, "x")[:2] for data in (text.encode("gbk"), text.encode("utf-8-sig"), text.encode("utf-16"))] == [
        (text, "gb18030"),
        (text, "utf-8-sig"),
        (text, "utf-16"),
    ]


def test_a_few_broken_bytes_are_told_and_many_refuse_the_page() -> None:
    whole = ("<html><body><p>" + "政务公开工作要点" * 400 + "</p></body></html>").encode("gb18030")
    result = html_page.read(whole[:100] + b"\xff" + whole[101:], "x.html")
    assert [r.code for r in result.remarks] == ["broken-characters"]
    with pytest.raises(UnreadableSource):
        html_page.read(b"<html><p>" + b"\xff\x00\x81" * 500 + b"</p></html>", "x.html")


def test_the_frame_is_left_out_and_what_was_doubted_is_told() -> None:
    result = html_page.read(page(TEXT, title=TITLE).encode("gb18030"), "x.html")
    words = "\n".join(shown(result))
    for frame in (
        "首页",
        "纳税服务",
        "当前位置",
        "打印",
        "关闭",
        "分享",
        "相关链接",
        "一图读懂",
        "版权",
        "ICP",
        "隐藏的字",
        "脚本",
        "注释",
        "浏览次数",
    ):
        assert frame not in words


def test_old_pages_of_layout_tables_without_any_name_lose_no_line() -> None:
    lines = "".join(f"<p>（{n}）落实第{n}项任务，由各有关部门按职责分工负责。</p>" for n in "一二三四五六")
    menu = "<tr><td><a href=1>首页</a> | <a href=2>机构职能</a> | <a href=3>政策法规</a></td></tr>"
    body = f"<table width=900>{menu}<tr><td><table><tr><td width=200><a>通知</a><br><a>公告</a></td><td>{lines}<p>某市人民政府</p>"
    body += "<p>2019年6月1日</p></td></tr></table></td></tr><tr><td>版权所有：某市人民政府　ICP备12345678号</td></tr></table>"
    assert shown(read(body)) == [
        *(f"（{n}）落实第{n}项任务，由各有关部门按职责分工负责。" for n in "一二三四五六"),
        "某市人民政府",
        "2019年6月1日",
    ]


def test_signature_and_title_outside_the_hinted_element_stay() -> None:
    body = f"<div class=nav><a>首页</a></div><div class=art><h2>{TITLE}</h2><p>某政发〔2019〕3号</p>"
    body += f"<div class=TRS_Editor>{TEXT * 5}</div><div>某市人民政府</div><div>2019年6月1日</div></div>"
    words = shown(read(body))
    assert words[:2] == [TITLE, "某政发〔2019〕3号"]
    assert words[-2:] == ["某市人民政府", "2019年6月1日"]


def test_a_hidden_text_is_read_when_it_is_the_page() -> None:
    result = read(f"<div id=zoom style='display:none'>{TEXT * 5}</div><p>加载中</p>")
    assert "一、总体要求" in shown(result)
    assert "hidden-text-kept" in [r.code for r in result.remarks]


def test_spans_follow_the_standard() -> None:
    body = """<table border=1><thead><tr><th colspan=100>分工表</th></tr><tr><th>序号<th>任务<th colspan=2>单位</tr></thead>
    <tbody><tr><td rowspan=0>1<td rowspan=2>甲<td>a<td>b</tr><tr><td colspan=9>c</tr><tr><td>乙</tr></tbody>
    <tfoot><tr><td>注：说明</tr></tfoot></table>"""
    assert places(tables(read(body))[0]) == [
        [(1, 1, 4, "分工表")],
        [(1, 1, 1, "序号"), (2, 1, 1, "任务"), (3, 1, 2, "单位")],
        [(1, 3, 1, "1"), (2, 2, 1, "甲"), (3, 1, 1, "a"), (4, 1, 1, "b")],
        [(3, 1, 2, "c")],
        [(2, 1, 1, "乙"), (3, 1, 1, ""), (4, 1, 1, "")],
        [(1, 1, 1, "注：说明"), (2, 1, 1, ""), (3, 1, 1, ""), (4, 1, 1, "")],
    ]


def test_breaks_and_blocks_in_a_cell_are_lines_and_source_line_ends_are_not() -> None:
    body = "<table><tr><th>序号</th><th>部门</th></tr><tr><td>1</td><td><p>征管\r\n  部门</p><p>稽查<br/>部门</p>&nbsp;</td></tr></table>"
    assert places(tables(read(body))[0])[1] == [(1, 1, 1, "1"), (2, 1, 1, "征管部门\n稽查\n部门")]


def test_a_nested_table_of_data_follows_its_outer_one_and_a_layout_table_is_text() -> None:
    inner = "<table><tr><th>指标</th><th>值</th></tr><tr><td>甲</td><td>5</td></tr></table>"
    body = f"<table><tr><th>序号</th><th>内容</th></tr><tr><td>1</td><td>前{inner}后</td></tr>"
    body += "<tr><td>2</td><td><table role=presentation><tr><td>一</td></tr></table></td></tr></table>"
    outer, nested = tables(read(body))
    assert places(outer)[1:] == [[(1, 1, 1, "1"), (2, 1, 1, "前\n后")], [(1, 1, 1, "2"), (2, 1, 1, "一")]]
    assert places(nested) == [[(1, 1, 1, "指标"), (2, 1, 1, "值")], [(1, 1, 1, "甲"), (2, 1, 1, "5")]]


def test_words_in_a_table_but_in_no_cell_are_not_lost() -> None:
    result = read("<table><caption>附表一</caption>散落的字<tr><th>序号</th><th>任务</th></tr><td>1</td><td>甲</td></table>")
    assert {"附表一", "散落的字"} <= set(shown(result))
    assert [[c.text for c in row] for row in tables(result)[0].rows] == [["序号", "任务"], ["1", "甲"]]


def test_list_numbers_are_written_out_unless_the_text_has_them() -> None:
    body = "<ol><li>制定清单</li><li>公开<ol type=a><li>网站</li></ol></li></ol>"
    body += "<ol start=3><li>检查</li></ol><ol><li>（一）已有编号</li></ol><ul><li>无编号</li></ul>"
    body += "<ol style='list-style-type:cjk-ideographic'><li>总则</li></ol>"
    assert shown(read(body)) == ["1.制定清单", "2.公开", "a.网站", "3.检查", "（一）已有编号", "无编号", "一、总则"]


def test_a_page_saved_by_word_keeps_its_list_marks() -> None:
    body = """<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>
    <![if !supportLists]><span lang=EN-US
    style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>推进权力
清单公开<o:p></o:p></p><p class=MsoNormal><b>（一）加强领导。</b>各级要<del>不</del>高度重视。</p><p style='mso-hide:all'>看不见</p>"""
    result = read(body)
    assert shown(result) == ["1.推进权力清单公开", "（一）加强领导。各级要高度重视。"]
    assert "tracked-changes-accepted" in [r.code for r in result.remarks]


def test_what_follows_the_end_of_the_page_is_read() -> None:
    assert shown(html_page.read("<html><body><p>一、前</p></body></html><p>二、后</p>".encode(), "x")) == ["一、前", "二、后"]


def test_a_web_archive_is_unwrapped() -> None:
    message = email.mime.multipart.MIMEMultipart("related")
    message.attach(email.mime.text.MIMEText(page(TEXT, title=TITLE), "html", "gb18030"))
    message["Subject"] = "x"
    result = read_bytes(message.as_bytes(), "x.mht")
    assert result.format == "html"
    assert shown(result)[0] == TITLE


@pytest.mark.parametrize(
    "data",
    [
        b"<html><frameset><frame src=a.html></frameset></html>",
        b"<html><body><script>load()</script></body></html>",
        "<html><body><table><tr><td>政务公开</td><td cla".encode(),
        b"<html><body>" + b"<div>" * 3000 + b"x",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n\r\nno page\r\n--x--",
    ],
    ids=["frames", "scripts", "cut", "deep", "archive"],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableSource) as error:
        html_page.read(data, "x.html")
    assert error.value.zh and error.value.fix


def test_unclosed_fonts_and_large_pictures_in_the_page_do_no_harm() -> None:
    body = "<font color=red>" * 2000 + f"<img src='data:image/png;base64,{'A' * 11_000_000}'>" + TEXT
    assert "一、总体要求" in shown(read(body))


def test_a_span_over_everything_is_bounded() -> None:
    body = "<table>" + "<tr><td rowspan=65000 colspan=1000>甲</td><td>乙</td></tr>" * 300 + "</table>"
    assert sum(len(row) for t in tables(read(body)) for row in t.rows) < 700_000


def test_text_files_with_a_tag_are_not_pages() -> None:
    assert not html_page.accepts("readme.md", b"<div align=center>\n# x")
    assert not html_page.accepts("x.txt", "一、总体要求 <html>".encode())
    assert html_page.accepts("wrong.docx", b"\xef\xbb\xbf<!-- saved from url=(1)x -->\r\n<HTML>")


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        ("发布时间：2019-06-28 来源：办公室", [("发布时间", "2019-06-28"), ("来源", "办公室")]),
        ("各单位要按照发布日期：先后办理。", []),
        ("资金来源：中央财政", []),
    ],
)
def test_lines_of_pairs(line: str, pairs: list[tuple[str, str]]) -> None:
    assert line_pairs(line) == pairs


def test_small_parts() -> None:
    assert window_title("关于印发办法的通知 - 某市人民政府门户网站") == "关于印发办法的通知"
    assert iso_day("发布于 2021/3/5 10:00") == "2021-03-05"
    assert iso_day("长期") is None


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"<html>", b"<table><tr><td>", b"<!DOCTYPE html><ol>", b"MIME-Version: 1.0\nContent-Type: text/html\n\n"]),
)
def test_any_bytes_give_blocks_or_a_message(data: bytes, magic: bytes) -> None:
    try:
        assert html_page.read(magic + data, "x.html").blocks
    except UnreadableSource as error:
        assert error.fix


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<table>",
                "</table>",
                "<tr>",
                "<td rowspan=2>",
                "<td colspan=3>",
                "<th>",
                "<p>",
                "<br>",
                "<ol><li>",
                "</li>",
                "<b>",
                "甲",
                "乙 ",
                "&nbsp;",
                "<div class=nav>",
                "</div>",
            ]
        ),
        max_size=60,
    )
)
def test_no_word_of_a_wild_table_is_lost_or_doubled(parts: list[str]) -> None:
    body = "".join(parts).replace("<div class=nav>", "<div>")
    try:
        result = read(body)
    except UnreadableSource:
        assert "甲" not in body and "乙" not in body
        return
    words = "".join(shown(result)) + "".join(r.zh for r in result.remarks if r.code == "page-words-left-out")
    assert (words.count("甲"), words.count("乙")) == (body.count("甲"), body.count("乙"))
