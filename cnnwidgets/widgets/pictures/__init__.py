"""Grey pictures and garments that explorers start from."""
