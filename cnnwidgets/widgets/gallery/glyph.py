"""A small picture for each card of the overview: 5×5 cells, as light or dark as their digits say."""

from __future__ import annotations

# Rows of digits from 0 (nothing) to 9 (full): what the widget is about, as a feature map would show it.
PATTERNS = {
    "weight_counter": ("91919", "19191", "91919", "19191", "91919"),
    "correlation_explorer": ("77722", "79722", "77722", "22222", "22229"),
    "image_kernel_explorer": ("00900", "09990", "99099", "09990", "00900"),
    "kernel_learner": ("90000", "79000", "35900", "13590", "11359"),
    "channel_explorer": ("99900", "99966", "99966", "06666", "06663"),
    "shape_explorer": ("90000", "98000", "98700", "98000", "90000"),
    "equivariance_explorer": ("99000", "99330", "00990", "00993", "00033"),
    "pooling_explorer": ("19333", "11333", "22922", "44777", "94779"),
    "network_explorer": ("60906", "06090", "90609", "06090", "60906"),
    "training_monitor": ("90000", "90000", "59000", "03900", "00399"),
}
ANY = ("00000", "09990", "09590", "09990", "00000")


def glyph(bundle: str) -> str:
    """The picture as SVG, in the colour of the text around it; a plain one for a widget without a pattern."""
    cells = "".join(
        f'<rect x="{6 * x}" y="{6 * y}" width="5" height="5" rx="1" opacity="{0.1 + int(digit) / 10:.1f}"/>'
        for y, row in enumerate(PATTERNS.get(bundle, ANY))
        for x, digit in enumerate(row)
    )
    return f'<svg viewBox="0 0 29 29" fill="currentColor" aria-hidden="true">{cells}</svg>'
