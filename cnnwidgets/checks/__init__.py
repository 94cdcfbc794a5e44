"""What makes an answer right: cases, a reference, named misconceptions, and a report."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach(
    __name__,
    submodules=["call", "compare", "report"],
    submod_attrs={
        "namespace": ["check"],
        "questions": ["predict"],
        "report": ["Report"],
        "exercise": ["Exercise", "Case"],
    },
)
