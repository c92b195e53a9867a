"""The command that writes a run as code: `python -m playground.export 'target=step&layers=20,10' --epochs 1000`."""

import sys

from playground.sharing.export import numpy_script, torch_script
from playground.sharing.export.command_line import experiment_of, parser


def main() -> None:
    """Reads the command line and prints the script."""
    options = parser("playground.export", "Write a run as a Python script.")
    options.add_argument("--torch", action="store_true", help="with PyTorch instead of NumPy alone")
    arguments = options.parse_args()
    script = torch_script if arguments.torch else numpy_script
    sys.stdout.write(script(experiment_of(arguments.query), arguments.epochs))


if __name__ == "__main__":
    main()
