"""A run on its way elsewhere and back: as an address and as a file."""
