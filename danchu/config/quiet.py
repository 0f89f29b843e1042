"""What no log may keep: the codes that stand in the address of an invitation (/h/<code>/)."""

import logging
import re

CODE = re.compile(r"(/h/)[^/?\s\"']+")


class NoCodes(logging.Filter):
    """Blots the code out of a line before it is written; an error on such a page is still told
    with its address.
    """

    def filter(self, record):
        told = record.getMessage()
        if "/h/" in told:
            record.msg, record.args = CODE.sub(r"\1…", told), ()
        return True
