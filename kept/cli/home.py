"""Where this installation keeps what is its own: the embedded database, secrets, built pages."""

import os
from pathlib import Path


def home() -> Path:
    """KEPT_HOME, else the folder `var` where the command runs."""
    return Path(os.environ.get("KEPT_HOME", "var")).resolve()
