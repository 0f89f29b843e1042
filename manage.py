#!/usr/bin/env python
import sys

from danchu.config.command import main

if __name__ == "__main__":
    sys.exit(main())
