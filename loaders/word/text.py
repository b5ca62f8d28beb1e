"""The words of one Word paragraph: changes accepted, field codes and hidden text left out, text boxes handed on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.word.list_numbers import list_number
from loaders.word.numbering import Numbering
from loaders.word.styles import Styles
from loaders.word.tally import Tally
from loaders.word.xml_tree import MC, Element, M, W, find, switch, value

_CHARS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_GOES_ON = {W + name for name in ("hyperlink", "smartTag", "customXml", "dir", "bdo", "ruby", "rubyBase", "fldSimple")}
_SIGNS = {ord(code): sign for code, sign in zip("lnoqruv\x9f\xa8\xd8\xe0\xfb\xfc\xfd\xfe", "●■□❑❒◆❖•□➢→✗✓☒☑", strict=True)}
"""Wingdings by code, those met in forms and lists; other symbols keep their private-use character."""
_CIRCLED = re.compile(r"\\o\s*(?:\\a[lcr])?\s*\(\s*[○〇◯]\s*[,，;；]\s*([^()\\]{1,4}?)\s*\)", re.I)
_ANCHOR_WORDS = 12


@dataclass(slots=True)
class Field:
    """A field that has begun: before its separator come its code, after it the result."""

    code: str = ""
    in_result: bool = False


@dataclass(slots=True)
class Story:
    """What reading goes on with from paragraph to paragraph."""

    styles: Styles
    numbering: Numbering
    tally: Tally
    chunks: dict[str, bytes] = field(default_factory=dict)
    where: str = ""
    fields: list[Field] = field(default_factory=list)
    follow_fields: bool = True
    open_table: int = 0

    @property
    def in_contents(self) -> bool:
        """Inside the result of a TOC field, whose lines repeat the headings."""
        return any(f.in_result and f.code.split()[:1] == ["TOC"] for f in self.fields)

    @property
    def in_code(self) -> bool:
        return any(not f.in_result for f in self.fields)


@dataclass(slots=True)
class ParagraphRead:
    """``joins_next``: the paragraph's end was deleted, so its words belong to the next one. ``shown``: it is not hidden as a whole."""

    text: str
    boxes: list[Element]
    joins_next: bool
    shown: bool


def content(parent: Element, tally: Tally) -> Iterator[Element]:
    """Yield the children as accepted: wrappers opened, deleted and moved-away parts left out, one branch of alternatives taken."""
    for child in parent.iterchildren():
        tag = child.tag
        if tag in (W + "ins", W + "moveTo"):
            tally.inserted += tag == W + "ins"
            yield from content(child, tally)
        elif tag in (W + "del", W + "moveFrom"):
            tally.deleted += tag == W + "del"
            tally.moved += tag == W + "moveFrom"
        elif tag == W + "sdt":
            inner = find(child, "sdtContent")
            if switch(child, "sdtPr", "showingPlcHdr"):
                tally.placeholders += 1
            elif (value(child, "sdtPr", "docPartObj", "docPartGallery") or "").lower() == "table of contents":
                tally.contents_lines += sum(1 for _ in child.iter(W + "p"))
            elif inner is not None:
                yield from content(inner, tally)
        elif tag == MC + "AlternateContent":
            branch = _branch(child)
            if branch is not None:
                yield from content(branch, tally)
        elif tag in _GOES_ON:
            yield from content(child, tally)
        elif isinstance(tag, str):
            yield child


def _branch(alternatives: Element) -> Element | None:
    """The first choice, unless only the fallback holds words."""
    choice, fallback = alternatives.find(MC + "Choice"), alternatives.find(MC + "Fallback")
    if choice is None or (fallback is not None and choice.find(f".//{W}t") is None and fallback.find(f".//{W}t") is not None):
        return fallback
    return choice


def read_paragraph(paragraph: Element, story: Story) -> ParagraphRead:
    """Return a paragraph's words, without its automatic number."""
    properties = find(paragraph, "pPr")
    style = value(properties, "pStyle") or story.styles.usual_paragraph
    style_hides = story.styles.hides(style)
    mark = find(properties, "rPr")
    joins = find(mark, "del") is not None or find(mark, "moveFrom") is not None
    before = story.tally.hidden
    contents_before = story.in_contents
    pieces: list[str] = []
    boxes: list[Element] = []
    for child in content(paragraph, story.tally):
        if child.tag == W + "r":
            _run(child, style_hides, story, pieces, boxes)
        elif child.tag in (M + "oMath", M + "oMathPara"):
            pieces += [] if story.in_code else [t.text or "" for t in child.iter(M + "t")]
    text = "".join(pieces)
    hidden_mark = switch(mark, "vanish")
    all_hidden = (hidden_mark if hidden_mark is not None else style_hides) or story.tally.hidden > before
    in_contents = contents_before or story.in_contents
    story.tally.contents_lines += in_contents
    return ParagraphRead(text, boxes, joins, shown=bool(text) or not (all_hidden or in_contents))


