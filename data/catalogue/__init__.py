"""The catalogue: facts about sources, areas, facilities, indicators, the programme and surveys."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from data.catalogue.checks import check_references
from data.catalogue.contents import Catalogue
from data.catalogue.indicator import DomainEntry
from data.catalogue.loading import (
    programme_code_lists,
    read_facility_types,
    read_facts,
    read_indicators,
    read_programme,
    read_surveys,
)
from data.catalogue.reading import Entry, read_entries, read_toml
from data.catalogue.records import (
    AreaTypeEntry,
    DenominatorEntry,
    DocumentEntry,
    EditionEntry,
    MeasureEntry,
    SourceEntry,
)
from data.errors import CatalogueError

__all__ = ["Catalogue", "CatalogueError", "load_catalogue"]

_ROOT = Path(__file__).parent


@lru_cache(maxsize=8)
def load_catalogue(root: Path = _ROOT) -> Catalogue:
    """Return the checked catalogue; CatalogueError names the file, entry and field at fault."""

    def entries(model: type[Entry], name: str) -> dict[str, Entry]:
        return read_entries(model, read_toml(root, name), file=name)

    programme = read_programme(root)
    indicators, origins = read_indicators(root)
    documents = entries(DocumentEntry, "documents.toml")
    editions = entries(EditionEntry, "editions.toml")
    catalogue = Catalogue(
        sources=entries(SourceEntry, "sources.toml"),
        area_types=entries(AreaTypeEntry, "area_types.toml"),
        facility_types=read_facility_types(root),
        denominators=list(entries(DenominatorEntry, "denominators.toml").values()),
        editions=dict(sorted(editions.items(), key=lambda item: item[1].order)),
        measures=entries(MeasureEntry, "measures.toml"),
        domains=entries(DomainEntry, "domains.toml"),
        indicators=indicators,
        programme=programme,
        surveys=read_surveys(root, shared=programme_code_lists(programme)),
        documents=documents,
        facts=read_facts(root, documents=documents),
    )
    check_references(catalogue, origins=origins)
    return catalogue
