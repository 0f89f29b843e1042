"""Small counts that could point at a person are not shown in public."""

SMALLEST_SHOWN = 5


def too_few(what, value, actor):
    """Whether this count of persons' matters is too small to be shown to this reader."""
    return bool(what.sensitive and actor.is_public and value is not None and 0 < value < SMALLEST_SHOWN)


def hidden(figure, actor):
    """Whether a figure must not be shown to this reader: a small count itself, or a ratio that has one above or below."""
    parts = [part for part in (figure.over, figure.under) if part is not None]
    if parts:
        return any(too_few(part.indicator, part.value, actor) for part in parts)
    return too_few(figure.indicator, figure.value, actor)
