"""The seeds as pages of a made-up government site: menus, breadcrumb, information block, share buttons, footer around the text."""

from __future__ import annotations

from html import escape

from merged_seeds import GridCell, merged_rows, words_around

BLOCK = {
    "table": """<table class="headTable" border="0"><tr><td><b>索 引 号：</b></td><td>{index}</td>
<td><b>主题分类：</b></td><td>政务公开</td></tr>
<tr><td><b>发文机关：</b></td><td>{issuer}</td>
<td><b>成文日期：</b></td><td>2017年09月05日</td></tr>
<tr><td><b>标　　题：</b></td><td colspan="3">{title}</td></tr>
<tr><td><b>发文字号：</b></td><td>穗国税函〔2017〕120号</td>
<td><b>发布日期：</b></td><td>2017-09-11 10:20</td></tr>
<tr><td><b>有 效 性：</b></td><td>有效</td>
<td><b>公开属性：</b></td><td>主动公开</td></tr></table>""",
    "dl": """<dl class="xxgk"><dt>索引号</dt><dd>{index}</dd>
<dt>主题分类</dt><dd>政务公开</dd>
<dt>发文机关</dt><dd>{issuer}</dd>
<dt>成文日期</dt><dd>2017年09月05日</dd>
<dt>标题</dt><dd>{title}</dd>
<dt>发文字号</dt><dd>穗国税函〔2017〕120号</dd>
<dt>发布日期</dt><dd>2017-09-11</dd>
<dt>有效性</dt><dd>有效</dd>
<dt>公开属性</dt><dd>主动公开</dd></dl>""",
    "ul": """<ul><li>索引号：{index}</li>
<li>主题分类：政务公开</li>
<li>发文机关：{issuer}</li>
<li>成文日期：2017年9月5日</li>
<li>标题：{title}</li>
<li>发文字号：穗国税函〔2017〕120号</li>
<li>发布日期：2017年9月11日</li>
<li>有效性：有效</li>
<li>公开属性：</li></ul>""",
    "spans": """<div class="info"><div><span>索引号:</span><span>{index}</span></div>
<div><span>发文机关:</span><span>{issuer}</span></div>
<div><span>成文日期:</span><span>2017.9.5</span></div>
<div><span>标题:</span><span>{title}</span></div>
<div><span>发文字号:</span><span>穗国税函〔2017〕120号</span></div>
<div><span>发布日期:</span><span>2017/09/11</span></div>
<div><span>有效性:</span><span>有效</span></div></div>""",
}
FRAME = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"/>
<title>{title}_某市税务局门户网站</title><meta name="SiteName" content="某市税务局"/>
<meta name="ArticleTitle" content="{title}"/>
<meta name="PubDate" content="2017-09-12 08:00"/>
<meta name="ContentSource" content="本站"/><style>.a{{color:red}} p{{text-indent:2em}}</style>
<script>var s = "<p>脚本里的字</p>";</script></head>
<body><!-- 注释里的字 -->
<div class="header"><a href="/">首页</a> <a href="/xx">信息公开</a> <a href="/fw">办税服务</a> <span>今天是2024年5月1日</span></div>
<div id="nav"><ul><li><a href="#">通知公告</a></li>
<li><a href="#">政策文件</a></li>
<li><a href="#">纳税服务</a></li></ul></div>
<div class="wrap"><div class="dqwz">当前位置：<a href="#">首页</a> &gt; <a href="#">信息公开</a> &gt; 正文</div>
{block}
<div class="article-box"><h1>{title}</h1>
<div class="pages-date">发布时间：2017-09-11 10:20&nbsp;&nbsp;来源：办公室&nbsp;
&nbsp;浏览次数：1024 字体：[<a>大</a> <a>中</a> <a>小</a>]</div>
<div class="TRS_Editor" id="zoom">{body}</div>
<div class="tools"><a href="javascript:window.print()">【打印】</a><a href="javascript:window.close()">【关闭窗口】</a></div>
<div class="bdsharebuttonbox">分享到：<a>微信</a><a>微博</a></div>
<p>相关链接</p><ul class="list"><li><a href="1">关于印发某办法的通知</a></li>
<li><a href="2">一图读懂政务公开</a></li></ul></div></div>
<div style="display:none">隐藏的字</div>
<div class="footer"><p>主办单位：某市税务局　版权所有</p><p>地址：某路1号　粤ICP备05000001号　网站标识码：4401000001</p></div>
<script src="http://example.invalid/x.js"></script></body></html>
"""


def page(body: str, *, title: str, block: str = "table", charset: str = "gb2312", issuer: str = "某市国家税务局") -> str:
    """Return a whole page around a body."""
    info = BLOCK[block].format(index="000014349/2017-00012", issuer=issuer, title=title) if block else ""
    return FRAME.format(charset=charset, title=title, block=info, body=body)


def seed_body(name: str) -> str:
    """Return a seed's table with its merges, and the lines around it."""
    above, below = words_around(name)
    lines = "".join(f"<p>&nbsp;&nbsp;&nbsp; {escape(line)}</p>\n" for line in above)
    return f"{lines}{table(merged_rows(name))}" + "".join(f"<p>　　{escape(line)}</p>" for line in below)


def table(rows: list[list[GridCell]]) -> str:
    body = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>\n" for row in rows)
    return f'<table border="1" cellspacing="0"><tbody>{body}</tbody></table>'


def paragraphs(text: str) -> str:
    """Every line a <p>, with the indents sites write."""
    return "\n".join(f'<p style="text-indent:2em"><span>　　{escape(line)}</span></p>' for line in text.split("\n") if line.strip())


def broken_lines(text: str) -> str:
    """Every line a run of span soup before two <br>."""
    found = []
    for line in (line for line in text.split("\n") if line.strip()):
        half = len(line) // 2
        found.append(f"&nbsp;&nbsp;&nbsp;&nbsp;<span><b>{escape(line[:half])}</b></span><font>{escape(line[half:])}</font><br/>&nbsp;<br>")
    return "\n".join(found)


def _cell(cell: GridCell) -> str:
    spans = (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "") + (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "")
    lines = [line for line in cell.text.split("\n") if line.strip()]
    words = "<br/>".join(map(escape, lines)) if cell.column % 2 else "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<td{spans}>{words or '&nbsp;'}</td>"
