"""`python -m sides` is the command line."""

import sys

from sides.cli import main

if __name__ == "__main__":
    sys.exit(main())
