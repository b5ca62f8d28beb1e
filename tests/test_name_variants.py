"""Names that may be forms of one name are reported, never merged."""

from __future__ import annotations

from loaders.extract import extract_bytes


def _found(*notes: str) -> list[tuple[str, str, str]]:
    items = "".join(f"（{n}）做好工作。抓好落实。（{note}）\n" for n, note in zip("一二三四五六七八九", notes, strict=False))
    text = f"某区重点工作要点\n一、任务\n{items}"
    document = extract_bytes(text.encode(), "x.txt")
    found = [(f.code, f.severity, f.quote) for f in document.findings if f.code in ("name-variant", "name-form")]
    for finding in document.findings:
        if finding.code in ("name-variant", "name-form"):
            words = document.text[finding.place.start : finding.place.end]
            assert finding.quote in words
    return found


def test_a_short_form_of_one_body_is_proposed() -> None:
    assert _found("区建管委负责", "区建设管理委负责", "区建设管理委牵头") == [("name-form", "info", "区建管委")]
    assert _found("市发改委负责", "市发展改革委负责") == [("name-form", "info", "市发展改革委")]


def test_one_character_left_out_of_a_name_used_often_is_a_warning() -> None:
    assert _found("征管科技发展处负责", *["征管和科技发展处负责"] * 4) == [("name-variant", "warning", "征管科技发展处")]


def test_other_levels_other_offices_and_names_side_by_side_are_not() -> None:
    assert _found("区财政局负责", "市财政局负责") == []
    assert _found("人事处负责", "财务处负责") == []
    assert _found("区建管委、区建设管理委负责") == []
    assert _found("相关司局负责", "相关业务司局负责") == []
