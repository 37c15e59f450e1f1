"""``python -m scrutiny_pack``."""

import sys

from scrutiny_pack.cli import main

if __name__ == "__main__":
    sys.exit(main())
