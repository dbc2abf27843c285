"""Figures as they are sent to the browser: their tables are packed once, not with every run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
from streamlit.dataframe_util import convert_anything_to_arrow_bytes

from charts.choropleth import fitted
from ui.kept import Kept

_figures: Kept[dict[str, Any]] = Kept(most=128)
_framed: Kept[dict[str, Any]] = Kept(most=128)


def sent_figure(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a Vega-Lite figure, which nobody may change afterwards, with its tables packed."""
    return _figures.of(spec, make=lambda: _packed(spec))


def framed_map(
    spec: dict[str, Any], *, extent: tuple[float, float, float, float] | None
) -> dict[str, Any]:
    """Return the map framed on a box in degrees, the same one for the same map and box."""
    return _framed.of(spec, by=extent, make=lambda: fitted(spec, extent=extent))


def _packed(spec: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(spec)
    data = spec.get("data")
    if isinstance(data, Mapping) and _is_table(data.get("values")):
        packed = convert_anything_to_arrow_bytes(data["values"])
        made["data"] = {**data, "values": pa.ipc.open_stream(packed).read_all()}
    if isinstance(sets := spec.get("datasets"), Mapping):
        made["datasets"] = {
            name: convert_anything_to_arrow_bytes(rows) if _is_table(rows) else rows
            for name, rows in sets.items()
        }
    return made


def _is_table(rows: Any) -> bool:  # noqa: ANN401
    """Tell records from shapes, which stay as they are."""
    return isinstance(rows, list) and bool(rows) and "geometry" not in rows[0]
