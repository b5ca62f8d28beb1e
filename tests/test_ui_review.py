"""复核: decisions, changes, two reviewers, κ; what is kept and what is refused."""

from __future__ import annotations

import pytest
from pages import chosen, opened, press, said

from lineage.review.desk import decide, list_queue
from zhengmai.workspace import Workspace

GZ, SAT = "gz-stb-openness-tasks", "sat-20170427-openness"
LINK = f"{GZ}.27--{SAT}.5.2.s1"


pytestmark = pytest.mark.usefixtures("on_seeds")


def test_without_a_name_nothing_can_be_decided() -> None:
    app = opened("review")
    assert "请先填写复核人" in said(app)
    assert not [button for button in app.button if button.key and button.key.startswith("say-")]


def test_a_decision_is_on_disk_at_once_and_can_be_taken_back(own: Workspace) -> None:
    app = opened("review", by="张三", item=LINK)
    press(app, "say-accepted")
    file = own.curated_dir / "reviews.sssom.tsv"
    assert LINK.rpartition(".s1")[0].rpartition("--")[2] in file.read_text(encoding="utf-8") or "person:" in file.read_text(
        encoding="utf-8"
    )
    assert "已判断 1 / 124" in "".join(element.proto.text for element in app.get("progress")).replace("\\", "")
    press(app, "say-undo")
    assert "已判断 0 / 124" in "".join(element.proto.text for element in app.get("progress")).replace("\\", "")
    assert app.query_params["item"] == LINK


def test_whether_a_table_rests_on_the_text_at_all_is_decided_here_too(own: Workspace) -> None:
    app = opened("review", by="张三", kind="pair", item=f"{GZ}--{SAT}")
    assert "全面推进政务公开工作实施办法" in said(app) and not app.exception
    press(app, "say-rejected")
    record = (own.curated_dir / "reviews.sssom.tsv").read_text(encoding="utf-8").splitlines()[-1]
    assert f"doc:{GZ}\t" in record and "zm:concludedBasis" in record and "\trejected\t" in record


def test_two_reviewers_who_differ_are_told_and_somebody_settles(own: Workspace) -> None:
    first, second = opened("review", by="张三", item=LINK), opened("review", by="李四", item=LINK)
    press(first, "say-accepted")
    press(second, "say-rejected")
    assert "他人已有意见：" in said(second) and "张三" in said(second) and "两者都已保留" in said(second)
    third = opened("review", by="王五", item=LINK)
    assert "意见不一，待裁定" in said(third)
    press(third, "settle-accepted")
    assert (own.curated_dir / "reviews.sssom.tsv").read_text(encoding="utf-8").count("gz-stb-openness-tasks/task/27") == 3


def test_a_blind_reviewer_sees_no_score_and_no_label() -> None:
    words = said(opened("review", by="张三", item=LINK, blind="1"))
    assert "加大公开首问责任制" in words
    assert "匹配把握度" not in words and "对应类型 合并" not in words


def test_a_case_that_is_gone_is_said() -> None:
    assert "图谱中已没有 nobody.1--nothing.2" in said(opened("review", by="张三", item="nobody.1--nothing.2"))


def test_an_omission_without_a_comment_is_refused_in_words(own: Workspace) -> None:
    app = opened("review", by="张三", kind="gap", item=f"{GZ}--{SAT}.7.2.s1")
    app.get_by_key(f"reason/{GZ}--{SAT}.7.2.s1").set_value("omitted").run()
    press(app, "say-accepted")
    assert app.error and not (own.curated_dir / "reviews.sssom.tsv").is_file()


def test_unsure_next_and_undo_each_do_what_their_button_says(own: Workspace) -> None:
    app = opened("review", by="张三", order="document")
    first = app.query_params["item"]
    press(app, "say-next")
    second = app.query_params["item"]
    assert second != first and "已判断 0 / 124" in "".join(one.proto.text for one in app.get("progress")).replace("\\", "")
    press(app, "say-unsure")
    assert [toast.value.replace("\\", "").rpartition(" ")[2] for toast in app.toast] == ["存疑"]
    press(app, "say-undo")
    assert app.query_params["item"] == second
    press(app, "say-undo")
    assert "没有可撤回" in "".join(toast.value for toast in app.toast)


