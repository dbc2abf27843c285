"""Checks that indicators name what the catalogue has."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from data.catalogue import indicator as recipes
from data.catalogue.contents import Catalogue
from data.catalogue.indicator import IndicatorEntry
from data.catalogue.reading import fault
from data.catalogue.references import questions_by_id, require
from data.catalogue.survey import Question


def check_indicators(catalogue: Catalogue, *, origins: Mapping[str, str]) -> None:
    """Raise CatalogueError for the first indicator that names something unknown."""
    for key, entry in catalogue.indicators.items():
        file = origins[key]
        require(
            [entry.domain], catalogue.domains, what="分野", file=file, entry=key, field="domain"
        )
        require(
            [entry.smallest_level],
            catalogue.area_types,
            what="地域の種類",
            file=file,
            entry=key,
            field="smallest_level",
        )
        require(
            entry.shown_as, catalogue.indicators, what="指標", file=file, entry=key,
            field="shown_as",
        )  # fmt: skip
        if entry.recipe is None and not entry.waiting_for:
            raise fault(
                "計算方法も、待っているデータも書かれていません。",
                action="recipe か waiting_for を書いてください。",
                file=file,
                entry=key,
            )
        _check_recipe(catalogue, entry, file=file)


def _check_recipe(catalogue: Catalogue, entry: IndicatorEntry, *, file: str) -> None:
    if entry.recipe is None:
        return
    named = partial(require, file=file, entry=entry.key)
    for field, allowed, what in _vocabularies(catalogue, entry.recipe):
        named(_names(entry.recipe, field), allowed, what=what, field=f"recipe.{field}")
    _check_signs(catalogue, entry, file=file)
    _check_answers(catalogue, entry, file=file)
    _check_attribute(catalogue, entry, file=file)


def _vocabularies(
    catalogue: Catalogue, recipe: recipes.Recipe
) -> list[tuple[str, Collection[str], str]]:
    questions = questions_by_id(catalogue)
    if isinstance(recipe, recipes.MeasureProjected):
        return [("bands", catalogue.measures, "量")]
    vocabularies: list[tuple[str, Collection[str], str]] = [
        ("facility_types", catalogue.facility_types, "施設の種類"),
        ("measure", catalogue.measures, "量"),
        ("question", questions, "設問"),
        ("items", questions, "設問"),
        ("companions", questions, "設問"),
    ]
    if isinstance(recipe, recipes.MeasureRatio | recipes.MeasurePer75Plus):
        vocabularies += [(part, catalogue.measures, "量") for part in ("numerator", "denominator")]
    return vocabularies


def _check_signs(catalogue: Catalogue, entry: IndicatorEntry, *, file: str) -> None:
    """No part of a whole, and nothing that is divided by, is negative."""
    recipe = entry.recipe
    is_share = isinstance(recipe, recipes.MeasureRatio) and recipe.is_share
    parts = _names(recipe, "denominator") + (_names(recipe, "numerator") if is_share else [])
    for name in parts:
        if name in catalogue.measures and catalogue.measures[name].may_be_negative:
            raise fault(
                f"「{name}」は負のこともある量なので、割合の部分や、割るほうの量にはできません。",
                action="部分と全体でない比は、recipe に is_share = false と書いてください。",
                file=file,
                entry=entry.key,
                field="recipe",
            )


def _check_answers(catalogue: Catalogue, entry: IndicatorEntry, *, file: str) -> None:
    recipe = entry.recipe
    questions = questions_by_id(catalogue)
    if isinstance(recipe, recipes.SurveyItemsShare):
        _check_pairs(recipe, questions, file=file, entry=entry.key)
        return
    if not isinstance(recipe, recipes.SurveyShare | recipes.SurveyItems):
        return
    named = partial(require, what="回答", file=file, entry=entry.key, field="recipe.values")
    for name in [*_names(recipe, "question"), *_names(recipe, "items")]:
        named(recipe.values, questions[name].allowed)


def _check_pairs(
    recipe: recipes.SurveyItemsShare, questions: Mapping[str, Question], *, file: str, entry: str
) -> None:
    """Every item has its companion, and both know the answers that are named."""
    if len(recipe.items) != len(recipe.companions):
        raise fault(
            "items と companions の数がちがいます。",
            action="項目ごとに、対になる設問を同じ順に書いてください。",
            file=file,
            entry=entry,
            field="recipe.companions",
        )
    named = partial(require, what="回答", file=file, entry=entry)
    for names, values, field in (
        (recipe.items, recipe.among, "among"),
        (recipe.companions, recipe.values, "values"),
    ):
        for name in names:
            named(values, questions[name].allowed, field=f"recipe.{field}")


def _check_attribute(catalogue: Catalogue, entry: IndicatorEntry, *, file: str) -> None:
    recipe = entry.recipe
    if not isinstance(recipe, recipes.FacilityRate) or recipe.attribute is None:
        return
    named = partial(require, what="属性", file=file, entry=entry.key, field="recipe.attribute")
    for facility_type in recipe.facility_types:
        named([recipe.attribute.key], catalogue.facility_types[facility_type].attributes)


def _names(recipe: object, field: str) -> list[str]:
    if isinstance(recipe, recipes.MeasureProjected):
        return [name for band in recipe.bands for name in (band.numerator, band.denominator)]
    value = getattr(recipe, field, [])
    return [value] if isinstance(value, str) else list(value)
