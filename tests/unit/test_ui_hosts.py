"""Which names are ours, and what counts as this computer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.account_stand import bound_to
from ui.hosts import comes_from_here, host_name, is_allowed_host
from ui.redirect import own_path

__all__ = ["bound_to"]


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost:8501", "localhost"),
        ("LOCALHOST", "localhost"),
        ("127.0.0.1:80", "127.0.0.1"),
        ("[::1]:8501", "::1"),
        ("[::1]", "::1"),
        ("dash.pref.example.jp.", "dash.pref.example.jp"),
        ("", None),
        (":8501", None),
        ("localhost:abc", None),
        ("localhost@evil.example", None),
        ("localhost/evil", None),
        ("localhost#evil", None),
        ("[::1]evil", None),
        ("local host", None),
    ],
)
def test_the_name_of_a_host(host: str, name: str | None) -> None:
    assert host_name(host) == name


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501"])
def test_this_computer_has_three_names(host: str, bound_to: Callable[[str], None]) -> None:
    bound_to("127.0.0.1")
    assert is_allowed_host(host)
    assert comes_from_here({"Host": host})


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "10.0.0.5", "", "x@localhost"]
)
def test_on_this_computer_no_other_name_is_ours(host: str, bound_to: Callable[[str], None]) -> None:
    bound_to("127.0.0.1")
    assert not is_allowed_host(host)
    assert not comes_from_here({"Host": host})


@pytest.mark.parametrize(
    "header", ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "x-real-ip"]
)
def test_what_a_proxy_passes_on_is_not_from_here(
    header: str, bound_to: Callable[[str], None]
) -> None:
    bound_to("127.0.0.1")
    assert not comes_from_here({"Host": "localhost:8501", header: "10.0.0.5"})


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.0.0.5", "", "127.0.0.1.evil.example"])
def test_any_other_bind_is_not_this_computer_only(
    address: str, bound_to: Callable[[str], None]
) -> None:
    bound_to(address)
    assert not comes_from_here({"Host": "localhost:8501"})


def test_on_a_network_numbers_and_named_hosts_are_ours(
    bound_to: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    bound_to("0.0.0.0")
    assert is_allowed_host("10.0.0.5:8501")
    assert not is_allowed_host("dash.pref.example.jp")
    monkeypatch.setenv("ALLOWED_HOSTS", "dash.pref.example.jp, other.lg.jp")
    assert is_allowed_host("dash.pref.example.jp:80")
    assert is_allowed_host("Other.LG.jp")
    assert not is_allowed_host("evil.example")
    assert not is_allowed_host("10.0.0.5:8501")


@pytest.mark.parametrize("path", ["/", "/upload?area=13&fy=2024", "/a/b"])
def test_paths_of_ours_stay(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "evil",
        "",
        "/a b",
        "/\r\nSet-Cookie: x=1",
        "javascript:alert(1)",
    ],
)
def test_no_other_address_is_led_to(path: str) -> None:
    assert own_path(path) == "/"
