"""Whether Stop was pressed, found out while a cell is still running.

A kernel runs one message after the other: what a widget sends while a cell runs waits until the cell has ended, which
for a stop button is too late. (Unless the front end sends such messages to a thread of their own, a subshell; then
there is nothing to look for.) So the waiting messages are looked at: each is taken from the socket and queued as the
kernel itself would, in order, none is run early, and none is lost.
"""

from __future__ import annotations

import threading
from typing import Any


def stop_is_waiting(comm_id: str) -> bool:
    """Whether the message ``{"type": "stop"}`` of the widget with this comm is among those that wait.

    False outside of a kernel and in any thread but the one that runs cells.
    """
    kernel = running_kernel()
    stream = None if kernel is None else _shell_stream(kernel)
    if stream is None or threading.current_thread() is not threading.main_thread():
        return False
    import zmq

    found = False
    queue = stream._recv_callback  # what the kernel does with a message: makes a task of it, or a place in its queue

    def look(frames: list[Any]) -> Any:
        nonlocal found
        found = found or _is_stop(kernel, frames, comm_id)
        return queue(frames)

    stream._recv_callback = look
    try:
        stream.flush(zmq.POLLIN)
    finally:
        stream._recv_callback = queue
    return found


def running_kernel() -> Any:
    """The kernel that this process is, or None."""
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    return getattr(get_ipython(), "kernel", None)


def _shell_stream(kernel: Any) -> Any:
    """Where the messages to the thread that runs cells come in; None where this kernel is built in another way."""
    thread = getattr(kernel, "shell_channel_thread", None)
    if thread:  # ipykernel 7: a thread of its own reads the socket and passes messages on
        manager = getattr(thread, "manager", None)
        stream = getattr(getattr(manager, "_shell_channel_to_main", None), "to_stream", None)
    else:
        stream = getattr(kernel, "shell_stream", None)
    return stream if getattr(stream, "_recv_callback", None) else None


def _is_stop(kernel: Any, frames: list[Any], comm_id: str) -> bool:
    """Reads a message without using it up."""
    try:
        _, parts = kernel.session.feed_identities(frames, copy=False)
        message = kernel.session.deserialize(parts, content=False, copy=False)  # its signature may be used once more
        if message["header"]["msg_type"] != "comm_msg":
            return False
        content = kernel.session.unpack(message["content"])
        return bool(content["comm_id"] == comm_id and content["data"].get("content", {}).get("type") == "stop")
    except Exception:  # not a message of this session: the kernel will say so itself
        return False
