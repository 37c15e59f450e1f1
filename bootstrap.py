"""Set up the project, and go on with a command; needs Python's standard library only.

    python bootstrap.py                         set up .venv, if it is not in step
    python bootstrap.py --dev                   and what the tests need
    python bootstrap.py --lab                   and JupyterLab, in .venv-lab
    python bootstrap.py --cluster               and what ENGINE= needs
    python bootstrap.py doctor                  say what is wrong with this machine
    python bootstrap.py pack COUNCIL=darlington     set up, then make a pack
    python bootstrap.py clean                   remove the environments

Every command of ``python -m scrutiny_pack`` can follow, on any system.
"""

import os
import sys

# This file is read by whatever Python there is: nothing new before the check.
if sys.version_info < (3, 11):
    sys.stderr.write(
        "Python 3.11 or later is needed, and this is %d.%d: install one, and name it, "
        "such as 'make PYTHON=python3.12 pack'\n" % sys.version_info[:2]
    )
    sys.exit(20)

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "src"))

from scrutiny_pack.machine.bootstrap import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