def _run(run: Element, style_hides: bool, story: Story, pieces: list[str], boxes: list[Element]) -> None:
    hides = switch(run, "rPr", "vanish")
    if hides is None:
        own_style = value(run, "rPr", "rStyle")
        hides = story.styles.hides(own_style) if own_style else style_hides
        hides = hides or style_hides
    if hides and any(child.text for child in run.iterchildren(W + "t")):
        story.tally.hidden += 1
    for child in content(run, story.tally):
        tag = child.tag
        if tag == W + "fldChar":
            _field_mark(child, story, pieces)
        elif tag == W + "instrText":
            if story.fields and not story.fields[-1].in_result:
                story.fields[-1].code += child.text or ""
        elif hides or (story.follow_fields and (story.in_code or story.in_contents)):
            continue
        elif tag == W + "t":
            pieces.append(child.text or "")
        elif tag in _CHARS:
            pieces.append(_CHARS[tag])
        elif tag == W + "sym":
            pieces.append(_symbol(child))
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            _note(child, story, pieces)
        elif tag == W + "r":  # the base of a reading aid (w:ruby)
            _run(child, style_hides, story, pieces, boxes)
        elif tag == W + "object":
            story.tally.objects += 1
        elif tag in (W + "drawing", W + "pict"):
            _drawing(child, story, pieces, boxes)


def _drawing(drawing: Element, story: Story, pieces: list[str], boxes: list[Element]) -> None:
    """Text boxes and drawn letters (WordArt) are words; pictures, charts and diagrams are counted; bare lines are nothing."""
    inside = _boxes(drawing)
    boxes += inside
    shapes = {str(element.tag).rpartition("}")[2] for element in drawing.iter()}
    pieces += [path.get("string") or "" for path in drawing.iter("{urn:schemas-microsoft-com:vml}textpath")]
    story.tally.objects += bool(shapes & {"chart", "relIds"})
    story.tally.pictures += not inside and bool(shapes & {"blip", "imagedata"})


def _field_mark(mark: Element, story: Story, pieces: list[str]) -> None:
    kind = mark.get(W + "fldCharType")
    if kind == "begin":
        story.fields.append(Field())
    elif kind == "separate" and story.fields:
        story.fields[-1].in_result = True
    elif kind == "end" and story.fields:
        done = story.fields.pop()
        circled = _CIRCLED.search(done.code) if not done.in_result else None
        if circled and not story.in_code:
            pieces.append(_circle(circled[1]))


def _circle(words: str) -> str:
    """A character that Word draws a circle around."""
    return list_number(int(words), "decimalEnclosedCircle") if words.isdecimal() and 0 < int(words) <= 50 else f"({words})"


def _symbol(symbol: Element) -> str:
    code = symbol.get(W + "char") or ""
    if not re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) or not 0 < int(code, 16) < 0xD800 + 0x2800:
        return ""
    point = int(code, 16)
    if 0xD800 <= point < 0xE000:
        return ""
    wingdings = (symbol.get(W + "font") or "").lower() == "wingdings" and (point < 0x100 or 0xF000 <= point <= 0xF0FF)
    return _SIGNS.get(point & 0xFF, chr(point)) if wingdings else chr(point)


def _note(reference: Element, story: Story, pieces: list[str]) -> None:
    """Remember a note; its mark stays out of the text, which would else break names, and is told in a remark."""
    own = reference.get(W + "id") or ""
    if reference.tag == W + "footnoteReference":
        story.tally.footnotes.append(own)
        mark = f"[{len(story.tally.footnotes)}]"
    else:
        story.tally.endnotes.append(own)
        mark = f"[{list_number(len(story.tally.endnotes), 'lowerRoman')}]"
    story.tally.anchors.append((mark, "".join(pieces)[-_ANCHOR_WORDS:]))


def _boxes(drawing: Element) -> list[Element]:
    """Return the text boxes of a drawing, outermost ones, each once."""
    found: list[Element] = []
    stack = list(drawing.iterchildren())[::-1]
    while stack:
        element = stack.pop()
        if element.tag == W + "txbxContent":
            found.append(element)
        elif element.tag == MC + "AlternateContent":
            branch = _branch(element)
            stack += [branch] if branch is not None else []
        else:
            stack += list(element.iterchildren())[::-1]
    return found
