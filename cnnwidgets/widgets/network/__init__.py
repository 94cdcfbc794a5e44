"""The networks that NetworkExplorer knows: their layers as plain values, and random weights."""
