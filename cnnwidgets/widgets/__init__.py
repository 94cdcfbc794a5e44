"""Widgets that show a concept: Python holds the state as traits, the browser computes and draws."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach(
    __name__,
    submodules=["gallery"],
    submod_attrs={
        "channel_explorer": ["ChannelExplorer"],
        "correlation_explorer": ["CorrelationExplorer"],
        "equivariance_explorer": ["EquivarianceExplorer"],
        "gallery.page": ["build_gallery"],
        "image_kernel_explorer": ["ImageKernelExplorer"],
        "kernel_learner": ["KernelLearner"],
        "network_explorer": ["NetworkExplorer"],
        "pooling_explorer": ["PoolingExplorer"],
        "shape_explorer": ["ShapeExplorer"],
        "training_monitor": ["TrainingMonitor"],
        "weight_counter": ["WeightCounter"],
    },
)
