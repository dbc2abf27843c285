"""Every file harmonised, and what several of them give kept once."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from data.extract import Extract, RowIssue, mieruka_export, regional_data
from data.harmonise import Harmonised
from data.harmonise.areas import AreaTables
from data.harmonise.attempts import harmonise_each
from data.harmonise.editions import keep_richest
from data.harmonise.facility_vintages import Listed, facility_vintages
from data.harmonise.locations import without_far_points
from data.harmonise.measures_once import one_value_each
from data.harmonise.refusal import without_failing
from data.harmonise.scope import widen_coverage
from data.harmonise.shared_offices import one_row_each
from data.harmonise.shares import within_whole
from data.harmonise.survey_repeats import settle_workbooks
from data.harmonise.whole_tables import whole_tables
from data.report import FileReport
from data.vintages import day_of, decide_again, sortable

Found = list[tuple[FileReport, Extract]]
Tables = dict[str, list[pd.DataFrame]]
WholeTables = dict[str, pd.DataFrame]
Issues = dict[str, list[RowIssue]]
_NO_COVERAGE = pd.DataFrame(columns=["subject", "area_code", "source_id"], dtype="str")


def harmonise_files(found: Found, areas: AreaTables, *, is_part: bool = False) -> WholeTables:
    """Return the tables of schema.sql, by name; the reports of the files get the issues.

    A file at which a step fails, alone or beside others, is refused in its report; so is one with
    rows that break a rule of their table. A build of some prefectures is a part (`is_part`).
    """
    results = harmonise_each(found, area=areas.area, index=areas.index())

    def step(pairs: Found) -> tuple[WholeTables, Issues]:
        tables, issues = _combined(pairs, results, areas)
        return whole_tables(tables, areas, is_part=is_part), issues

    own = [pair for pair in _in_order(found) if pair[0].file_name in results]
    whole, issues = without_failing(
        step, own, event="tables_failed", again=lambda: decide_again(found)
    )
    for entry, _ in own:
        entry.issues.extend(issues.get(entry.file_name, []))
    return whole


def _combined(
    pairs: Found, results: dict[str, Harmonised], areas: AreaTables
) -> tuple[Tables, Issues]:
    """Return what the files give together, and the issues by file."""
    tables: Tables = {"source_coverage": [_NO_COVERAGE]}
    issues: Issues = {}
    listed: list[tuple[FileReport, Extract, pd.DataFrame]] = []
    for entry, extract in pairs:
        result = results[entry.file_name]
        issues[entry.file_name] = list(result.issues)
        if "facility" in result.tables:
            listed.append((entry, extract, result.tables["facility"]))
        if entry.outcome == "older":
            tables.setdefault("measure_vintage", []).append(_older(extract, result))
            continue
        for table, frame in result.tables.items():
            tables.setdefault(table, []).append(frame)
        coverage = pd.DataFrame(result.coverage, columns=["subject", "area_code"])
        tables["source_coverage"].append(coverage.assign(source_id=entry.source_id))
    reached = pd.concat(tables["source_coverage"], ignore_index=True)
    tables["source_coverage"] = [widen_coverage(reached, source_key="kaigo_service")]
    tables["facility_vintage"] = [_vintages(listed)]
    for told in _kept_once(tables, pairs, areas):
        for file, more in told.items():
            issues.setdefault(file, []).extend(more)
    return tables, issues


def _in_order(found: Found) -> Found:
    """Put what may be repeated before what counts.

    Collections that print some years again stand by their age, and the system's copies of reports
    before the reports themselves.
    """
    places = [at for at, (_, extract) in enumerate(found) if extract.layout == regional_data.NAME]
    ordered = sorted((found[at] for at in places), key=lambda one: sortable(one[1].vintage))
    arranged = list(found)
    for at, one in zip(places, ordered, strict=True):
        arranged[at] = one
    return sorted(arranged, key=lambda one: one[1].layout != mieruka_export.NAME)


def _older(extract: Extract, result: Harmonised) -> pd.DataFrame:
    """Return the measures of an older edition with the names that its areas had in it."""
    measures = result.tables.get("measure")
    if measures is None:
        return pd.DataFrame()
    names = result.tables["area"].set_index("area_code")["name"]
    return measures.assign(
        area_name=measures["area_code"].map(names),
        as_of=day_of(extract.vintage),
        vintage=extract.vintage,
    )


def _vintages(listed: list[tuple[FileReport, Extract, pd.DataFrame]]) -> pd.DataFrame:
    return facility_vintages(
        [
            Listed(extract.source_key, day_of(extract.vintage), extract.vintage, facilities)
            for _, extract, facilities in listed
        ]
    )


def _kept_once(tables: Tables, pairs: Found, areas: AreaTables) -> Iterator[Issues]:
    """Keep one row of what several files give, and yield the others as issues by file."""
    files = {entry.source_id or "": entry.file_name for entry, _ in pairs}
    if "population" in tables:
        tables["population"] = [keep_richest(tables["population"])]
    if any(not frame.empty for frame in tables.get("measure", [])):
        measures, repeated = one_value_each(tables["measure"])
        measures, beyond = within_whole(measures)
        tables["measure"] = [measures]
        yield from (_by_file(one, files) for one in (repeated, beyond))
    yield settle_workbooks(tables)
    if "facility" in tables:
        facilities, shared = one_row_each(tables["facility"])
        placed, far = without_far_points(facilities, areas.boundaries)
        tables["facility"] = [placed]
        yield from (_by_file(one, files) for one in (shared, far))


def _by_file(issues: Issues, files: dict[str, str]) -> Issues:
    return {files[source]: told for source, told in issues.items() if source in files}
