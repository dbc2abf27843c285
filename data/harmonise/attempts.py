"""Each file harmonised, or refused by name so that the build goes on without it."""

from __future__ import annotations

import pandas as pd

from data.extract import (
    Extract,
    ipss_age_csv,
    ipss_prefecture_book,
    ipss_summary,
    ipss_total_csv,
    ipss_workbook,
    mieruka_export,
    regional_data,
)
from data.harmonise import Harmonised
from data.harmonise.area_index import AreaIndex
from data.harmonise.dispatch import HARMONISERS
from data.harmonise.insurer_names import UNION_LAYOUTS, insurers_by_name
from data.harmonise.refusal import REFUSED, refuse
from data.report import FileReport
from data.validate import validate_values
from data.vintages import decide_again

AREA_LAYOUTS = frozenset(
    layout.NAME
    for layout in (
        ipss_age_csv,
        ipss_prefecture_book,
        ipss_summary,
        ipss_total_csv,
        ipss_workbook,
        regional_data,
    )
)
SERVES_AREAS = "地域の名前と区域の一覧だけは、このファイルからも取りました。"


def harmonise_each(
    found: list[tuple[FileReport, Extract]], *, area: pd.DataFrame, index: AreaIndex
) -> dict[str, Harmonised]:
    """Return what each file gives by its name; one that fails is refused in its report.

    A list whose newer vintage is refused counts as if that one had not been in the folder. Files
    that print insurers by name wait for those that have their codes.
    """
    exports = [pair for pair in found if pair[1].layout == mieruka_export.NAME]
    others = [pair for pair in found if pair[1].layout != mieruka_export.NAME]
    done = _attempts(others, index)
    if exports:
        unions = [
            done[entry.file_name].tables["area"]
            for entry, extract in others
            if extract.layout in UNION_LAYOUTS and entry.file_name in done
        ]
        index.insurers = insurers_by_name(unions, area=area)
        done |= _attempts(exports, index)
    if any(entry.outcome in REFUSED for entry, _ in found):
        decide_again(found)
    return done


def _attempts(found: list[tuple[FileReport, Extract]], index: AreaIndex) -> dict[str, Harmonised]:
    results = {
        entry.file_name: _attempt(entry, extract, index)
        for entry, extract in found
        if extract.layout in HARMONISERS and entry.outcome in ("loaded", "older")
    }
    return {name: result for name, result in results.items() if result is not None}


def _attempt(entry: FileReport, extract: Extract, index: AreaIndex) -> Harmonised | None:
    try:
        done = HARMONISERS[extract.layout](extract, source_id=entry.source_id or "", areas=index)
        for table, frame in done.tables.items():
            validate_values(table, frame)
    except MemoryError:  # says nothing of the file
        raise
    except Exception as error:
        beside = SERVES_AREAS if extract.layout in AREA_LAYOUTS else ""
        refuse(entry, error, event="harmonise_failed", beside=beside)
        return None
    return done
