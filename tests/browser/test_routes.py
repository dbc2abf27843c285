"""The routes beside the pages, asked of the running server."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import looking
from tests.serving import Server

pytestmark = pytest.mark.browser


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers by lower-case name, and body."""
    request = Request(url, headers={name.replace("_", "-"): v for name, v in headers.items()})
    try:
        with urlopen(request, timeout=20) as answer:
            status, found, body = answer.status, answer.headers, answer.read()
    except HTTPError as error:
        status, found, body = error.code, error.headers, error.read()
    return status, {name.lower(): value for name, value in found.items()}, body


def test_health_counts_what_is_in_the_database(demo_server: Server, demo_store: Path) -> None:
    status, headers, body = get(f"{demo_server.url}/healthz")
    facts = json.loads(body)
    counted = looking.answer(demo_store, "select count(*) as n from population_total")
    assert status == 200
    assert headers["content-type"].startswith("application/json")
    assert headers["cache-control"] == "no-store"
    assert (facts["status"], facts["dataset"]) == ("ok", "demo")
    assert facts["checks"]["population_rows"] == counted.at[0, "n"]
    assert str(demo_store) not in body.decode()


def test_polygons_are_sent_once_and_then_known(demo_server: Server) -> None:
    generation = json.loads(get(f"{demo_server.url}/healthz")[2])["generation"]
    address = f"{demo_server.url}/geo/{generation}/municipality/83.json"
    status, headers, body = get(address, Accept_Encoding="gzip")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert "immutable" in headers["cache-control"]
    shapes = json.loads(gzip.decompress(body))["objects"]["areas"]["geometries"]
    assert {shape["id"][:2] for shape in shapes} == {"83"}
    again, kept, nothing = get(address, If_None_Match=headers["etag"])
    assert (again, nothing, kept["etag"]) == (304, b"", headers["etag"])
    assert get(address, If_None_Match='"other"')[0] == 200
    assert get(f"{demo_server.url}/geo/{generation}/municipality/zz.json")[0] == 404
    assert get(f"{demo_server.url}/geo/999999/municipality/83.json")[0] == 404


def test_pages_forbid_other_hosts(demo_server: Server) -> None:
    _, headers, body = get(f"{demo_server.url}/population?area=83")
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]
    assert '<html lang="ja">' in body.decode("utf-8")


def test_a_page_tells_when_its_first_figure_is_drawn(browser: Browser, demo_server: Server) -> None:
    page = browser.new_page()
    with page.expect_response("**/drawn") as told:
        page.goto(f"{demo_server.url}/population?area=83")
    assert (told.value.status, told.value.request.method) == (204, "POST")
    marks = page.locator('[data-testid="stVegaLiteChart"] svg g[class*="role-mark"] > *')
    assert marks.count() > 0
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
    page.close()


def test_a_page_tells_when_a_map_on_a_canvas_is_drawn(
    browser: Browser, demo_server: Server
) -> None:
    kinds = "clinic,dental_clinic,pharmacy,care_management_office,home_help_office"
    page = browser.new_page()
    with page.expect_response("**/drawn") as told:
        page.goto(f"{demo_server.url}/resources?area=83&types={kinds}")
    assert told.value.status == 204
    assert page.locator("canvas.marks").count() == 1
    page.close()
