"""Words of the catalogue for the codes that pages handle."""

from __future__ import annotations

from data.catalogue import load_catalogue


def area_type_label(area_type: str) -> str:
    """Return the Japanese name of a kind of area, 市区町村 for both kinds of municipality."""
    entry = load_catalogue().area_types.get(area_type)
    return entry.label if entry else area_type


def level_label(level: str) -> str:
    """Return the Japanese name of a level of comparison."""
    return area_type_label(level)


def edition_label(edition: str) -> str:
    """Return the full name of a population edition."""
    entry = load_catalogue().editions.get(edition)
    return entry.label if entry else edition


def edition_short(edition: str) -> str:
    """Return the short name of a population edition, for titles and legends."""
    entry = load_catalogue().editions.get(edition)
    return entry.short_label if entry else edition
