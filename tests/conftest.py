"""Hypothesis without a deadline: a busy machine makes a test slow, and not wrong."""

from hypothesis import settings

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
