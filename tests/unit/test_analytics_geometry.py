"""The box that a map shows, on the tiny region with its far island 82204."""

from __future__ import annotations

import duckdb
import pytest

from analytics.geometry import map_frame


def test_far_areas_are_named_and_left_out(tiny_con: duckdb.DuckDBPyConnection) -> None:
    frame = map_frame(tiny_con, level="municipality", parent="82")
    assert frame is not None
    assert frame.outside == ("島村",)
    assert frame.extent == pytest.approx((135.6, 30.0, 136.0, 30.4))


def test_the_own_area_is_never_outside(tiny_con: duckdb.DuckDBPyConnection) -> None:
    frame = map_frame(tiny_con, level="municipality", parent="82", own_code="82204")
    assert frame is not None
    assert frame.outside == ()
    west, south, east, north = frame.extent
    assert west <= 135.6
    assert east > 137.1
    assert south < 30.0
    assert north >= 30.4


def test_nothing_is_left_out_where_all_is_near(tiny_con: duckdb.DuckDBPyConnection) -> None:
    frame = map_frame(tiny_con, level="municipality", parent="81")
    assert frame is not None
    assert frame.outside == ()


def test_no_polygons_no_frame(tiny_con: duckdb.DuckDBPyConnection) -> None:
    assert map_frame(tiny_con, level="municipality", parent="99") is None
