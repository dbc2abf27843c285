from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.issues import (
    compared_issues,
    ends_of,
    implemented_shares,
    issue_labels,
    issues_sentence,
    overlap,
    sorted_by_difference,
)
from analytics.statistics.difference import difference_limits
from tests.unit.survey_rows import add_answers, add_municipalities, end_municipality

YEAR = 2019
NAMES = {"01201": "甲市", "01202": "乙市", "01203": "戊市", "02201": "丙市", "02202": "丁市"}
# done items of ア〜ク by municipality, and the issues named
ANSWERS = (
    ("01201", {"item_a_status": "done", "item_i_status": "done", "issue": "knowhow;evaluation"}),
    ("01202", {"item_a_status": "done", "item_i_status": None, "issue": "evaluation"}),
    ("01203", {"item_a_status": None, "item_i_status": "－", "issue": None}),
    ("02201", {"item_a_status": "none", "item_i_status": "done", "issue": "knowhow"}),
    ("02202", {"item_a_status": "none", "item_i_status": "none", "issue": "knowhow;resources"}),
    ("02399", {"item_a_status": "done", "item_i_status": "done", "issue": "－"}),
)


@pytest.fixture
def con(fresh_con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    add_municipalities(fresh_con, NAMES)
    end_municipality(fresh_con, "02399", "旧村", "2019-04-30")  # before the day of the survey
    add_answers(fresh_con, YEAR, ANSWERS, framework="h27r2")
    return fresh_con


def test_shares_sum_over_items_and_municipalities(con: duckdb.DuckDBPyConnection) -> None:
    shares = implemented_shares(con, framework="h27r2", fiscal_year=YEAR)
    rows = shares.set_index("area_code")[["done", "answering", "share", "rank"]]
    assert rows.loc["01"].tolist() == [3, 3, 100, 1]
    assert rows.loc["02"].tolist() == [1, 4, 25, 2]
    assert ends_of(shares) == (("01",), ("02",))


def test_ends_never_overlap() -> None:
    shares = pd.DataFrame({"area_code": [f"{n:02}" for n in range(1, 8)], "share": range(7, 0, -1)})
    upper, lower = ends_of(shares)
    assert (upper, lower) == (("01", "02", "03"), ("05", "06", "07"))
    assert not set(upper) & set(lower)


def test_rates_by_hand(con: duckdb.DuckDBPyConnection) -> None:
    frame = compared_issues(con, fiscal_year=YEAR, left=("01",), right=("02",))
    rows = frame.set_index("issue_key")
    assert list(rows.index) == list(issue_labels())
    assert rows.loc["knowhow", ["left_named", "left_answering", "left_expected"]].tolist() == [
        1, 2, 3,
    ]  # fmt: skip
    assert rows.loc["knowhow", ["left_rate", "right_rate", "difference"]].tolist() == [50, 100, -50]
    assert rows.loc["evaluation", "difference"] == 100
    assert rows.loc["human_dev", ["left_named", "right_named"]].tolist() == [0, 0]
    assert sorted_by_difference(frame)["issue_key"].tolist()[:2] == ["evaluation", "knowhow"]


def test_groups_of_municipalities_and_the_nation(con: duckdb.DuckDBPyConnection) -> None:
    frame = compared_issues(con, fiscal_year=YEAR, left=("01201", "02201"), right=("00",))
    rows = frame.set_index("issue_key")
    assert rows.loc["knowhow", ["left_rate", "right_rate"]].tolist() == [100, 75]
    assert overlap(con, fiscal_year=YEAR, left=("01201", "02201"), right=("00",)) == 2
    assert overlap(con, fiscal_year=YEAR, left=("01",), right=("02",)) == 0


def test_no_answer_is_no_rate(con: duckdb.DuckDBPyConnection) -> None:
    frame = compared_issues(con, fiscal_year=YEAR, left=("01203",), right=("02",))
    assert frame["left_rate"].isna().all()
    assert frame["difference"].isna().all()
    said = issues_sentence(frame, left_name="戊市", right_name="南県", year_label="R1")
    assert said == "R1は、戊市に課題を答えた市町村がなく、比べられません。"


def test_sentence_follows_the_frame(con: duckdb.DuckDBPyConnection) -> None:
    frame = compared_issues(con, fiscal_year=YEAR, left=("01",), right=("02",))
    said = issues_sentence(frame, left_name="北県", right_name="南県", year_label="R1")
    assert "「指標設定など事業評価のしにくさ」（100.0％と0.0％、北県が100.0ポイント高い）" in said
    changed = frame.assign(left_rate=10.0, right_rate=10.0, difference=0.0)
    said = issues_sentence(changed, left_name="北県", right_name="南県", year_label="R1")
    assert "どの課題も挙げた割合が同じ" in said
    one = frame.assign(lower_ci=np.where(frame["issue_key"] == "resources", -9.0, -1.0),
                       upper_ci=np.where(frame["issue_key"] == "resources", -2.0, 1.0))  # fmt: skip
    said = issues_sentence(one, left_name="北県", right_name="南県", year_label="R1")
    assert "偶然の変動の目安を超えて違うのは「医療・介護資源の不足」です" in said


# Newcombe 1998, Table II, method 10, examples (a), (b), (c) and (h).
@pytest.mark.parametrize(
    ("counts", "limits"),
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
        ((10, 10, 0, 10), (0.6075, 1.0)),
    ],
)
def test_limits_as_published(
    counts: tuple[int, int, int, int], limits: tuple[float, float]
) -> None:
    assert difference_limits(*counts) == pytest.approx(limits, abs=5e-5)


@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 40), st.integers(1, 40))
def test_limits_hold_the_difference(a: int, n: int, b: int, m: int) -> None:
    first, second = min(a, n), min(b, m)
    lower, upper = difference_limits(first, n, second, m)
    assert -1 - 1e-9 <= lower <= first / n - second / m <= upper <= 1 + 1e-9
    assert np.isnan(difference_limits(0, 0, second, m)[0])
