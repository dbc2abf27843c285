"""The areas of a build: codes, names, memberships, changes and boundaries, made to agree."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from data.errors import BuildError
from data.extract import (
    Extract,
    RowIssue,
    area_membership,
    ipss_prefecture_book,
    ipss_summary,
    ipss_workbook,
    medical_areas,
    planning_area_book,
    planning_area_pairs,
    regional_data,
)
from data.harmonise import memberships
from data.harmonise.area_index import AreaIndex
from data.harmonise.boundary_choice import choose_boundaries, lightened, with_cities
from data.harmonise.membership_vintages import from_vintages, settle, unplaced, with_days
from data.harmonise.own_memberships import from_own_tables, left_out_of_own
from data.harmonise.places import cities_of, gather_places
from data.harmonise.planning_areas import planning_areas
from data.harmonise.roster import (
    AREA_COLUMNS,
    build_roster,
    ended_codes,
    gather_changes,
    gather_kana,
    larger_areas,
    left_out_prefectures,
)
from data.vintages import sortable
from geo.boundaries import dissolve
from geo.points import inside_points

__all__ = ["AreaIndex", "AreaTables", "harmonise_areas"]

_NO_PLACES = "指定した都道府県の市区町村が資料にありません。"
_MEND = "都道府県コード（2桁）と、境界のファイルを確かめてください。"
_BY_YEAR = (medical_areas.NAME, regional_data.NAME)  # the one that has names comes first
_PAIRED = (planning_area_pairs.NAME, planning_area_book.NAME)
_WITH_REGIONS = (ipss_workbook.NAME, ipss_prefecture_book.NAME, ipss_summary.NAME)
_NO_MEMBERS = pd.DataFrame(columns=memberships.MEMBERSHIP_COLUMNS)
CHANGE_COLUMNS = ["old_code", "new_code", "changed_on", "reason"]


@dataclass
class AreaTables:
    """Area tables as schema.sql has them, the newest boundaries, and the files left unused."""

    area: pd.DataFrame
    area_membership: pd.DataFrame
    area_change: pd.DataFrame
    boundaries: gpd.GeoDataFrame
    superseded: list[tuple[Extract, str]] = field(default_factory=list)
    issues: list[tuple[Extract, RowIssue]] = field(default_factory=list)
    places: pd.DataFrame = field(default_factory=pd.DataFrame)
    left_out: dict[str, str] = field(default_factory=dict)

    def index(self) -> AreaIndex:
        """Return the look-ups over these areas."""
        zones = frozenset(self.area_membership["parent_area_code"].astype("str"))
        names = dict(zip(self.area["area_code"], self.area["name"], strict=True))
        return AreaIndex(
            places=self.places,
            changes=self.area_change,
            zones=zones,
            names=names,
            left_out=self.left_out,
        )


def _silent(text: str) -> None:
    """Tell nobody."""


def harmonise_areas(
    extracts: list[Extract],
    *,
    prefectures: set[str] | None,
    progress: Callable[[str], None] = _silent,
) -> AreaTables:
    """Return the areas of the given prefectures, or of all that occur."""
    changes, kana = gather_changes(extracts), gather_kana(extracts)
    places = gather_places(extracts)
    if places.empty:
        raise BuildError(_NO_PLACES, _MEND)
    cities = cities_of(places)
    roster = build_roster(places, changes, kana)
    elsewhere: dict[str, str] = {}
    if prefectures is not None:
        elsewhere = left_out_prefectures(roster, prefectures)
        roster = roster[roster["area_code"].str[:2].isin(list(prefectures))]
    if roster.empty:
        raise BuildError(_NO_PLACES, _MEND)
    issues: list[tuple[Extract, RowIssue]] = []
    regions, members = _regions(extracts, roster, issues, elsewhere)
    progress("境界を市区町村ごとにまとめています")
    polygons, superseded = choose_boundaries(
        extracts,
        ended=set(ended_codes(changes)),
        cities=cities,
        prefectures=set(roster["area_code"].str[:2]),
    )
    progress("境界をそろえています")
    polygons = with_cities(lightened(polygons, extracts), cities=cities)
    polygons = polygons[polygons["area_code"].isin(roster["area_code"])].reset_index(drop=True)
    area = pd.concat(
        [larger_areas(roster, kana), roster[AREA_COLUMNS], regions.reindex(columns=AREA_COLUMNS)],
        ignore_index=True,
    )
    return AreaTables(
        area=_with_points(area, polygons, members),
        area_membership=members.drop_duplicates(ignore_index=True),
        area_change=_change_table(changes, prefectures),
        boundaries=polygons,
        superseded=superseded,
        issues=issues,
        places=roster,
        left_out=elsewhere,
    )


def _regions(
    extracts: list[Extract],
    roster: pd.DataFrame,
    issues: list[tuple[Extract, RowIssue]],
    left_out: Collection[str],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the areas that are no municipality, and all memberships."""
    known = set(roster["area_code"])
    prefectures = _prefectures(known)
    tables = [extract for extract in extracts if extract.layout == area_membership.NAME]
    pieces = from_own_tables(tables, roster=roster, issues=issues, left_out=left_out)
    pieces += [_projection_regions(one) for one in extracts if one.layout in _WITH_REGIONS]
    own = pd.concat([_NO_MEMBERS, *(members for _, members in pieces)])
    issues += left_out_of_own(tables, own, roster=roster)
    pieces += _yearly(extracts, own, roster, issues)
    paired = [extract for extract in extracts if extract.layout in _PAIRED]
    pieces.append(planning_areas(paired, own=own, roster=roster, issues=issues))
    members = [members for _, members in pieces if len(members)]
    regions = [areas for areas, _ in pieces if len(areas)]
    base = memberships.hierarchy(roster)
    if not regions:
        return pd.DataFrame(columns=AREA_COLUMNS), base
    joined = pd.concat(regions, ignore_index=True).drop_duplicates("area_code")
    inside = pd.concat([_NO_MEMBERS, *members])
    joined = with_days(joined, inside)
    above = memberships.region_prefectures(joined, inside)
    days = joined.set_index("area_code")
    for column in ("valid_from", "valid_to"):
        above[column] = above["area_code"].map(days[column])
    above = above[above["parent_area_code"].isin(list(prefectures))]
    joined = joined[joined["area_code"].isin(above["area_code"])]
    return joined, pd.concat([base, *members, above], ignore_index=True)


