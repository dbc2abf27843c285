"""The certified persons that pages reckon are those that the build reckons from broad groups."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from analytics.demand import demand_series
from data.generations import Store


def test_pages_and_build_reckon_the_same_certified_persons(demo_store: Path) -> None:
    with duckdb.connect(str(Store(demo_store).current()), read_only=True) as con:
        built = con.execute(
            "select area_code, period::integer as year, value from observation"
            " where indicator_id = 'certified_projected' and status = 'observed'"
        ).df()
        codes = tuple(built["area_code"].unique())
        asked = demand_series(con, area_codes=codes, edition="demo", rates="own")
    assert len(codes) > 200
    both = built.merge(asked[["area_code", "year", "certified"]], on=["area_code", "year"])
    assert len(both) == len(built)
    pd.testing.assert_series_equal(both["value"], both["certified"], check_names=False)
