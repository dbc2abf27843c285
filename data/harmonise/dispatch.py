"""Which function harmonises which layout; areas are made by harmonise.areas before."""

from __future__ import annotations

from typing import Protocol

from data.extract import (
    Extract,
    common_table,
    discharge_workbook,
    facility_standards,
    homevisit_demand,
    incentive_grant,
    ipss_age_csv,
    ipss_prefecture_book,
    ipss_summary,
    ipss_total_csv,
    ipss_workbook,
    kaigo_services,
    ltc_certified,
    ltc_insured,
    medical_net,
    mieruka_export,
    regional_data,
    survey_workbook,
)
from data.harmonise import Harmonised
from data.harmonise.areas import AreaIndex
from data.harmonise.common_table import harmonise_common
from data.harmonise.demand import harmonise_demand
from data.harmonise.discharge import harmonise_discharge
from data.harmonise.facilities import (
    harmonise_institutions,
    harmonise_notifications,
    harmonise_offices,
)
from data.harmonise.incentive_grant import harmonise_incentives
from data.harmonise.insurance import harmonise_certified, harmonise_insured
from data.harmonise.mieruka_export import harmonise_mieruka
from data.harmonise.population import harmonise_population
from data.harmonise.regional_data import harmonise_regional
from data.harmonise.survey import harmonise_survey


class Harmoniser(Protocol):
    """Turns an extract into rows of schema.sql."""

    def __call__(self, extract: Extract, *, source_id: str, areas: AreaIndex) -> Harmonised:
        """Return tables, coverage and issues."""
        ...


HARMONISERS: dict[str, Harmoniser] = {
    common_table.NAME: harmonise_common,
    ipss_age_csv.NAME: harmonise_population,
    ipss_total_csv.NAME: harmonise_population,
    ipss_workbook.NAME: harmonise_population,
    ipss_prefecture_book.NAME: harmonise_population,
    ipss_summary.NAME: harmonise_population,
    kaigo_services.NAME: harmonise_offices,
    medical_net.NAME: harmonise_institutions,
    facility_standards.NAME: harmonise_notifications,
    ltc_insured.NAME: harmonise_insured,
    ltc_certified.NAME: harmonise_certified,
    homevisit_demand.NAME: harmonise_demand,
    incentive_grant.NAME: harmonise_incentives,
    mieruka_export.NAME: harmonise_mieruka,
    regional_data.NAME: harmonise_regional,
    survey_workbook.NAME: harmonise_survey,
    discharge_workbook.NAME: harmonise_discharge,
}
