"""The routes of points and cells, and the tile server in the policy of the page."""

from __future__ import annotations

import csv
import gzip
import io
import json
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from analytics import map_files
from data.generations import Store
from tests.unit.test_ui_routes import Answer, Client, some_page
from ui.headers import PageHeaders
from ui.map_urls import narrowing_of
from ui.routes import ROUTES
from ui.tile_server import VARIABLE, tile_origin, tile_template

POINTS = "/points/000001/81/hospital,visiting_nurse_station.csv"
GSI = "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png"


@pytest.fixture
def client(tiny_store: Store) -> Client:
    routes = [*ROUTES, Route("/page", some_page)]
    return Client(Starlette(routes=routes, middleware=[Middleware(PageHeaders)]))


def rows(answer: Answer) -> list[dict[str, str]]:
    body = answer.content
    if answer.headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return list(csv.DictReader(io.StringIO(body.decode())))


def test_points_of_an_area_come_packed_and_for_good(client: Client) -> None:
    answer = client.get(POINTS, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    assert "immutable" in answer.headers["cache-control"]
    assert len(rows(answer)) == 15 + 36
    assert {row["t"] for row in rows(answer)} == {"0", "1"}
    assert rows(client.get(POINTS, headers={"Accept-Encoding": "identity"})) == rows(answer)


def test_points_that_the_browser_has_are_not_sent_again(client: Client) -> None:
    etag = client.get(POINTS).headers["etag"]
    assert client.get(POINTS, headers={"If-None-Match": etag}).status_code == 304


def test_points_follow_the_search_in_the_address(client: Client) -> None:
    every = rows(client.get(POINTS))
    name = every[0]["n"]
    asked = quote(json.dumps([[], name], ensure_ascii=False))
    found = rows(client.get(f"{POINTS}?q={asked}"))
    assert 0 < len(found) <= len(every)
    assert all(name in row["n"] for row in found)
    nobody = quote(json.dumps([[], "そのような名はない"], ensure_ascii=False))
    assert rows(client.get(f"{POINTS}?q={nobody}")) == []


def test_too_many_points_are_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_files, "MOST_POINTS", 10)
    assert client.get(POINTS).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/points/000001/81/hospital,<b>.csv",
        "/points/000001/81/'; drop table facility; --.csv",
        "/points/000009/81/hospital.csv",
        "/cells/000001/81/3.json",
        "/cells/000001/81/15.json",
        "/cells/000001/81/x.json",
    ],
)
def test_what_is_not_on_offer_is_404(client: Client, address: str) -> None:
    assert client.get(quote(address)).status_code == 404


@pytest.mark.parametrize("text", ["x", "{}", "[1]", "[[], 1]", '[[["a"]], ""]', '[[["a", 1]], ""]'])
def test_a_narrowing_that_is_none_is_refused(client: Client, text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        narrowing_of(text)
    assert client.get(f"{POINTS}?q={quote(text)}").status_code == 400


def test_a_narrowing_comes_back_as_it_was_written() -> None:
    text = json.dumps([[["days", "土"], ["grades", "1"]], "さくら"], ensure_ascii=False)
    assert narrowing_of(text) == ((("days", "土"), ("grades", "1")), "さくら")
    assert narrowing_of("") == ((), "")


def test_cells_have_outlines_by_their_names(client: Client) -> None:
    features = client.get("/cells/000001/81/6.json").json()["features"]
    assert features
    assert all(feature["properties"]["c"] for feature in features)
    assert all(len(feature["geometry"]["coordinates"][0]) in (6, 7) for feature in features)


def test_by_default_no_other_host_is_admitted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert tile_template() is None
    assert "http" not in client.get("/page").headers["content-security-policy"]


def test_a_configured_tile_server_is_admitted_for_images_only(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, GSI)
    policy = client.get("/page").headers["content-security-policy"]
    naming = [part for part in policy.split("; ") if "gsi.go.jp" in part]
    assert naming == ["img-src 'self' data: blob: https://cyberjapandata.gsi.go.jp"]


@pytest.mark.parametrize(
    "text",
    ["", "tiles", "https://host/only.png", "ftp://host/{z}/{x}/{y}", "file:///{z}/{x}/{y}",
     "https://a.b/{z}/{x}/{y} ; script-src *", "https://a.b;script-src/{z}/{x}/{y}"],
)  # fmt: skip
def test_what_is_no_address_of_tiles_is_left_alone(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, text)
    assert tile_template() is None
    assert tile_origin() is None
