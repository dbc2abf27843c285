"""The whole catalogue as one typed record."""

from __future__ import annotations

import unicodedata

from data.catalogue.indicator import DomainEntry, IndicatorEntry
from data.catalogue.programme import Programme
from data.catalogue.records import (
    AreaTypeEntry,
    DenominatorEntry,
    DocumentEntry,
    EditionEntry,
    FacilityTypeEntry,
    MeasureEntry,
    Record,
    ReferenceFact,
    SourceEntry,
)
from data.catalogue.survey import SurveyDefinition


def fold_service_name(name: str) -> str:
    """Return a service name without differences of width and space."""
    return "".join(unicodedata.normalize("NFKC", name).split())


class Catalogue(Record):
    """Everything that is known before any figure is read."""

    sources: dict[str, SourceEntry]
    area_types: dict[str, AreaTypeEntry]
    facility_types: dict[str, FacilityTypeEntry]
    denominators: list[DenominatorEntry]
    editions: dict[str, EditionEntry]
    measures: dict[str, MeasureEntry]
    domains: dict[str, DomainEntry]
    indicators: dict[str, IndicatorEntry]
    programme: Programme
    surveys: dict[str, SurveyDefinition]
    documents: dict[str, DocumentEntry]
    facts: list[ReferenceFact]

    def fact(self, fact_id: str) -> ReferenceFact:
        """Return the published figure of that identifier, or raise KeyError."""
        for fact in self.facts:
            if fact.fact_id == fact_id:
                return fact
        raise KeyError(fact_id)

    def facility_type_of(self, service_name: str) -> str | None:
        """Return the facility type that a service name means, None when it means none."""
        folded = fold_service_name(service_name)
        for key, entry in self.facility_types.items():
            if folded in map(fold_service_name, entry.service_names):
                return key
        return None
