"""How records of this room without a title of their own are called."""

from django.utils.translation import gettext as _


def election_title(election):
    """An election by its day is called the same everywhere; its place stands beside it."""
    return _("Bầu trưởng thôn, tổ trưởng")


def conference_title(conference):
    """A yearly conference by its year."""
    return _("Hội nghị định kỳ năm %s") % conference.year
