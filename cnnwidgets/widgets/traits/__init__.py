"""Traits that hold arrays, and say in a sentence what is wrong with a value."""
