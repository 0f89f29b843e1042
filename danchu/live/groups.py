"""The statements by which a Writer commits groups of questions, up-votes and requests to speak."""

from danchu.conference.writes import batches


async def write_questions(connection, entries):
    """Write (uid, conference id, delegate id, text, instant) rows: [whether each is recorded]."""
    rows = await connection.fetch(
        batches.INSERT_QUESTIONS, *map(list, zip(*entries, strict=True)), batches.MOST_WAITING
    )
    uids = {row[0] for row in rows}
    return [uid in uids for uid, *_rest in entries]


async def write_upvotes(connection, entries):
    """Write (question id, delegate id) rows: [whether each is recorded]."""
    recorded = {
        tuple(row)
        for row in await connection.fetch(
            batches.INSERT_UPVOTES, *map(list, zip(*entries, strict=True))
        )
    }
    return [entry in recorded for entry in entries]


async def write_hands(connection, entries):
    """Write (uid, conference id, delegate id, kind, instant) rows: [whether each delegate now waits
    to speak].
    """
    waiting = {
        row[0]
        for row in await connection.fetch(
            batches.INSERT_HANDS, *map(list, zip(*entries, strict=True))
        )
    }
    return [delegate in waiting for _uid, _conference, delegate, _kind, _at in entries]


async def lower_hands(connection, entries):
    """Withdraw the requests of (conference id, delegate id) rows: [whether each was waiting]."""
    lowered = {
        row[0]
        for row in await connection.fetch(
            batches.LOWER_HANDS, *map(list, zip(*entries, strict=True))
        )
    }
    return [delegate in lowered for _conference, delegate in entries]
