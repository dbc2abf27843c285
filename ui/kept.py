"""What is made again and again of an object that lives on, such as a question's answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """Keeps what was made of the objects asked for last, which nobody may change afterwards."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._found: OrderedDict[Hashable, tuple[Any, Made]] = OrderedDict()
        self._lock = Lock()

    def of(self, thing: Any, *, by: Hashable = None, make: Callable[[], Made]) -> Made:  # noqa: ANN401
        """Return what was made of the thing itself, not of its equal, in the way named by `by`."""
        key = (id(thing), by)
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key][1]
        made = make()
        with self._lock:
            self._found[key] = (thing, made)  # as long as it is kept, its id is not given again
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return made
