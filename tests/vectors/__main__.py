"""Writes the vectors, and says how many there are."""

from tests.vectors import FOLDER, write_vectors

for name, count in write_vectors().items():
    print(f"{count:5} cases in {FOLDER / name}.json")
