"""A run as code: scripts of one file that train it again, or predict with what it learnt, and need nothing of ours."""

from playground.sharing.export.numpy_script import numpy_script
from playground.sharing.export.of_run import numpy_script_of, prediction_script_of, repeats, torch_script_of
from playground.sharing.export.prediction import prediction_script
from playground.sharing.export.torch_script import torch_script

__all__ = [
    "numpy_script",
    "numpy_script_of",
    "prediction_script",
    "prediction_script_of",
    "repeats",
    "torch_script",
    "torch_script_of",
]
