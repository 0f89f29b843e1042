"""Whether a file holds anything that cleaning would take away, for files that came in before they
were cleaned.
"""

from danchu.papers.cleaning.archive import digests_of
from danchu.papers.cleaning.cleaned import cleaned
from danchu.papers.cleaning.reasons import Reason, Unfit
from danchu.papers.cleaning.segments import JPEG, plain_jpeg, plain_picture


def looker(kind):
    """The function (content) of the kind, which raises Unfit where something would be taken away,
    for the Reason UNCLEAN, and where the file cannot be read.
    """
    holds = _picture_holds if kind == "picture" else _other_holds(kind, cleaned(kind))

    def look(content):
        if holds(content):
            raise Unfit(Reason.UNCLEAN)

    return look


def _picture_holds(content):
    """Pixels are not compared: they change a little each time that a JPEG is written."""
    try:
        if content.startswith(JPEG):
            return len(plain_jpeg(content)) != len(content)
        return plain_picture(content) != content
    except (IndexError, ValueError) as error:
        raise Unfit(Reason.BROKEN, str(error)) from None


def _other_holds(kind, cleaner):
    if kind == "pdf":
        return lambda content: cleaner(content, True) != content
    return lambda content: digests_of(cleaner(content, True)) != digests_of(content)
