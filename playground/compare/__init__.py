"""Several runs beside each other: pinned, in a race, or over a range of values."""
