"""How files are asked for: whom it trusts, how long it waits, what it says on the way."""

from __future__ import annotations

import ipaddress
import ssl
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from data.fetch.plan import Wanted
from data.fetch.run import Outcome, fetch_files
from data.fetch.transfer import Manner
from tests.unit.publisher import Answer, Publisher, publisher
from tests.unit.raw_fixtures import FIXTURES

NAME = "N03-21_85_210101.geojson"
PATH = f"/data/{NAME}"
SHAPES = (FIXTURES / "geo_N03-21_85_210101.geojson").read_bytes()


def fetched(raw: Path, server: Publisher, *paths: str, manner: Manner, said: list) -> list[Outcome]:
    wanted = [Wanted("n03", f"境界 {path}", "n03", "n03", address=server.address + path)
              for path in paths]  # fmt: skip
    return fetch_files(
        wanted, raw=raw, progress=lambda text, share: said.append((text, share)), manner=manner
    )


def certificate(folder: Path) -> Path:
    """Write a certificate of 127.0.0.1 that only itself vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(tz=UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "own.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


def test_the_authority_of_the_environment_is_trusted_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = certificate(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(own)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    manner = Manner(connect=2, read=2, attempts=2, backoff=0, pause=0)
    with publisher(tls) as server:
        server.answers[PATH] = Answer(SHAPES)
        (refused,) = fetched(tmp_path / "raw", server, PATH, manner=manner, said=[])
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(own))
        (trusted,) = fetched(tmp_path / "raw", server, PATH, manner=manner, said=[])
    assert (refused.result, trusted.result) == ("failed", "fetched")
    assert "REQUESTS_CA_BUNDLE" in refused.reason
    assert len(server.seen) == 1


def test_waits_grow_and_the_server_may_ask_for_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("data.fetch.transfer.time.sleep", waits.append)
    manner = Manner(connect=2, read=2, attempts=4, backoff=2.0, pause=0)
    with publisher() as server:
        server.answers[PATH] = Answer(SHAPES, failures=[503, 503, 503], wait="3")
        (outcome,) = fetched(tmp_path, server, PATH, manner=manner, said=[])
        server.answers["/long.geojson"] = Answer(SHAPES, failures=[503], wait="86400")
        fetched(tmp_path, server, "/long.geojson", manner=manner, said=[])
    assert outcome.result == "fetched"
    assert [wait for wait in waits if wait] == [3.0, 4.0, 8.0, 120.0]


def test_a_wait_may_be_named_as_a_time_of_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("data.fetch.transfer.time.sleep", waits.append)
    manner = Manner(connect=2, read=2, attempts=2, backoff=0, pause=0)
    later = format_datetime(datetime.now(tz=UTC) + timedelta(seconds=60), usegmt=True)
    with publisher() as server:
        server.answers[PATH] = Answer(SHAPES, failures=[429], wait=later)
        fetched(tmp_path, server, PATH, manner=manner, said=[])
        server.answers["/odd.geojson"] = Answer(SHAPES, failures=[429], wait="soon")
        (odd,) = fetched(tmp_path, server, "/odd.geojson", manner=manner, said=[])
    (asked,) = [wait for wait in waits if wait]
    assert 50 < asked <= 60
    assert odd.result == "fetched"


def test_every_file_is_named_while_it_is_asked_for_and_when_done(tmp_path: Path) -> None:
    said: list[tuple[str, float]] = []
    manner = Manner(connect=2, read=2, attempts=1, backoff=0, pause=0)
    with publisher() as server:
        server.answers[PATH] = Answer(SHAPES)
        fetched(tmp_path, server, PATH, "/gone.zip", manner=manner, said=said)
    asked, done, next_asked, failed = said
    assert (asked, next_asked) == ((f"取得：境界 {PATH}", 0.0), ("取得：境界 /gone.zip", 0.5))
    assert done == (f"境界 {PATH}　取得　n03/{NAME}", 0.5)
    assert failed[0].startswith("境界 /gone.zip　失敗")


def test_a_host_that_never_answers_does_not_hold_up_the_whole_run(tmp_path: Path) -> None:
    manner = Manner(connect=2, read=0.2, attempts=3, backoff=0, pause=0)
    with publisher() as server:
        server.answers[PATH] = server.answers["/list.html"] = Answer(SHAPES, delay=0.5)
        page = server.address + "/list.html"
        wanted = [Wanted("k", "表", "x", "x", page=page, link=rf"/{n}\.csv") for n in range(3)]
        wanted += [Wanted("n03", "境界", "n03", "n03", address=server.address + PATH)]
        manners = {"raw": tmp_path, "progress": lambda text, share: None, "manner": manner}
        outcomes = fetch_files(wanted, **manners)
        assert {outcome.result for outcome in outcomes} == {"failed"}
        assert (len(server.asked("/list.html")), len(server.asked(PATH))) == (3, 1)


def test_a_server_that_drips_is_given_up_although_it_never_falls_silent(tmp_path: Path) -> None:
    manner = Manner(connect=2, read=2, attempts=2, backoff=0, pause=0, stall=0.2, least=1_000)
    with publisher() as server:
        server.answers[PATH] = server.answers["/list.html"] = Answer(SHAPES, etag="", drip=0.02)
        began = time.monotonic()
        (outcome,) = fetched(tmp_path, server, PATH, manner=manner, said=[])
        listed = Wanted("k", "表", "x", "x", page=server.address + "/list.html", link=r"/a\.csv")
        (page,) = fetch_files([listed], raw=tmp_path, progress=lambda *said: None, manner=manner)
        took = time.monotonic() - began
    assert len(SHAPES) * 0.02 > 10 > took
    assert (outcome.result, page.result) == ("failed", "failed")
    assert "遅すぎます" in outcome.reason
    assert "遅すぎます" in page.reason
    assert not (tmp_path / "n03" / NAME).exists()


@pytest.mark.parametrize(("etag", "words"), [('"one"', "続きから"), ("", "はじめから")])
def test_that_it_goes_on_is_said_only_where_it_can(tmp_path: Path, etag: str, words: str) -> None:
    manner = Manner(connect=2, read=2, attempts=1, backoff=0, pause=0)
    with publisher() as server:
        server.answers[PATH] = Answer(SHAPES + b" " * 300_000, etag=etag, cut=200_000)
        (outcome,) = fetched(tmp_path, server, PATH, manner=manner, said=[])
    assert outcome.result == "failed"
    assert f"。{words}取ります：" in outcome.reason
