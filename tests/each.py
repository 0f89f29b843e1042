"""One test over many values, for checks of every file: it lists all failures, without thousands of
separate test reports.
"""


def for_each(values):
    """Decorator of `check(value)`: one test whose failure lists the AssertionError of each
    value. `values` may be a function that returns them, which only the process that runs the test
    then calls.
    """

    def decorate(check):
        def test():
            failures = []
            for value in values() if callable(values) else values:
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
