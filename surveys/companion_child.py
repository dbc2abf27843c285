"""The process that computes what the server asks of its companion, until the server is gone."""

from __future__ import annotations

import os
import pickle
import sys
from contextlib import suppress

from data.catalogue import load_catalogue
from surveys.large_proposal import propose_at

_KNOWN = (propose_at,)


def main() -> None:
    """Answer one call after the other; None where the function raised anything."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever is printed is no answer
    load_catalogue()  # while the file is still being read
    while True:
        try:
            function, asked = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own server
        except EOFError:
            return
        answer = None
        if function in _KNOWN:
            with suppress(Exception):  # the server calls it itself then, and sees which
                answer = function(**asked)
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()
