"""Letters in the place of names in the views of the programme items."""

from __future__ import annotations

import pandas as pd

from ui.activity_choice import Chosen
from ui.hidden import veiled_frame


def named(frame: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    """Return the rows as they may be shown: without the names where these are hidden.

    What is printed by `ui.blocks` is covered there too; this is for words made from a frame.
    """
    return veiled_frame(frame) if chosen.hide else frame
