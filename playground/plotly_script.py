"""Fetches a smaller script of Plotly with npm: `python -m playground.plotly_script`.

plotly.js-cartesian-dist-min (MIT) is a third of the script in the plotly package and has all charts of the page. It is
fetched at the very version of plotly.js that the package carries, checked, and put where the page finds it. Without it,
the page uses the package's own.
"""

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from playground.components.assets import STATIC
from playground.components.plotly_file import package_script, small_name, write_compressed

PACKAGE = "plotly.js-cartesian-dist-min"
TRACES = ("scatter", "heatmap", "contour")  # what the figures draw
SIZES = range(500_000, 4_000_000)  # bytes; the package's own has 4.7 MB
BANNER = re.compile(rb"\A/\*\*\n\* plotly\.js(?P<bundle> \(cartesian - minified\))? v(?P<version>\d+\.\d+\.\d+)\n")


def fetch(folder: Path = STATIC) -> Path:
    """Fetches the script into a folder, compressed, and returns its path.

    Raises:
        ValueError: when what came is not the script that was asked for.
        OSError: when there is no npm, it fails, or the folder cannot be written.
    """
    version = version_of_package()
    script = _from_npm(version)
    check(script, version)
    path = folder / small_name()
    write_compressed(path, lambda: script)
    return path


def version_of_package() -> str:
    """The version of plotly.js that the installed plotly package carries."""
    with package_script().open("rb") as file:
        banner = BANNER.match(file.read(200))
    if not banner:
        raise ValueError("The script of the plotly package does not begin with its version.")
    return banner["version"].decode()


def check(script: bytes, version: str) -> None:
    """Raises ValueError unless this is the small script, of this version, with all that the page draws."""
    banner = BANNER.match(script)
    if not banner or not banner["bundle"] or banner["version"].decode() != version:
        raise ValueError(f"What came is not {PACKAGE} {version}.")
    if len(script) not in SIZES:
        raise ValueError(f"The script has {len(script):,} bytes, which cannot be.")
    missing = [trace for trace in TRACES if f'name:"{trace}"'.encode() not in script]
    if missing:
        raise ValueError(f"The script draws no {', '.join(missing)}.")


def _from_npm(version: str) -> bytes:
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("There is no npm on the PATH.")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", f"{PACKAGE}@{version}", "--silent", "--pack-destination", folder]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        archives = list(Path(folder).glob("*.tgz"))
        if done.returncode or len(archives) != 1:
            raise OSError(f"npm does not fetch {PACKAGE} {version}: {done.stderr.strip() or done.stdout.strip()}")
        with tarfile.open(archives[0]) as archive:
            file = archive.extractfile("package/plotly-cartesian.min.js")
            return file.read() if file else b""


def main() -> None:
    """Fetches it, or ends with the reason why not."""
    try:
        path = fetch()
    except (OSError, ValueError, KeyError, tarfile.TarError) as error:
        sys.exit(f"The page uses the plotly package's own script. {error}")
    sys.stdout.write(f"{path}: {path.stat().st_size / 1e6:.2f} MB compressed\n")


if __name__ == "__main__":
    main()