def test_another_relation_other_quotes_and_a_comment_are_kept_with_the_decision(own: Workspace) -> None:
    app = opened("review", by="张三", item=LINK)
    chosen(app, f"relation/{LINK}", "adapted")
    chosen(app, f"tq/{LINK}", "加大公开首问责任制")
    chosen(app, f"comment/{LINK}", "只取前半")
    press(app, "say-accepted")
    row = (own.curated_dir / "reviews.sssom.tsv").read_text(encoding="utf-8").splitlines()[-1]
    assert "adapted" in row and "加大公开首问责任制" in row and "只取前半" in row
    app = opened("review", by="李四", item=LINK)
    assert "张三" in said(app) and "只取前半" in said(app)
    chosen(app, f"pq/{LINK}", "这些字不在条文里")
    press(app, "say-accepted")
    assert app.error and "李四" not in (own.curated_dir / "reviews.sssom.tsv").read_text(encoding="utf-8")


def test_a_gap_s_reason_is_changed_with_a_comment_and_lists_are_chosen(own: Workspace) -> None:
    gap = f"{GZ}--{SAT}.7.2.s1"
    app = opened("review", by="张三", kind="gap", item=gap)
    chosen(chosen(app, f"reason/{gap}", "omitted"), f"comment/{gap}", "确未见")
    press(app, "say-accepted")
    assert "omitted" in (own.curated_dir / "reviews.sssom.tsv").read_text(encoding="utf-8")
    chosen(app, "review-show", "decided")
    assert app.query_params["item"] == gap and "待看 1 项（共 19）" in said(app)
    chosen(app, "review-show", "disputed")
    assert app.success and "item" not in app.query_params
    chosen(chosen(app, "review-show", "open"), "review-kind", "no-basis")
    assert app.success  # every task of Guangzhou has a basis
    chosen(chosen(app, "review-kind", "link"), "review-pair", f"{GZ} {SAT}")
    assert "待看 124 项（共 124）" in said(app) and app.query_params["pair"] == f"{GZ} {SAT}"
    chosen(app, "review-blind", True)
    assert app.query_params["blind"] == "1" and "匹配把握度" not in said(app)


def test_whoever_settles_what_no_two_have_said_is_told_and_a_word_in_two_windows_too(own: Workspace) -> None:
    first, second = opened("review", by="张三", item=LINK), opened("review", by="张三", item=LINK)
    press(first, "say-accepted")
    press(second, "say-rejected")
    assert "您在另一个页面已有意见" in said(second) and "他人已有意见" not in said(second)
    decide(own, LINK, "accepted", reviewer="李四", on="2026-11-22")
    third = opened("review", by="王五", item=LINK)
    assert "意见不一" in said(third)
    decide(own, LINK, "rejected", reviewer="李四", on="2026-11-22")
    press(third, "settle-rejected")
    assert "他人已有意见" in said(third) and "李四" in said(third)


def test_rows_that_cannot_be_read_and_words_that_are_gone_are_told(own: Workspace) -> None:
    decide(own, list_queue(own)[0].item.id, "accepted", reviewer="张三", on="2026-11-22")
    file = own.curated_dir / "reviews.sssom.tsv"
    text = file.read_text(encoding="utf-8")
    row = text.splitlines()[-1]
    file.write_text(text + row.replace("\taccepted\t", "\tperhaps\t") + "\n", encoding="utf-8")
    assert "行" in "".join(one.value for one in opened("review", by="张三").warning)


def test_without_two_reviewers_there_is_no_kappa_and_that_is_said(own: Workspace) -> None:
    app = opened("review", by="张三")
    app.get_by_key("review-figures").set_value(True).run()
    assert "还没有人判断" in said(app)
    one = list_queue(own)[0].item.id
    decide(own, one, "accepted", reviewer="张三", on="2026-11-22")
    app = opened("review", by="张三")
    app.get_by_key("review-figures").set_value(True).run()
    assert "尚无两人判断过同一项" in said(app)


def test_kappa_of_two_reviewers_stands_on_the_page(own: Workspace) -> None:
    """Ten links: both accept eight, both reject one, they differ on one. κ = (0.9 − 0.74) / (1 − 0.74) = 0.615."""
    items = [case.item.id for case in list_queue(own)[:10]]
    for at, item in enumerate(items):
        decide(own, item, "rejected" if at >= 9 else "accepted", reviewer="张三", on="2026-11-22")
        decide(own, item, "rejected" if at >= 8 else "accepted", reviewer="李四", on="2026-11-22")
    app = opened("review", by="张三")
    app.get_by_key("review-figures").set_value(True).run()
    words = said(app)
    assert not app.exception
    assert "科恩 κ 0.615" in words and "10 项中 9 项相同" in words and "意见不一 1 项" in words
    assert "张三" in words and "李四" in words
