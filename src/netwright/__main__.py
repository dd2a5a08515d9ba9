"""`python -m netwright`."""

import sys

from netwright.cli import main

sys.exit(main())
