"""The shipped municipal form, for tests that read answers to it."""

from __future__ import annotations

from data.catalogue import load_catalogue

FORM = load_catalogue().surveys["municipal_form"]
