"""Groups of questions, up-votes and raised hands, each written in one statement."""

from danchu.conference.writes import batches as written


async def write_questions(connection, entries):
    """(uid, conference, delegate, text, instant) each; whether each was kept."""
    kept = await connection.fetch(
        written.INSERT_QUESTIONS, *map(list, zip(*entries, strict=True)), written.MOST_WAITING
    )
    uids = {row[0] for row in kept}
    return [uid in uids for uid, *_rest in entries]


async def write_upvotes(connection, entries):
    """(question, delegate) each; whether each was kept."""
    kept = {
        tuple(row)
        for row in await connection.fetch(
            written.INSERT_UPVOTES, *map(list, zip(*entries, strict=True))
        )
    }
    return [entry in kept for entry in entries]


async def write_hands(connection, entries):
    """(uid, conference, delegate, kind, instant) each; whether each delegate now waits."""
    kept = {
        row[0]
        for row in await connection.fetch(
            written.INSERT_HANDS, *map(list, zip(*entries, strict=True))
        )
    }
    return [delegate in kept for _uid, _conference, delegate, _kind, _at in entries]


async def lower_hands(connection, entries):
    """(conference, delegate) each; whether each had a hand up."""
    lowered = {
        row[0]
        for row in await connection.fetch(
            written.LOWER_HANDS, *map(list, zip(*entries, strict=True))
        )
    }
    return [delegate in lowered for _conference, delegate in entries]
