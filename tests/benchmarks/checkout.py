"""Importing this first makes a benchmark measure the checkout that it stands in, whatever is installed."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
