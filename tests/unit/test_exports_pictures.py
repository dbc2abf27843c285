from __future__ import annotations

from io import BytesIO

import pandas as pd
from PIL import Image

from charts.choropleth import choropleth
from exports.pictures import standalone, to_png, to_svg
from tests.unit.test_charts_choropleth import topology


def figure() -> dict:
    values = pd.DataFrame({"area_code": ["01101", "01102"], "value": [1.0, 25.0]})
    return choropleth(topology_url="/geo/1/municipality/01.json", values=values, unit="%",
                      breaks=[10.0, 20.0, 30.0], title="割合", legend_title="割合")  # fmt: skip


def test_geometry_is_inlined_and_the_given_figure_stays_as_it_was() -> None:
    spec = figure()
    drawn = standalone(spec, title="表題", source=["出典"], geometry=lambda url: topology())
    assert drawn["data"]["values"]["type"] == "Topology"
    assert "url" in spec["data"]


def test_png_shows_polygons_and_words() -> None:
    data = to_png(figure(), title="割合の地図", source=["見本推計（2020年基準）"],
                  geometry=lambda url: topology())  # fmt: skip
    picture = Image.open(BytesIO(data)).convert("RGB")
    colours = {colour: n for n, colour in picture.getcolors(1 << 24)}
    assert picture.width >= 1_000
    assert sum(n for (r, g, b), n in colours.items() if b > r + 40) > 10_000
    head = picture.crop((0, 0, 600, 90)).convert("L")
    assert sum(1 for value in head.getdata() if value < 100) > 300


def test_a_picture_of_a_given_size_has_just_that_and_is_filled() -> None:
    data = to_png(figure(), title="割合の地図", source=["見本推計（2020年基準）"] * 3,
                  geometry=lambda url: topology(), size=(1920, 1080))  # fmt: skip
    picture = Image.open(BytesIO(data)).convert("RGB")
    assert picture.size == (1920, 1080)
    dark = picture.convert("L").point(lambda value: 255 if value < 250 else 0).getbbox()
    assert dark is not None
    left, top, right, bottom = dark
    assert left < 100
    assert top < 100
    assert right > 1700
    assert bottom > 850


def test_two_figures_beside_each_other_stand_on_a_canvas_of_the_size() -> None:
    one = {key: part for key, part in figure().items() if key not in ("$schema", "config")}
    one |= {"width": 300, "height": 200}
    one["layer"] = [{**layer, "params": []} for layer in one["layer"]]
    both = {"$schema": figure()["$schema"], "config": figure()["config"], "hconcat": [one, one]}
    data = to_png(both, title="2地域", source=["出典"], geometry=lambda url: topology(),
                  size=(1920, 1080))  # fmt: skip
    picture = Image.open(BytesIO(data)).convert("RGB")
    assert picture.size == (1920, 1080)
    assert picture.getpixel((2, 2)) == (255, 255, 255)
    halves = [picture.crop((0, 0, 960, 1080)), picture.crop((960, 0, 1920, 1080))]
    for half in halves:
        assert sum(n for n, (r, g, b) in half.getcolors(1 << 24) if b > r + 40) > 2_000


def test_svg_carries_title_source_and_class_names() -> None:
    svg = to_svg(figure(), title="割合の地図", source=["見本推計（2020年基準）"],
                 geometry=lambda url: topology()).decode()  # fmt: skip
    for words in ("割合の地図", "見本推計（2020年基準）", "10超～20", "データなし"):
        assert words in svg
    assert "http" not in svg.replace("http://www.w3.org", "")


def test_a_title_too_long_for_the_picture_takes_two_lines() -> None:
    title = "東見本県の看護小規模多機能型居宅介護（定員、75歳以上1万人対・人）　老人福祉圏域別（令和7年10月1日現在）"
    drawn = standalone(figure(), title=title, source=[], geometry=lambda url: topology())
    lines = drawn["title"]["text"]
    assert len(lines) == 2
    assert "".join(lines) == title
