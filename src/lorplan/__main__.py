"""`python -m lorplan`."""

from __future__ import annotations

from lorplan.cli import main

if __name__ == "__main__":
    main()
