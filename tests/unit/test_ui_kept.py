from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest
from streamlit.dataframe_util import convert_pandas_df_to_arrow_bytes
from streamlit.testing.v1 import AppTest

from exports.columns import ColumnLabel
from ui.kept import Kept
from ui.kept_figures import framed_map, sent_figure
from ui.kept_tables import MOST_ROWS, sent_table

COLUMNS = {"name": ColumnLabel("名前"), "people": ColumnLabel("人口", "人", 0)}


def people(*numbers: int) -> pd.DataFrame:
    names = [f"{number}市" for number in numbers]
    return pd.DataFrame({"name": names, "people": numbers, "area_code": names})


def test_what_was_made_of_a_thing_is_never_given_for_its_equal() -> None:
    kept: Kept[int] = Kept(most=2)
    first, second = [1], [1]
    assert kept.of(first, make=lambda: 10) == 10
    assert kept.of(first, make=lambda: 11) == 10
    assert kept.of(second, make=lambda: 12) == 12
    assert kept.of(first, by="other", make=lambda: 13) == 13
    assert kept.of(second, make=lambda: 14) == 12
    assert kept.of(first, make=lambda: 15) == 15  # the third thing put it out


def test_a_new_frame_of_the_same_rows_or_other_columns_is_made_anew() -> None:
    frame = people(5, 7)
    sent = sent_table(frame, COLUMNS)
    assert sent_table(frame, COLUMNS) is sent
    assert sent_table(frame.copy(), COLUMNS) is not sent
    renamed = COLUMNS | {"people": ColumnLabel("住民", "人", 1)}
    assert sent_table(frame, renamed).alt == "名前、住民（人）"
    assert sent_table(frame, renamed).config["people"] != sent.config["people"]


@pytest.mark.parametrize("rows", [[0, 1], [1]])
def test_a_table_is_sent_byte_for_byte_as_streamlit_packs_it(rows: list[int]) -> None:
    frame = people(5, 7).iloc[rows]
    sent = sent_table(frame, COLUMNS).data
    assert isinstance(sent, pa.Table)
    with pa.BufferOutputStream() as stream:
        with pa.ipc.new_stream(stream, sent.schema) as writer:
            writer.write_table(sent)
        content = stream.getvalue().to_pybytes()
    assert content == convert_pandas_df_to_arrow_bytes(frame[["name", "people"]])


def test_rows_that_are_sent_as_one_comes_to_them_stay_a_frame() -> None:
    assert isinstance(sent_table(people(*range(MOST_ROWS + 1)), COLUMNS).data, pd.DataFrame)


def test_figures_keep_shapes_and_pack_tables() -> None:
    rows, shapes = [{"x": 1, "y": None}], [{"type": "Feature", "geometry": {}}]
    spec = {"data": {"values": rows}, "datasets": {"a": rows, "b": shapes}, "mark": "line"}
    sent = sent_figure(spec)
    assert sent_figure(spec) is sent
    assert sent["data"]["values"].to_pylist() == rows
    assert isinstance(sent["datasets"]["a"], bytes)
    assert sent["datasets"]["b"] is shapes
    assert spec["data"] == {"values": rows}


def test_a_packed_figure_reaches_the_browser_as_the_same_figure() -> None:
    def page() -> None:
        import streamlit as st

        from ui.kept_figures import sent_figure

        rows = [{"x": 1, "y": 2.5, "t": "あ"}, {"x": 2, "y": None, "t": "い"}]
        axes = {"x": {"field": "x"}, "y": {"field": "y"}}
        for data in ({"data": {"values": rows}}, {"data": {"name": "a"}, "datasets": {"a": rows}}):
            spec = {**data, "mark": "line", "encoding": axes}
            st.vega_lite_chart(spec)
            st.vega_lite_chart(sent_figure(spec))

    drawn = [item.proto for item in AppTest.from_function(page).run().get("vega_lite_chart")]
    assert len(drawn) == 4
    for plain, packed in (drawn[:2], drawn[2:]):
        assert packed.spec == plain.spec
        assert packed.data == plain.data
        assert list(packed.datasets) == list(plain.datasets)


def test_a_map_is_framed_once_for_each_box() -> None:
    spec = {"layer": [{"mark": {"type": "geoshape"}}]}
    framed = framed_map(spec, extent=(135.0, 34.0, 136.0, 35.0))
    assert framed_map(spec, extent=(135.0, 34.0, 136.0, 35.0)) is framed
    assert framed_map(spec, extent=(135.0, 34.0, 137.0, 35.0)) != framed
    assert framed_map(spec, extent=None) is spec
