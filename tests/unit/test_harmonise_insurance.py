from __future__ import annotations

import pandas as pd
import pytest

from data.extract import Extract
from data.harmonise.insurance import harmonise_certified, harmonise_insured
from tests.unit.area_stand import area_stand

LEVELS = ["要支援1", "要支援2", "要介護1", "要介護2", "要介護3", "要介護4", "要介護5"]
INSURED = [
    # 都道府県, 保険者, 計, 65-74, 75-84, 85+
    ("全国", "", 1000, 500, 300, 200),
    ("東見本県", "中央市", 100, 60, 25, 15),
    ("東見本県", "山地区広域連合", 50, 20, 20, 10),
    ("東見本県", "森ヶ丘町", 30, 10, 15, 5),
    ("西見本県", "山手市", 70, 30, 30, 10),
    ("遠い県", "山手市", 7, 3, 3, 1),
]


def insured_extract(rows: list[tuple[object, ...]]) -> Extract:
    labels = ["都道府県", "保険者", "計", "65歳以上75歳未満", "75歳以上85歳未満", "85歳以上"]
    frame = pd.DataFrame(rows, columns=labels)
    frame["source_ref"] = [f"02h!A{number}" for number in range(6, 6 + len(frame))]
    return Extract("x", "ltc_report", "", {"insured": frame.assign(fiscal_year=2023)}, len(frame))


def certified_extract(groups: dict[str, int], *, insurer: str = "中央市") -> Extract:
    frame = pd.DataFrame(
        [
            {"都道府県": "東見本県", "保険者": insurer, "区分": group, "合計": total}
            | {label: order for order, label in enumerate(LEVELS)}
            | {"source_ref": f"{group}!A8"}
            for group, total in groups.items()
        ]
    )
    return Extract("x", "ltc_report", "", {"certified": frame.assign(fiscal_year=2023)}, len(frame))


AGES = {"65-69": 1, "70-74": 2, "75-79": 4, "80-84": 8, "85-89": 16, "90-": 32}


def values(measure: pd.DataFrame, area_code: str) -> dict[str, float]:
    return measure[measure["area_code"] == area_code].set_index("measure_id")["value"].to_dict()


def test_insurers_prefectures_and_nation() -> None:
    done = harmonise_insured(insured_extract(INSURED), source_id="s", areas=area_stand())
    measure = done.tables["measure"]
    assert values(measure, "00")["insured_1st"] == 1000
    assert values(measure, "81100")["insured_85_plus"] == 15
    assert values(measure, "82201")["insured_1st"] == 70
    assert values(measure, "81") == {
        "insured_1st": 180,
        "insured_65_74": 90,
        "insured_75_84": 60,
        "insured_85_plus": 30,
    }
    sums = measure[measure["area_code"].isin(["81", "82"])]
    assert set(sums["source_ref"]) == {"県内保険者の合計"}
    assert set(measure["period"]) == {"FY2023"}
    assert ("insured_1st", "81") in done.coverage
    assert [(issue.field, issue.found) for issue in done.issues] == [("都道府県", "遠い県")]


def test_a_union_is_an_area_of_its_own_and_no_municipality_gets_its_number() -> None:
    done = harmonise_insured(insured_extract(INSURED), source_id="s", areas=area_stand())
    assert done.tables["area"].to_numpy().tolist() == [["ins-81-01", "insurer", "山地区広域連合"]]
    assert done.tables["area_membership"].to_numpy().tolist() == [["ins-81-01", "81", "prefecture"]]
    assert values(done.tables["measure"], "ins-81-01")["insured_1st"] == 50


def test_population_by_age_needs_no_total_row() -> None:
    done = harmonise_insured(insured_extract(INSURED), source_id="s", areas=area_stand())
    population = done.tables["population"]
    own = population[population["area_code"] == "81401"]
    assert own[["age_from", "persons"]].to_numpy().tolist() == [[65, 10], [75, 15], [85, 5]]
    assert own["age_to"].isna().tolist() == [False, False, True]
    assert set(population["edition"]) == {"ltc_insured"}
    assert not population["is_projection"].any()
    assert ("population:ltc_insured", "81") in done.coverage


def test_unknown_insurers_are_set_aside_but_stay_in_the_sum_of_their_prefecture() -> None:
    rows = [*INSURED[:2], ("東見本県", "無名市", 5, 2, 2, 1)]
    done = harmonise_insured(insured_extract(rows), source_id="s", areas=area_stand())
    assert [(issue.found, issue.set_aside) for issue in done.issues] == [("無名市", True)]
    assert values(done.tables["measure"], "81")["insured_1st"] == 105


def test_a_number_that_is_not_printed_leaves_the_prefecture_without_a_sum() -> None:
    rows = [*INSURED[:2], ("東見本県", "森ヶ丘町", None, None, 15, 5)]
    measure = harmonise_insured(insured_extract(rows), source_id="s", areas=area_stand()).tables[
        "measure"
    ]
    prefecture = measure[measure["area_code"] == "81"].set_index("measure_id")
    assert prefecture["status"].to_dict() == {
        "insured_1st": "missing",
        "insured_65_74": "missing",
        "insured_75_84": "observed",
        "insured_85_plus": "observed",
    }
    assert prefecture.loc["insured_75_84", "value"] == 40


def test_certified_age_classes_join_two_bands_each() -> None:
    groups = {"総数": 70, "第1号": 63, **AGES, "第2号": 7}
    done = harmonise_certified(certified_extract(groups), source_id="s", areas=area_stand())
    found = values(done.tables["measure"], "81100")
    assert (found["certified_1st"], found["certified_65_74"]) == (63, 3)
    assert (found["certified_75_84"], found["certified_85_plus"]) == (12, 48)
    assert (found["certified_1st_support1"], found["certified_1st_care5"]) == (0, 6)
    assert done.issues == []


@pytest.mark.parametrize(("total", "issues"), [(63, 0), (64, 1)])
def test_ages_that_do_not_add_up_are_told(total: int, issues: int) -> None:
    groups = {"第1号": total, **AGES}
    done = harmonise_certified(certified_extract(groups), source_id="s", areas=area_stand())
    assert len(done.issues) == issues


def test_a_group_whose_totals_are_not_printed_is_missing_and_ends_nothing() -> None:
    extract = certified_extract({"第1号": 63, **AGES})
    frame = extract.frames["certified"]
    frame.loc[frame["区分"] == "90-", "合計"] = None
    done = harmonise_certified(extract, source_id="s", areas=area_stand())
    measure = done.tables["measure"].set_index(["area_code", "measure_id"])
    assert measure.loc[("81100", "certified_85_plus"), "status"] == "missing"
    assert measure.loc[("81100", "certified_75_84"), "value"] == 12
