"""The areas of all files, without those files at which making them fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from data.errors import BuildError
from data.extract import boundaries
from data.harmonise.areas import AreaTables, harmonise_areas
from data.harmonise.boundary_choice import LET_GO
from data.harmonise.refusal import REFUSED, Pair, without_failing
from data.report import FileReport
from data.validate import validate_memberships, validate_references, validate_table
from data.vintages import decide_again

_NEEDED = "国土数値情報「行政区域データ」をダウンロードして、フォルダーに入れてください。"
_TOO_HEAVY = (
    "全国の原寸の境界（国土数値情報 N03）を軽くするか、地域に置く途中で失敗しました。"
    "公開中のデータはそのままです。"
)
_MEND_HEAVY = "都道府県ごとの N03 に置き換えるか、公表元から取り直してください。"
_SHOWN = 3


def areas_of_files(
    found: list[Pair],
    *,
    files: Sequence[FileReport],
    prefectures: set[str] | None,
    progress: Callable[[str], None],
) -> AreaTables:
    """Return the areas; a file that no areas can be made of is refused in its report.

    BuildError when no boundaries of municipalities are left; `files` are all of the folder.
    """

    def step(pairs: list[Pair]) -> AreaTables:
        extracts = [extract for _, extract in pairs]
        if any(LET_GO in extract.frames for extract in extracts):
            raise BuildError(_TOO_HEAVY, _MEND_HEAVY)
        tables = harmonise_areas(extracts, prefectures=prefectures, progress=progress)
        validate_table("area", tables.area)
        validate_table("area_membership", tables.area_membership)
        validate_references({"area": tables.area, "area_membership": tables.area_membership})
        validate_memberships(tables.area_membership)
        return tables

    def again() -> None:
        require_boundaries(found, files=files)
        decide_again(found, is_before_areas=True)

    # what all else stands on comes first: a file that contradicts it is to blame
    ordered = sorted(found, key=lambda pair: pair[1].layout != boundaries.NAME)
    return without_failing(step, ordered, event="areas_failed", again=again)


def require_boundaries(found: list[Pair], *, files: Sequence[FileReport]) -> None:
    """Raise BuildError where no municipal boundary can be used, with what became of those read."""
    if any(
        extract.layout == boundaries.NAME and extract.frames and entry.outcome not in REFUSED
        for entry, extract in found
    ):
        return
    lost = [f for f in files if f.layout == boundaries.NAME and f.outcome in REFUSED]
    told = "".join(f"{file.file_name}：{file.reason}" for file in lost[:_SHOWN])
    raise BuildError(
        "使える資料がありません。市区町村の境界（国土数値情報 N03 の GeoJSON）が必要です。" + told,
        _NEEDED,
    )
