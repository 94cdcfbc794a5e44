"""Folders written whole or not at all, and what is in them as one hash."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
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

    Both must be on one file system. The old is left beside `new`, and goes with the scratch that `new` was made in.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    old = new.with_name(f".{new.name}-old")
    if target.exists():
        target.rename(old)
    try:
        new.rename(target)
    except BaseException:
        if old.exists():
            old.rename(target)
        raise


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep every other process out that asks for the same folder, and clear what a killed one left half done in it.

    Raises `BlockingIOError` where another process is in.
    """
    import fcntl

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if isinstance(error, BlockingIOError):  # any other: a file system without locks
                raise
        for left in folder.rglob(".*"):
            if left.name != ".lock":
                remove(left)
        yield


def remove(path: Path) -> None:
    """Remove a file or folder, whatever is in it; what can not be removed stays."""
    if not path.is_dir() or path.is_symlink():
        with suppress(OSError):
            path.unlink(missing_ok=True)
        return
    with suppress(OSError):
        path.chmod(0o700)
        _empty(path)
        path.rmdir()


def _empty(path: Path) -> None:
    """Remove everything in a folder, step by step: it may be deeper than a path, or Python's stack, can be."""
    folder = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
    here, way = os.open(path, folder), list[str]()
    try:
        while True:
            with os.scandir(here) as found:
                inner = next((each.name for each in found if _is_folder(each, here)), None)
            if inner is None and not way:
                return
            if inner is not None:
                os.chmod(inner, 0o700, dir_fd=here)
            here, left = os.open(".." if inner is None else inner, folder, dir_fd=here), here
            os.close(left)
            if inner is None:
                os.rmdir(way.pop(), dir_fd=here)
            else:
                way.append(inner)
    finally:
        os.close(here)


def _is_folder(entry: "os.DirEntry[str]", handle: int) -> bool:
    """Whether this is a folder; anything else is removed."""
    if entry.is_dir(follow_symlinks=False):
        return True
    os.unlink(entry.name, dir_fd=handle)
    return False


def overlaid(files: Mapping[str, bytes], over: Mapping[str, bytes]) -> dict[str, bytes]:
    """All files by their paths, and of those that can not lie side by side the ones of `over`."""
    ways = [(name, other) for name in files for other in over]
    apart = {name for name, other in ways if f"{name}/".startswith(f"{other}/") or other.startswith(f"{name}/")}
    return {name: content for name, content in files.items() if name not in apart} | dict(over)


def lay_out(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a folder by their paths in it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


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
