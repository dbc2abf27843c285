"""Codes of rooms: short enough to call out in a hall, and without signs that look alike."""

from __future__ import annotations

import re
import secrets
import unicodedata

LENGTH = 6
SIGNS = "34679ACDEFGHJKMNPQRTUVWXY"  # none of 0/O, 1/I/L, 2/Z, 5/S, 8/B
_CODE = re.compile(f"[{SIGNS}]{{{LENGTH}}}")
_PID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def new_code() -> str:
    """Return a code at random; the caller sees to it that no room has it yet."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def normal_code(typed: str) -> str | None:
    """Return the code that somebody typed, in whatever width and case; None where it is none."""
    text = re.sub(r"[\s\-‐―ー・]", "", unicodedata.normalize("NFKC", typed[:40])).upper()
    return text if _CODE.fullmatch(text) else None


def spaced(code: str) -> str:
    """Return a code in two halves, as one reads it out."""
    half = LENGTH // 2
    return f"{code[:half]} {code[half:]}"


def is_pid(text: str) -> bool:
    """Tell whether this is the random mark by which a browser takes part."""
    return _PID.fullmatch(text) is not None