def _yearly(
    extracts: list[Extract],
    own: pd.DataFrame,
    roster: pd.DataFrame,
    issues: list[tuple[Extract, RowIssue]],
) -> list[tuple[pd.DataFrame, pd.DataFrame]]:
    """Return the areas that files print year by year, with one dated set of memberships."""
    known = set(roster["area_code"])
    regions, members = [], []
    newest_last = sorted(extracts, key=lambda extract: sortable(extract.vintage))
    files = [e for layout in _BY_YEAR for e in newest_last if e.layout == layout]
    for number, extract in enumerate(files):
        found: list[RowIssue] = []
        region, member = from_vintages(extract, known=known, issues=found)
        regions.append(region)
        members.append(member.assign(table=number))
        issues += [(extract, issue) for issue in found if issue.found[:2] in _prefectures(known)]
    if not regions:
        return []
    told = pd.concat(members, ignore_index=True)
    settled = settle(told, own=own, roster=roster)
    issues += [(files[n], issue) for n, issue in unplaced(told, own=own, roster=roster)]
    named = pd.concat(regions, ignore_index=True).drop_duplicates("area_code")
    return [(named[named["area_code"].isin(settled["parent_area_code"])], settled)]


def _prefectures(codes: set[str]) -> set[str]:
    return {code[:2] for code in codes}


def _projection_regions(extract: Extract) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return regions that are projected as one though they are several municipalities."""
    frame = extract.frames["population"]
    kinds = frame["市などの別"].astype("str").str.normalize("NFKC").str.strip()
    rows = frame[kinds.isin(["9", "9.0"])].drop_duplicates("コード")
    codes = rows["コード"].astype("str").str.normalize("NFKC").str.strip()
    codes = codes.str.removesuffix(".0").str.zfill(5)
    areas = pd.DataFrame(
        {"area_code": "pr-" + codes, "area_type": "projection_region", "name": rows["市区町村"]}
    )
    return areas.reindex(columns=AREA_COLUMNS), pd.DataFrame(columns=memberships.MEMBERSHIP_COLUMNS)


def _with_points(
    area: pd.DataFrame, polygons: gpd.GeoDataFrame, members: pd.DataFrame
) -> pd.DataFrame:
    """Give each area with a boundary, or with members that have one, a point inside."""
    own = polygons["area_code"].isin(members["area_code"])
    codes = members.loc[
        members["parent_type"] != "designated_city", ["area_code", "parent_area_code"]
    ]
    parts = (
        polygons[own].merge(codes, on="area_code").rename(columns={"parent_area_code": "parent"})
    )
    shapes = [polygons]
    if len(parts):
        larger = dissolve(gpd.GeoDataFrame(parts, crs=polygons.crs), by="parent")
        shapes.append(larger.rename(columns={"parent": "area_code"}))
    drawn = gpd.GeoDataFrame(pd.concat(shapes, ignore_index=True), crs=polygons.crs)
    if drawn.empty:
        return area
    points = inside_points(drawn).set_index(drawn["area_code"])
    located = area.set_index("area_code")
    located["lon"], located["lat"] = points["lon"], points["lat"]
    return located.reset_index()[AREA_COLUMNS]


def _change_table(changes: pd.DataFrame, prefectures: set[str] | None) -> pd.DataFrame:
    rows = changes
    if prefectures is not None:
        wanted = list(prefectures)
        inside = rows["old_code"].str[:2].isin(wanted) | rows["new_code"].str[:2].isin(wanted)
        rows = rows[inside]
    table = pd.DataFrame(
        {
            "old_code": rows["old_code"],
            "new_code": rows["new_code"],
            "changed_on": [pd.Timestamp(day).date() for day in rows["date"]],
            "reason": rows["reason"],
        }
    )
    return table[CHANGE_COLUMNS].drop_duplicates(ignore_index=True)
