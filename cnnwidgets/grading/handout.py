"""The zip file to hand out: the same release gives the same bytes on every machine."""

import io
import zipfile
from pathlib import Path

from .files import files_in, write_whole

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file can hold


def pack(folder: Path, target: Path) -> Path:
    """Pack the files of `folder` under its name into the zip file `target`; returns it.

    No times, no owners, sorted, and stored as they are: compression differs between versions of zlib.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for file in files_in(folder):
            entry = zipfile.ZipInfo(f"{folder.name}/{file.relative_to(folder).as_posix()}", _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, file.read_bytes())
    write_whole(target, buffer.getvalue())
    return target
