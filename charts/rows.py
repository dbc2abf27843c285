"""The rows of a figure, kept beside the frame in which the screen asks for them on every rerun."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd


class Rows(list[dict[str, Any]]):
    """The rows of a figure that is made once and drawn often; they are not changed afterwards."""

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a frame; Streamlit asks for it before it reads a list row by row."""
        return self._frame

    @cached_property
    def _frame(self) -> pd.DataFrame:
        return pd.DataFrame(list(self))

    def __reduce__(self) -> tuple[type[list[Any]], tuple[list[dict[str, Any]]]]:
        """Become a plain list in a copy, which may be changed."""
        return list, (list(self),)
