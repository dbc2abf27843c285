"""Each file harmonised, or refused by name so that the build goes on without it."""

from __future__ import annotations

import traceback
from pathlib import Path

import pandas as pd
import structlog

from data.errors import UserError
from data.extract import Extract, mieruka_export
from data.harmonise import Harmonised
from data.harmonise.area_index import AreaIndex
from data.harmonise.dispatch import HARMONISERS
from data.harmonise.insurer_names import UNION_LAYOUTS, insurers_by_name
from data.report import FileReport
from data.vintages import decide_again

log = structlog.get_logger()
UNFORESEEN = (
    "行は読めましたが、表に直す途中で、この製品が想定していない内容に当たりました（記録：{}）。"
    "このファイルは使わず、ほかのファイルだけで作りました。公表元から取り直し、"
    "それでも同じなら、ファイルの名前とこの記録を、この製品の保守の担当に伝えてください。"
)
_OWN = str(Path(__file__).parents[1])


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
    if any(entry.outcome in ("broken", "failed") for entry, _ in found):
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
        harmoniser = HARMONISERS[extract.layout]
        return harmoniser(extract, source_id=entry.source_id or "", areas=index)
    except UserError as error:
        entry.refuse("broken", error.in_file())
    except MemoryError:  # says nothing of the file
        raise
    except Exception as error:
        _log_bug(entry, error)
        entry.refuse("failed", UNFORESEEN.format(_place(error)))
    return None


def _log_bug(entry: FileReport, error: Exception) -> None:
    """Log the whole traceback, without the message, which may quote what the file says."""
    kind = type(error).__name__
    trail = "".join(traceback.format_tb(error.__traceback__))
    log.error("harmonise_failed", file=entry.file_name, kind=kind, exception=trail + kind)


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.startswith(_OWN)] or frames
    return f"{type(error).__name__} {own[-1].name}:{own[-1].lineno}"
