"""Where training happens: the processor, an NVIDIA GPU (CUDA), or Apple's (MPS)."""

from __future__ import annotations

import torch

DEVICES = ("auto", "cpu", "cuda", "mps")


def choose(name: str | torch.device = "auto") -> torch.device:
    """The device of this name; "auto" takes a GPU where there is one.

    `ValueError` with a sentence for a name that is unknown, or a device that this machine does not have.
    """
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if str(name) == "auto":
        return torch.device(next(kind for kind, usable in there.items() if usable))
    kind, _, number = str(name).partition(":")
    if kind not in there or (number and not number.isdigit()):
        raise ValueError(f"there is no device {str(name)!r}; choose one of {', '.join(DEVICES)}")
    if not there[kind] or (kind == "cuda" and int(number or 0) >= torch.cuda.device_count()):
        usable = ", ".join(kind for kind, usable in there.items() if usable)
        raise ValueError(f"this machine has no device {str(name)!r} that PyTorch can use; it has {usable}")
    return torch.device(str(name))


def in_words(device: torch.device) -> str:
    """The device's name: "CPU, 2 threads", "NVIDIA H100 80GB HBM3", "Apple GPU (MPS)"."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    if device.type == "mps":
        return "Apple GPU (MPS)"
    threads = torch.get_num_threads()
    return f"CPU, {threads} thread{'s' if threads > 1 else ''}"


def synchronize(device: torch.device) -> None:
    """Waits until the device has done all that it was given. A clock is read after this, never before."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()
