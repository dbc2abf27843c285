from __future__ import annotations

import pandas as pd
import vl_convert

from charts.demand_bars import demand_bars
from exports.pictures import to_svg

FRAME = pd.DataFrame(
    {
        "year": [2020, 2020, 2040, 2040],
        "age_class": ["75～84歳", "85歳以上"] * 2,
        "order": [0, 1, 0, 1],
        "value": [6_000.0, 5_000.0, 8_000.0, None],
        "note": ["10人×60%", "", "", ""],
    }
)


def spec(frame: pd.DataFrame = FRAME, classes: tuple[str, ...] = ("75～84歳", "85歳以上")) -> dict:
    return demand_bars(frame, classes=list(classes), x_title="年", y_title="認定者", unit="人",
                       projected_from=2030, marks=("実績人口", "推計人口"))  # fmt: skip


def words(drawn: dict) -> str:
    return to_svg(drawn, title="見本", source=["出典"], geometry=lambda _: {}).decode()


def test_classes_are_stacked_in_order_with_the_total_on_top() -> None:
    drawn = words(spec())
    assert "1.1万" in drawn
    assert "実績人口" in drawn
    assert "推計人口" in drawn
    colour = spec()["layer"][0]["encoding"]["color"]
    assert colour["scale"]["domain"] == ["75～84歳", "85歳以上"]
    assert len(set(colour["scale"]["range"])) == 2


def test_a_year_with_a_missing_class_has_words_and_no_bar() -> None:
    drawn = words(spec())
    assert ">データなし<" in drawn
    assert "2040年" in drawn
    assert ">1.1万<" in drawn
    assert drawn.count('aria-roledescription="bar"') == 2
    whole = words(spec(FRAME.fillna({"value": 2_000.0})))
    assert ">1.0万<" in whole
    assert ">データなし<" not in whole


def test_one_class_needs_no_legend_and_the_specification_compiles() -> None:
    one = spec(FRAME[FRAME["order"] == 0], ("75～84歳",))
    assert one["layer"][0]["encoding"]["color"]["legend"] is None
    assert vl_convert.vegalite_to_vega({**one, "width": 400})


def test_totals_over_the_bars_of_a_telephone_are_smaller() -> None:
    narrow, wide = (vl_convert.vegalite_to_svg(spec() | {"width": w}) for w in (320, 900))
    assert 'font-size="11px"' in narrow.split(">1.1万<")[0].rsplit("<text", 1)[1]
    assert 'font-size="14px"' in wide.split(">1.1万<")[0].rsplit("<text", 1)[1]


def test_years_below_the_bars_of_a_telephone_are_smaller() -> None:
    years = range(2015, 2050, 5)
    frame = pd.DataFrame({"year": years, "age_class": "75～84歳", "order": 0, "value": 60_000.0})
    narrow = vl_convert.vegalite_to_svg(spec(frame, ("75～84歳",)) | {"width": 343})
    last = narrow.split(">推計人口<")[-2].rsplit("<text", 1)[1]
    assert 'font-size="11px"' in last
