"""The legend of a map: beside it where there is room, below it on a narrow screen."""

from __future__ import annotations

import re
from typing import Any

from charts.theme import NO_DATA_BORDER

_IS_NARROW = "containerSize()[0] < 640"
# For config: legends of shape and colour merge only where neither names a place of its own
PLACE: dict[str, Any] = {
    "orient": {"expr": f"{_IS_NARROW} ? 'bottom' : 'right'"},
    "columns": {"expr": f"{_IS_NARROW} ? 2 : 1"},
    "titleLimit": 320,
    "layout": {"bottom": {"direction": "vertical", "anchor": "start"}},
}
_LINE = 16
_STRIPES = 8


def lines(title: str) -> list[str]:
    """Return a title in lines short enough to stand beside a map."""
    made = [""]
    for piece in re.split(r"(?=[（・])", title):
        if made[-1] and len(made[-1]) + len(piece) > _LINE:
            made.append("")
        made[-1] += piece
        while len(made[-1]) > _LINE:
            made[-1:] = [made[-1][:_LINE], made[-1][_LINE:]]
    return made


def hatch() -> dict[str, Any]:
    """Return the fill of areas without data: stripes, unlike any colour of a class."""
    stops = []
    for stripe in range(_STRIPES):
        start, middle, end = (round((stripe + at) / _STRIPES, 3) for at in (0, 0.65, 1))
        stops += [[start, "#ffffff"], [middle, "#ffffff"], [middle, NO_DATA_BORDER],
                  [end, NO_DATA_BORDER]]  # fmt: skip
    drawn = ",".join(f"{{offset:{at},color:'{colour}'}}" for at, colour in stops)
    return {"expr": f"{{gradient:'linear',x1:0,y1:0,x2:1,y2:1,stops:[{drawn}]}}"}
