"""Small counts that could point at a person are not shown in public."""

SMALLEST_SHOWN = 5


def too_few(what, value, actor):
    """Whether this count of persons' matters is too small to be shown to this reader."""
    return bool(what.sensitive and actor.is_public and value is not None and 0 < value < SMALLEST_SHOWN)
