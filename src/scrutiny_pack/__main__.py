"""``python -m scrutiny_pack``."""

import os
import sys

from scrutiny_pack.cli import main

# Before numpy is imported: it adds up in one order, as in the notebooks, and a process
# with one thread can be copied (see `scrutiny_pack.aside`).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if __name__ == "__main__":
    sys.exit(main())
