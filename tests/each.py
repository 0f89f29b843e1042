"""One test over many values, for checks that read the same thing in every file: all that fail are
listed, and thousands of reports are not written.
"""


def for_each(values):
    """Decorate `check(value)`; its AssertionErrors become one, with a paragraph for each value."""

    def decorate(check):
        def test():
            failures = []
            for value in values:
                plain = getattr(value, "values", [value])[0]  # the value of a pytest.param
                try:
                    check(plain)
                except AssertionError as error:
                    failures.append(f"{plain}: {error}")
            assert failures == [], "\n\n".join(failures)

        test.__name__ = check.__name__
        test.__doc__ = check.__doc__
        test.__module__ = check.__module__
        return test

    return decorate
