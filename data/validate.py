"""One rule per field: what a harmonised frame must satisfy before it enters a generation."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from data.errors import BuildError
from data.harmonise.codes import AREA_CODE
from data.verification import STATUSES

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


def validate_table(table: str, frame: pd.DataFrame) -> None:
    """Raise BuildError with the rules that rows of the frame break, and the first of those rows."""
    schema = SCHEMAS.get(table)
    if schema is None or frame.empty:
        return
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.head(5)
        told = [f"・{row.column}：{row.check}（{row.failure_case}）" for row in cases.itertuples()]
        raise BuildError(
            f"{table} の検証に失敗しました（{len(error.failure_cases)}件）。\n" + "\n".join(told)
        ) from error
