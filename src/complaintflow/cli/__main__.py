"""``python -m complaintflow.cli``."""

from __future__ import annotations

import sys

from complaintflow.cli import main

if __name__ == "__main__":
    sys.exit(main())
