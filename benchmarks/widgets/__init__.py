"""Timings of the widgets in a real Chromium."""
