"""One rule per field: what a harmonised frame must satisfy before it enters a generation."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import duckdb
import pandas as pd
import pandera.pandas as pa

from data.errors import InvalidRows
from data.harmonise.codes import AREA_CODE
from data.harmonise.memberships import MEMBERSHIP_COLUMNS
from data.verification import STATUSES, places_twice

AREA_TYPES = (
    "nation",
    "prefecture",
    "municipality",
    "designated_city",
    "ward",
    "secondary_medical_area",
    "planning_area",
    "elderly_welfare_area",
    "health_center_area",
    "home_medical_area",
    "insurer",
    "projection_region",
)
QUALITIES = ("exact", "out_of_range", "missing", "area_only")


def _area_code(*, nullable: bool = False) -> pa.Column:
    return pa.Column(checks=pa.Check.str_matches(f"^{AREA_CODE}$"), nullable=nullable)


def _one_of(*values: str) -> pa.Column:
    return pa.Column(checks=pa.Check.isin(values))


def _between(low: float, high: float, *, nullable: bool = False) -> pa.Column:
    return pa.Column(checks=pa.Check.in_range(low, high), nullable=nullable)


_TEXT = pa.Column(checks=pa.Check.str_length(min_value=1))

SCHEMAS = {
    "area": pa.DataFrameSchema(
        {"area_code": _area_code(), "area_type": _one_of(*AREA_TYPES), "name": _TEXT},
        unique=["area_code"],
    ),
    "area_membership": pa.DataFrameSchema(
        {
            "area_code": _area_code(),
            "parent_area_code": _area_code(),
            "parent_type": _one_of(*AREA_TYPES),
        },
        unique=["area_code", "parent_area_code", "valid_from"],
    ),
    "population": pa.DataFrameSchema(
        {
            "area_code": _area_code(),
            "year": _between(1900, 2200),
            "sex": _one_of("total", "male", "female"),
            "age_from": _between(0, 120),
            "age_to": _between(0, 120, nullable=True),
            "persons": pa.Column(checks=pa.Check.ge(0)),
        },
        unique=["area_code", "edition", "year", "sex", "age_from", "age_to"],
    ),
    "facility": pa.DataFrameSchema(
        {
            "facility_id": _TEXT,
            "area_code": _area_code(nullable=True),
            "location_quality": _one_of(*QUALITIES),
            "lon": _between(122, 154, nullable=True),
            "lat": _between(20, 46, nullable=True),
            "capacity": pa.Column(checks=pa.Check.gt(0), nullable=True, required=False),
        },
        unique=["facility_id", "facility_type"],
    ),
    "measure": pa.DataFrameSchema(
        {"area_code": _area_code(), "period": _TEXT, "status": _one_of(*STATUSES)},
        unique=["area_code", "measure_id", "period"],
    ),
    "survey_answer": pa.DataFrameSchema(
        {
            "area_code": _area_code(),
            "framework": _one_of("h27r2", "r3"),
            "fiscal_year": _between(2000, 2100),
            "status": _one_of(*STATUSES),
        },
        unique=["survey_id", "fiscal_year", "area_code", "question_id"],
    ),
}

# each row by itself; area and area_membership get their days later
_VALUES = {table: pa.DataFrameSchema(schema.columns) for table, schema in SCHEMAS.items()}
_REFERENCES = {
    "area_membership": ("area_code", "parent_area_code"),
    "population": ("area_code",),
    "facility": ("area_code",),
    "survey_answer": ("area_code",),
}
_SHOWN = 3
MEND = "公表元から取り直すか、ファイルの中身を確かめてください。"


def validate_table(table: str, frame: pd.DataFrame) -> None:
    """Raise InvalidRows with the first of the rows of a frame that break a rule."""
    schema = SCHEMAS.get(table)
    if schema is not None and not frame.empty:
        _validate(table, schema, frame)


def validate_values(table: str, frame: pd.DataFrame) -> None:
    """Validate every row by itself; keys may stand twice, since later steps keep one of each."""
    schema = _VALUES.get(table)
    if schema is not None and not frame.empty:
        _validate(table, schema, frame)


def validate_references(tables: Mapping[str, pd.DataFrame]) -> None:
    """Raise InvalidRows where a row stands for an area that is in no list of areas."""
    known = set(tables["area"]["area_code"])
    for table, columns in _REFERENCES.items():
        for column in columns if table in tables else ():
            codes = tables[table][column].dropna()
            strange = sorted(set(codes.astype("str")) - known)
            if strange:
                told = f"{len(strange)}地域。例：{'、'.join(strange[:_SHOWN])}"
                raise InvalidRows(
                    f"{table} に、地域の一覧にない地域の行があります（{told}）。", MEND
                )


def validate_memberships(members: pd.DataFrame) -> None:
    """Raise InvalidRows where a municipality lies in two areas of a kind on one day."""
    with duckdb.connect() as con:
        con.register("area_membership", members[MEMBERSHIP_COLUMNS])
        twice = places_twice(con)
    if twice:
        raise InvalidRows(
            f"同じ日に、同じ種類の圏域に二度入る市区町村があります（{twice}件）。", MEND
        )


def _validate(table: str, schema: pa.DataFrameSchema, frame: pd.DataFrame) -> None:
    blank = [
        name
        for name, column in schema.columns.items()
        if column.nullable and name in frame.columns and frame[name].isna().all()
    ]
    try:
        schema.remove_columns(blank).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases
        told = "、".join(dict.fromkeys(_told(case, frame) for case in _records(cases)))
        raise InvalidRows(
            f"{table} に、ありえない値の行があります（{len(cases)}件。例：{told}）。", MEND
        ) from error


def _records(cases: pd.DataFrame) -> list[dict[Hashable, object]]:
    return cases.head(_SHOWN).to_dict("records")


def _told(case: Mapping[Hashable, object], frame: pd.DataFrame) -> str:
    """Return where a case stands in its file, the column, and what was found."""
    column, found = str(case["column"]), str(case["failure_case"])[:40]
    refs = frame.get("source_ref", pd.Series(dtype="str"))
    place = next(iter(refs[refs.index == case["index"]]), "")
    told = f"{column}「{found}」" if column in frame.columns else found
    return f"{place} {told}".strip()
