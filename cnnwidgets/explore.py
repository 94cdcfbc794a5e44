"""The page of widgets: written to a folder, or served on this machine alone and opened in a browser."""

import sys
import tempfile
import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cnnwidgets.grading.problem import Problem


def explore(into: Path | None, port: int = 0, *, browser: bool = True) -> int:
    """Write the page into the folder `into`; without one, serve it until the user stops it."""
    if into is not None:
        print(f"The explorer is in {write_page(into)}: open it in a browser, it needs nothing else.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        write_page(Path(folder))
        with open_server(Path(folder), port) as server:
            address = f"http://127.0.0.1:{server.server_address[1]}/"
            print(f"The explorer is at {address} (Ctrl-C ends it)", flush=True)
            if browser and not webbrowser.open(address):
                print("No browser could be opened: go to that address yourself.", flush=True)
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                print()
    return 0


def write_page(folder: Path) -> Path:
    """Write the page to index.html in `folder`, which is made where needed; other files in it stay."""
    if folder.exists() and not folder.is_dir():
        raise Problem(f"{folder} is a file, not a folder")
    from cnnwidgets.widgets.gallery.page import build_gallery

    try:
        with tempfile.TemporaryDirectory() as scratch:
            page = Path(build_gallery(Path(scratch))).read_bytes()
        folder.mkdir(parents=True, exist_ok=True)
        half = folder / ".index.html.part"
        half.write_bytes(page)
        return half.replace(folder / "index.html")
    except OSError as error:
        raise Problem(f"the page can not be written to {folder}: {error.strerror or error}") from error


def open_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A web server for `folder` that only this machine reaches; port 0 takes any that is free."""
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(folder)))
    except (OSError, OverflowError) as error:
        raise Problem(f"port {port} can not be used: {error}; give another with --port") from error


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line for each on the terminal."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of what went well."""

    def log_error(self, format: str, *args: Any) -> None:
        """Say what went wrong."""
        print(format % args, file=sys.stderr)
