"""Whether titles with some words are so many that they are read in the order of a list, and not
looked up (docs/decisions/0042-words-in-a-large-register.md).
"""

from functools import reduce
from operator import and_

from django.db import connection, models
from django.db.models import Func, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

# Words are frequent where so many of so many rows have them: of the latest ones, else of some that
# lie anywhere, since the latest thousand may be a single import.
ROWS, FREQUENT = 1000, 10
WORDS = Func("title", function="register_fold", output_field=models.TextField())
_SAMPLE = """
    SELECT count(*) FILTER (WHERE {condition})
    FROM (
        SELECT register_fold(title) AS words FROM register_event TABLESAMPLE SYSTEM (%s)
    ) AS sample
"""


def has_words(words: list[str]) -> Q:
    """The annotation `words` of a row, its folded title, contains each word; long ones are asked
    first, since few titles have them and each question folds the title again.
    """
    longest_first = sorted(words, key=len, reverse=True)
    tests = (Q(GreaterThan(StrIndex("words", Value(word)), 0)) for word in longest_first)
    return reduce(and_, tests)


def number_in_sample(words: list[str]) -> int:
    """How many of about ROWS events, of pages of the table drawn by chance, have the words."""
    condition = " AND ".join(["strpos(words, %s) > 0"] * len(words))
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'register_event'::regclass")
        share = min(100, 100 * ROWS / max(cursor.fetchone()[0], 1))
        cursor.execute(_SAMPLE.format(condition=condition), [*words, share])
        return int(cursor.fetchone()[0])
