"""Scenes rendered in a process of their own: every page, hidden names, and what is gone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analytics.areas import parents_of
from analytics.hidden_names import every_area
from data.generations import Store, open_generation
from ui import scene_rendering
from ui.scene_picture import scene_png
from ui.scene_rendering import render
from workshop.rendered import RenderedScene, to_dict
from workshop.scenes import PAGES, Scene

OWN = "81201"


def kinds(rendered: RenderedScene) -> set[str]:
    return {part.kind for part in rendered.parts}


def text_of(rendered: RenderedScene) -> str:
    return json.dumps(to_dict(rendered), ensure_ascii=False)


@pytest.fixture(scope="module")
def store_of_demo(demo_store: Path) -> Path:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("STORE", str(demo_store))
        yield demo_store


@pytest.fixture(scope="module")
def of_pages(store_of_demo: Path) -> dict[str, RenderedScene]:
    """One scene of each page, those of the end of the list that cannot be shown."""
    scenes = [Scene(page, title, page, (("area", OWN),)) for page, title in PAGES.items()]
    scenes += [
        Scene("map", "地図", "population", (("area", "81"), ("view", "map"))),
        Scene("no_area", "ない", "population", (("area", "99999"),)),
        Scene("no_indicator", "ない", "compare", (("indicator", "gone"),)),
    ]
    hidden = (("area", OWN), ("hide", "1"))
    scenes += [Scene(f"hidden_{page}", "題", page, hidden) for page in PAGES]
    heard: list[int] = []
    made = render(scenes, on_done=heard.append)
    assert heard == list(range(1, len(scenes) + 1))
    assert [each.scene_id for each in made] == [each.scene_id for each in scenes]
    return {each.scene_id: each for each in made}


@pytest.mark.parametrize("page", sorted(PAGES.keys() - {"profile", "library", "sources"}))
def test_a_page_gives_its_figure_sentence_and_source(
    of_pages: dict[str, RenderedScene], page: str
) -> None:
    made = of_pages[page]
    assert not made.problem
    assert {"figure", "sentence", "source"} <= kinds(made)
    assert made.place == "楓招岬市"


@pytest.mark.parametrize("page", ["profile", "library", "sources"])
def test_pages_without_a_figure_give_their_tables(
    of_pages: dict[str, RenderedScene], page: str
) -> None:
    assert not of_pages[page].problem
    assert "table" in kinds(of_pages[page])


def test_figures_bring_their_values_and_the_address_of_their_polygons(
    of_pages: dict[str, RenderedScene],
) -> None:
    (spec,) = [part.spec for part in of_pages["map"].parts if part.kind == "figure"]
    assert f"/geo/{of_pages['map'].generation}/municipality/81.json" in json.dumps(spec)


def test_cells_are_printed_as_on_the_page(of_pages: dict[str, RenderedScene]) -> None:
    tables = [part.rows for part in of_pages["overview"].parts if part.kind == "table"]
    assert tables[0][0][0] == "施設・事業所"
    assert all(len(row) == len(rows[0]) for rows in tables for row in rows)
    assert not any(
        cell in ("nan", "None", "<NA>") for rows in tables for row in rows for cell in row
    )


def test_an_area_that_is_gone_is_told_and_the_others_stay(
    of_pages: dict[str, RenderedScene],
) -> None:
    assert "99999" in of_pages["no_area"].problem
    assert "gone" in of_pages["no_indicator"].problem
    assert of_pages["no_area"].parts == of_pages["no_indicator"].parts == ()
    assert not of_pages["hidden_compare"].problem


@pytest.mark.parametrize("page", sorted(PAGES))
def test_hidden_names_are_nowhere_in_what_is_sent(
    of_pages: dict[str, RenderedScene], store_of_demo: Path, page: str
) -> None:
    with open_generation(Store(store_of_demo).current()) as con:
        areas = every_area(con)
        around = "".join(parents_of(con, area_code=OWN)["area_name"])
    names = set(areas.loc[areas["prefecture_code"] == "81", "name"])
    others = {name for name in names if name not in f"楓招岬市見北県{around}"}
    assert len(others) > 20
    sent = text_of(of_pages[f"hidden_{page}"])
    assert [name for name in others if name in sent] == []
    if page == "compare":
        assert "楓招岬市" in sent
        assert any(name in text_of(of_pages["compare"]) for name in others)


def test_what_was_rendered_is_not_rendered_again(
    of_pages: dict[str, RenderedScene], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scene_rendering.subprocess, "Popen", None)
    heard: list[int] = []
    (again,) = render([Scene("x", "別の題", "overview", (("area", OWN),))], on_done=heard.append)
    assert (again.scene_id, again.title) == ("x", "別の題")
    assert again.parts == of_pages["overview"].parts
    assert heard == [1]


def test_a_process_that_dies_leaves_a_problem(
    store_of_demo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(scene_rendering, "ROOT", tmp_path)
    made = render([Scene("x", "題", "overview", (("area", "89"),))])
    assert "止まりました" in made[0].problem


def test_every_scene_has_a_png(store_of_demo: Path, of_pages: dict[str, RenderedScene]) -> None:
    for page in ("population", "resources", "profile"):
        png = scene_png(Scene(page, PAGES[page], page, (("area", OWN),)))
        assert png.startswith(b"\x89PNG")
        assert len(png) > 20_000
