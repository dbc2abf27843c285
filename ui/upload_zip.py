"""Several files as one."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files by name as a ZIP archive; no name leads out of its folder."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(re.sub(r"[\\/:]", "_", name), content)
    return stream.getvalue()
