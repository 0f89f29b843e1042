"""Which field of a form has the focus when its page opens."""


def has_focus(bound, begin):
    """Whether the page opens with the focus on this field: the first wrong one of a refused form,
    else the one with which the page begins (`begin`). Never a field of a form that is shown as a
    sample (`is_sample`).
    """
    if getattr(bound.form, "is_sample", False):
        return False
    wrong = [other.name for other in bound.form.visible_fields() if other.errors]
    return bound.name == wrong[0] if wrong else begin
