"""Streamlit's own files are sent packed and from memory; everything else goes its usual way."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui import kept_files
from ui.kept_files import KeptFiles

STATIC = Path(streamlit.__file__).parent / "static"
SCRIPT = next((STATIC / "static" / "js").glob("index.*.js"))
FONT = next((STATIC / "static" / "media").glob("*.woff2"))
_ANY = ["GET", "POST"]


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(kept_files, "_kept", {})
    others = [Route("/{path:path}", lambda request: PlainTextResponse("others"), methods=_ANY)]
    return TestClient(Starlette(routes=others, middleware=[Middleware(KeptFiles)]))


def test_a_script_is_packed_for_who_can_unpack_it_and_kept_for_good(client: TestClient) -> None:
    address = f"/base/static/js/{SCRIPT.name}"
    for _ in range(2):  # from the disk, and from memory
        packed = client.get(address, headers={"accept-encoding": "gzip, br"})
        assert packed.headers["content-encoding"] == "gzip"
        assert int(packed.headers["content-length"]) < SCRIPT.stat().st_size / 2
        assert packed.content == SCRIPT.read_bytes()
    assert packed.headers["content-type"].startswith("text/javascript")
    assert "immutable" in packed.headers["cache-control"]
    plain = client.get(address, headers={"accept-encoding": "identity"})
    assert plain.content == SCRIPT.read_bytes()
    assert "content-encoding" not in plain.headers
    font = client.get(f"/static/media/{FONT.name}")
    assert (font.headers["content-type"], font.content) == ("font/woff2", FONT.read_bytes())


def test_what_is_no_such_file_goes_on(client: TestClient) -> None:
    for path in ("/static/js/none.js", "/static/index.html", "/static/js/../x.js"):
        assert client.get(path).text == "others"
    address = f"/static/js/{SCRIPT.name}"
    assert client.get(address, headers={"range": "bytes=0-9"}).text == "others"
    assert client.post(address).text == "others"
