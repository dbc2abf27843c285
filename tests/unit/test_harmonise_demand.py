from __future__ import annotations

import pandas as pd

from data.extract import Extract
from data.harmonise.demand import harmonise_demand
from tests.unit.area_stand import area_stand


def test_claims_are_measures_of_planning_areas_in_fiscal_years() -> None:
    columns = ["都道府県", "構想区域コード", "構想区域名", "年度", "レセプト件数/月", "source_ref"]
    rows = [
        ["東見本県", "8101", "東部", 2024, 64.5, "推計!F6"],
        ["東見本県", "8101", "東部", 2030, "-", "推計!G6"],
        ["北海道", "0101", "南渡島", 2024, 4382.75, "推計!F7"],
    ]
    extract = Extract("x", "x", "", {"demand": pd.DataFrame(rows, columns=columns)}, 2)
    done = harmonise_demand(extract, source_id="s", areas=area_stand())
    measure = done.tables["measure"]
    columns = ["area_code", "measure_id", "period", "status", "source_ref"]
    assert measure[columns].to_numpy().tolist() == [
        ["kk-8101", "homevisit_claims_month", "FY2024", "observed", "推計!F6"],
        ["kk-8101", "homevisit_claims_month", "FY2030", "missing", "推計!G6"],
    ]
    assert measure.loc[0, "value"] == 64.5
    assert [issue.found for issue in done.issues] == ["-"]
    assert done.tables["area"].to_numpy().tolist() == [["kk-8101", "planning_area", "東部"]]
    assert done.coverage == [("homevisit_claims_month", "kk-8101")]
