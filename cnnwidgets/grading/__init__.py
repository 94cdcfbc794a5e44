"""Releases assignments and grades submissions; imports neither widgets nor checks."""
