from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from data.generations import Store
from ui.headers import PageHeaders, html_page
from ui.not_found import not_found_page
from ui.routes import ROUTES

ADDRESS = "/geo/000001/municipality/81.json"


@dataclass
class Answer:
    status_code: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self) -> Any:
        packed = self.headers.get("content-encoding") == "gzip"
        return json.loads(gzip.decompress(self.content) if packed else self.content)


class Client:
    """Calls the application as the server does, one request at a time."""

    def __init__(self, app: Starlette) -> None:
        self.app = app

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        # in a thread of its own: a browser test before this one leaves its loop running here
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, self._call(path, headers or {})).result()

    async def _call(self, path: str, headers: dict[str, str]) -> Answer:
        sent: list[Any] = []
        scope = {
            "type": "http",
            "method": "GET",
            "path": path.partition("?")[0],
            "query_string": path.partition("?")[2].encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        named = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        body = b"".join(message.get("body", b"") for message in sent[1:])
        return Answer(sent[0]["status"], named, body)


async def some_page(request: Request) -> Response:
    return HTMLResponse("<html lang='en'>another page</html>")


@pytest.fixture
def client() -> Client:
    routes = [*ROUTES, Route("/{path:path}", some_page)]
    return Client(Starlette(routes=routes, middleware=[Middleware(PageHeaders)]))


def test_health_really_counts(client: Client, tiny_store: Store) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    body = answer.json()
    assert (body["status"], body["dataset"], body["generation"]) == ("ok", "demo", "000001")
    assert body["checks"]["areas"] == 21


def test_the_name_of_the_first_page_leads_to_its_address(client: Client) -> None:
    plain, slashed = client.get("/overview?area=81"), client.get("/overview/")
    assert (plain.status_code, plain.headers["location"]) == (307, "./?area=81")
    assert (slashed.status_code, slashed.headers["location"]) == (307, "../")


@pytest.mark.parametrize("path", ["/nanika", "/population/nanika", "/Population", "/<b>x</b>"])
def test_an_address_without_a_page_says_so_in_japanese_and_leads_back(
    client: Client, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "このアドレスのページはありません" in answer.text.replace("<wbr>", "")
    assert '<a href="/">概況を開く</a>' in answer.text
    assert "<b>" not in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)


@pytest.mark.parametrize(
    "path", ["/", "/population", "/population/?area=81", "/admin", "/favicon.ico"]
)
def test_an_address_of_a_page_gets_the_page(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.content) == (200, html_page())


def test_behind_a_proxy_the_way_back_has_its_path(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.redirect.st.get_option", lambda _: "/kaigo/")
    not_found_page.cache_clear()
    assert client.get("/kaigo/population").status_code == 200
    assert client.get("/kaigo").status_code == 200
    assert '<a href="/kaigo/">' in client.get("/kaigo/nanika").text
    not_found_page.cache_clear()


def test_health_is_503_without_data_and_names_no_path(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORE", str(tmp_path / "nothing"))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "error"
    assert "保存先にデータがありません" in answer.json()["reason"]
    assert str(tmp_path) not in answer.text


def test_health_is_503_when_all_generations_are_cut(
    client: Client, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "cut")
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
    whole = store.current()
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    monkeypatch.setenv("STORE", str(store.root))
    assert client.get("/healthz").status_code == 503


def test_polygons_are_served_as_stored(client: Client, tiny_store: Store) -> None:
    packed = client.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "immutable" in packed.headers["cache-control"]
    plain = client.get(ADDRESS, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == packed.json()
    shapes = plain.json()["objects"]["areas"]["geometries"]
    assert {shape["properties"]["area_code"] for shape in shapes} >= {"81100", "81204"}


def test_polygons_that_the_browser_has_are_not_sent_again(
    client: Client, tiny_store: Store
) -> None:
    etag = client.get(ADDRESS).headers["etag"]
    again = client.get(ADDRESS, headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize(
    "address",
    ["/geo/000001/municipality/99.json", "/geo/000009/municipality/81.json",
     "/geo/../../etc/municipality/81.json"],
)  # fmt: skip
def test_unknown_polygons_are_404(client: Client, tiny_store: Store, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_page_is_japanese_and_guarded(client: Client, tiny_store: Store) -> None:
    answer = client.get("/population")
    assert '<html lang="ja">' in answer.text
    assert "<title>在宅医療・介護連携 地域比較ダッシュボード</title>" in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    scripts = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert any("BACKEND_BASE_URL" in script for script in scripts)
    for script in scripts:
        digest = hashlib.sha256(script.encode()).digest()
        assert base64.b64encode(digest).decode() in policy
    assert len(answer.content) == int(answer.headers["content-length"])
