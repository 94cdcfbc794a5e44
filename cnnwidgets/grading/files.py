"""Folders written whole or not at all, and what is in them as one hash."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

IGNORED = {".ipynb_checkpoints", "__pycache__", ".DS_Store"}


def files_in(folder: Path) -> list[Path]:
    """Every file below `folder`, sorted, without what editors leave behind."""
    if not folder.is_dir():
        return []
    found = (p for p in folder.rglob("*") if p.is_file())
    return sorted(p for p in found if not IGNORED & set(p.relative_to(folder).parts) and p.suffix != ".pyc")


def digest(*paths: Path) -> str:
    """A hash of the names and contents of files and folders; what is missing counts as empty."""
    total = hashlib.sha256()
    for path in paths:
        for file in files_in(path) if path.is_dir() else [path]:
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            content = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "missing"
            total.update(f"{name}\0{content}\n".encode())
    return total.hexdigest()


@contextmanager
def scratch(parent: Path) -> Iterator[Path]:
    """A new folder below `parent` (which is made where needed), removed at the end."""
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".work-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_in_place(new: Path, target: Path) -> None:
    """Move the folder `new` to `target`, in exchange for what was there: the old is whole until the new is.

    Both must be on one file system.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with scratch(target.parent) as away:
        old = away / "old"
        if target.exists():
            target.rename(old)
        try:
            new.rename(target)
        except BaseException:
            if old.exists():
                old.rename(target)
            raise


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
