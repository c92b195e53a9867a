"""The command that writes a run as code: `python -m playground.export "target=step&layers=20,10" --epochs 1000`."""

import sys
from pathlib import Path

from playground.sharing.export import numpy_script, torch_script
from playground.sharing.export.command_line import experiment_of, parser


def main() -> None:
    """Reads the command line, and prints the script or writes it to a file."""
    options = parser("playground.export", "Write a run as a Python script.")
    options.add_argument("--torch", action="store_true", help="with PyTorch instead of NumPy alone")
    options.add_argument(
        "--output", type=Path, metavar="FILE", help="where to write it, in UTF-8, whatever the shell makes of >"
    )
    arguments = options.parse_args()
    make = torch_script if arguments.torch else numpy_script
    script = make(experiment_of(arguments.query), arguments.epochs)
    if arguments.output is None:
        sys.stdout.write(script)
        return
    try:
        arguments.output.write_text(script, encoding="utf-8", newline="\n")
    except OSError as error:
        options.error(f"{arguments.output} cannot be written: {error.strerror}.")


if __name__ == "__main__":
    main()
