import sys

from danchu.config.command import main

sys.exit(main())
