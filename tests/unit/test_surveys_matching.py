"""Columns and questions: what is sure, what is proposed."""

from __future__ import annotations

import pytest

from data.catalogue import load_catalogue
from data.catalogue.survey import Framework
from surveys.matching import ColumnMatch, QuestionMatcher, key_of
from surveys.tables import TableColumn
from surveys.wording import headers_of

FORM = load_catalogue().surveys["municipal_form"]


def column(*levels: str, position: int = 0) -> TableColumn:
    return TableColumn(position, levels, "C1")


def matched(
    *levels: str, framework: Framework = "h27r2", decisions: dict[str, str] | None = None
) -> ColumnMatch:
    matcher = QuestionMatcher(FORM, framework=framework, decisions=decisions)
    return matcher.match([column(*levels)])[0]


@pytest.mark.parametrize(
    ("levels", "question"),
    [
        (("item_a_status",), "item_a_status"),
        (("何かの見出し", "ITEM_A_STATUS"), "item_a_status"),
        (("ア 資源の把握：実施状況",), "item_a_status"),
        (("ア　資源の把握", "実施状況"), "item_a_status"),
        (("（ア）地域の医療・介護の資源の把握", "実施の有無"), "item_a_status"),
        (("工 情報共有", "実施方法"), "item_e_mode"),
        (("力 研修", "県支援の有無"), "item_ka_pref_support"),
        (("問12 多職種研修の回数（回）",), "training_n"),
        (("③研修\n回数",), "training_n"),
        (("ｺｰﾃﾞｨﾈｰﾀｰ の 人数",), "coord_count"),
        (("相談件数（件）",), "consult_n"),
    ],
)
def test_a_header_that_can_mean_one_question_is_sure(
    levels: tuple[str, ...], question: str
) -> None:
    found = matched(*levels)
    assert (found.question_id, found.sure) == (question, True)


@pytest.mark.parametrize(
    ("levels", "candidate"),
    [
        (("前年度", "研修回数"), "training_n"),
        (("多職種連携研修会の開催回数",), "training_n"),
        (("資源把握の実施状況",), "item_a_status"),
        (("実施状況",), "item_a_status"),
    ],
)
def test_a_header_that_is_only_near_is_proposed(levels: tuple[str, ...], candidate: str) -> None:
    found = matched(*levels)
    assert (found.question_id, found.sure) == ("", False)
    assert found.confidence < 1
    assert candidate in found.candidates or levels == ("実施状況",)


def test_two_columns_of_one_question_are_both_asked() -> None:
    columns = [column("研修回数", position=1), column("多職種研修回数", position=2)]
    found = QuestionMatcher(FORM, framework="r3").match(columns)
    assert [(match.question_id, match.candidates) for match in found] == [("", ("training_n",))] * 2


def test_a_question_of_the_other_framework_is_told() -> None:
    found = matched("ア 資源の把握：実施状況", framework="r3")
    assert (found.how, found.candidates) == ("other_framework", ("item_a_status",))


def test_a_decision_is_remembered() -> None:
    key = key_of(column("多職種連携研修会の開催回数"))
    assert matched("多職種連携研修会の開催回数", decisions={key: "training_n"}).how == "decision"
    ignored = matched("多職種連携研修会の開催回数", decisions={key: ""})
    assert (ignored.sure, ignored.question_id) == (True, "")


def test_columns_that_hold_no_answer_are_left_out() -> None:
    assert matched("備考").how == "ignored"
    assert matched("保健所名").how == "ignored"
    assert matched("晴れの日の数", framework="r3").question_id == ""


@pytest.mark.parametrize("form", load_catalogue().surveys.values(), ids=lambda form: form.key)
def test_no_synonym_means_two_questions(form) -> None:  # type: ignore[no-untyped-def]
    for framework in ("h27r2", "r3"):
        seen: dict[str, str] = {}
        for question in form.questions:
            if framework in question.frameworks:
                for header in headers_of(question):
                    assert seen.setdefault(header, question.id) == question.id, header


def test_an_aside_tells_two_questions_apart() -> None:
    form = load_catalogue().surveys["discharge_form"]
    matcher = QuestionMatcher(form, framework="r3")
    levels = (
        ("ケアマネジャーが把握した退院（要支援）",),
        ("ケアマネジャーが把握した退院", "要介護"),
    )
    found = matcher.match([TableColumn(n, text, "A1") for n, text in enumerate(levels)])
    assert [match.question_id for match in found] == [
        "discharges_known_support",
        "discharges_known_care",
    ]
    (bare,) = matcher.match([TableColumn(0, ("ケアマネジャーが把握した退院",), "A1")])
    assert (bare.how, bare.question_id) == ("proposed", "")
