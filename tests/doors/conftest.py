"""Running servers, and people who come to their doors with nothing but requests."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import duckdb
import httpx
import pytest

from access.accounts import COMMAND_LINE, add_provided
from access.roles import Role
from data.generations import Store
from tests import serving as servers
from tests.serving import Server, free_port, serving
from tests.unit.account_stand import PASSWORDS, with_accounts

SECRETS = """[auth]
redirect_uri = "{url}/oauth2callback"
cookie_secret = "for-these-tests-only-0123456789abcdef"
client_id = "dashboard"
client_secret = "for-these-tests-only"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@dataclass
class Door:
    """A running server with accounts, and its store."""

    server: Server
    root: Path
    provider: str = ""

    @property
    def url(self) -> str:
        return self.server.url

    def client(self, login: str | None = None) -> httpx.Client:
        """Return somebody new, signed in when a login is given."""
        made = httpx.Client(base_url=self.url, timeout=30)
        if login:
            form = {"login": login, "password": PASSWORDS[login]}
            answer = made.post("/sign-in", data=form, headers={"Origin": self.url})
            assert answer.status_code == 303, answer.text
        return made


def small_store(root: Path, tiny: Path, *, dataset: str) -> Path:
    with Store(root).writing() as draft:
        draft.write_bytes(tiny.read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute("update meta set value = $kind where key = 'dataset'", {"kind": dataset})
    return with_accounts(root)


@contextmanager
def at(port: int, **environment: str) -> Iterator[None]:
    """Start the next server on that port and with these settings."""
    with (
        patch.object(servers, "free_port", lambda: port),
        patch.dict(os.environ, environment),
    ):
        yield


@pytest.fixture(scope="session")
def door(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """Fictional data on this computer only, with an identity provider beside it."""
    folder = tmp_path_factory.mktemp("door")
    root = small_store(folder / "store", tiny, dataset="demo")
    port = free_port()
    with provider() as address:
        secrets = folder / "secrets.toml"
        url = f"http://127.0.0.1:{port}"
        secrets.write_text(SECRETS.format(url=url, provider=address), encoding="utf-8")
        add_provided(root, actor=COMMAND_LINE, sub="u-staff", name="外部 三郎", role=Role.STAFF)
        add_provided(root, actor=COMMAND_LINE, sub="u-admin", name="外部 四郎", role=Role.ADMIN)
        with ExitStack() as stack:
            with at(port, STREAMLIT_SECRETS_FILES=str(secrets)):
                server = stack.enter_context(serving(root, folder / "log"))
            yield Door(server, root, address)


@pytest.fixture(scope="session")
def official_door(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """Data that counts as official."""
    folder = tmp_path_factory.mktemp("official_door")
    root = small_store(folder / "store", tiny, dataset="official")
    with serving(root, folder / "log") as server:
        yield Door(server, root)


@contextmanager
def provider() -> Iterator[str]:
    """Run a real provider of identities in a process of its own."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/.well-known/openid-configuration")
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(url: str) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} does not answer")
