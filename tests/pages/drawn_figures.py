"""Reading of the figures of a page in tests, with the rows that Streamlit sends apart as Arrow."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
from streamlit.testing.v1 import AppTest


def drawn_figures(app: AppTest) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Return specification and rows of every Vega-Lite figure, in the order of the page."""
    return [
        (json.loads(item.proto.spec), _rows(item.proto.data.data))
        for item in app.get("vega_lite_chart")
    ]


def _rows(arrow: bytes) -> list[dict[str, Any]]:
    return pa.ipc.open_stream(arrow).read_all().to_pylist() if arrow else []
