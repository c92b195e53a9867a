"""Scripts of the page, run by Node."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.support.peers import node

COMPONENTS = Path(__file__).resolve().parents[2] / "playground/components"


def run_in_node(script: str, data: bytes = b"") -> Any:
    """What a module prints as JSON. It may import from COMPONENTS by `import ... from "components/..."`."""
    text = script.replace('"components/', f'"{COMPONENTS.as_uri()}/')
    done = subprocess.run([node(), "--input-type=module", "--eval", text], input=data, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)
