"""Which host names are ours, and what only this computer itself may see."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Mapping
from functools import cache

import streamlit as st

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# A proxy on this computer passes on what comes from elsewhere; each leaves one of these.
_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def host_name(host: str) -> str | None:
    """Return the name in a Host header without its port; nothing when it is malformed."""
    text = host.strip().lower()
    if text.startswith("["):
        name, _, rest = text[1:].partition("]")
        return name if not rest or _is_port(rest) else None
    name, colon, port = text.partition(":")
    if not name or (colon and not port.isdigit()) or any(c in name for c in "/@?#\\ "):
        return None
    return name.rstrip(".")


def _is_port(text: str) -> bool:
    return text.startswith(":") and text[1:].isdigit()


def is_bound_to_loopback() -> bool:
    """Tell whether the server listens to this computer only."""
    return str(st.get_option("server.address") or "").lower() in LOOPBACK


def comes_from_here(headers: Mapping[str, str]) -> bool:
    """Tell whether a request was made on this computer, and to it by a name of its own."""
    names = {name.lower(): value for name, value in headers.items()}
    if any(name in names for name in _FORWARDED):
        return False
    return is_bound_to_loopback() and host_name(names.get("host", "")) in LOOPBACK


def is_allowed_host(host: str) -> bool:
    """Tell whether the name that a request was sent to is one of ours.

    An address in numbers is as good as ours: a foreign page can make its own name lead here, but
    not a number.
    """
    name = host_name(host)
    if name is None:
        return False
    return name in LOOPBACK or name in _named_hosts(_setting()) or _is_own_number(name)


def _setting() -> str:
    return os.environ.get("ALLOWED_HOSTS", "")


@cache
def _named_hosts(setting: str) -> frozenset[str]:
    """Return the names of ALLOWED_HOSTS, else those that this computer gives itself."""
    named = {part.strip().lower() for part in setting.split(",") if part.strip()}
    return frozenset(named or {socket.gethostname().lower(), socket.getfqdn().lower()})


def _is_own_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return not _setting() and not is_bound_to_loopback()
