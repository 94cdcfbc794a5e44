"""Jupyter widgets and autograded notebooks that teach convolutional neural networks by doing.

Public names load on first use, so that importing the package costs next to nothing and never imports torch.
"""

import lazy_loader as lazy

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy.attach(
    __name__,
    submodules=["checks", "grading", "ops", "tracing", "training", "widgets"],
    submod_attrs={
        "checks": ["check", "predict"],
        "tracing": ["trace"],
        "widgets": [
            "ChannelExplorer",
            "CorrelationExplorer",
            "EquivarianceExplorer",
            "ImageKernelExplorer",
            "KernelLearner",
            "NetworkExplorer",
            "PoolingExplorer",
            "ShapeExplorer",
            "TrainingMonitor",
            "WeightCounter",
        ],
    },
)
