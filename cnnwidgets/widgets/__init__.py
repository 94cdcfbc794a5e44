"""Widgets that show a concept: Python holds the state as traits, the browser computes and draws."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach(
    __name__,
    submodules=["gallery"],
    submod_attrs={
        "correlation_explorer": ["CorrelationExplorer"],
        "gallery": ["build_gallery"],
        "image_kernel_explorer": ["ImageKernelExplorer"],
        "shape_explorer": ["ShapeExplorer"],
    },
)
