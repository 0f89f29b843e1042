"""The cost of a choice on line to the server, wall time: from the four things that a household
types to its signed receipt, and its share of the count. Against a millisecond, and against the
modular powers that Helios needs to make and to check a ballot with three choices (2048 bits,
exponents of 256), in the same run: the least that any implementation of it takes, without its pages
and its database.
"""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from bench.ground import say
from bench.measure import peak_mib, row, seconds

RUNS = 3
SMALL, LARGE = 200, 2_000
MOST_SECONDS = 0.001
# Helios: for each of three choices two powers to encrypt and six to prove that it is 0 or 1, and as
# many as eight to check it; four and four more for the sum of the three.
POWERS_TO_MAKE, POWERS_TO_CHECK = 3 * 8 + 4, 3 * 8 + 4
EXPONENT = 256
# RFC 3526, group 14.
PRIME = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AACAA68FFFFFFFFFFFFFFFF",
    16,
)


def choices(households):
    """Two rows; asserts that every choice is counted once."""
    from django.conf import settings

    from danchu.decision import actions
    from danchu.decision.models import OnlinePoll, Step
    from danchu.people.actor import Actor

    by = Actor.system("bench")
    before, settings.VAULT_ROOT = settings.VAULT_ROOT, Path(tempfile.mkdtemp())
    try:
        decision = _opened(households, by)
        voting = min(_cast(decision) for _run in range(RUNS))
        memory = peak_mib(lambda: _cast(decision))
        close = seconds(lambda: actions.close_form(decision, by=by, until=_today()))
    finally:
        shutil.rmtree(settings.VAULT_ROOT)
        settings.VAULT_ROOT = before
    ours = (voting + close) / households
    powers = seconds(_powers) / RUNS
    say(f"  {ours * 1000:.3f} ms a choice, of it {close / households * 1000:.3f} ms counting")
    cast = OnlinePoll.objects.get(vote__decision=decision, step=Step.FORM).cast
    assert cast == households, cast
    name = (
        "một lựa chọn trực tuyến, từ lúc hộ gõ đến biên nhận và phần của nó khi đếm, "
        f"{households:,} hộ / "
    )
    helios = "riêng các lũy thừa mà Helios cần để làm và kiểm một phiếu"
    return [
        row(name + "1 ms", ours, MOST_SECONDS, 1, memory),
        row(name + helios, ours, powers, 0.1, memory),
    ]


def _today():
    from danchu.kernel.days import today

    return today()


def _opened(households, by):
    """A matter whose first poll on line is open, in a village with so many households."""
    from danchu.decision import actions
    from danchu.decision.models import Household
    from danchu.kernel.days import now
    from danchu.law.loading import load_law
    from danchu.units.actions import open_village
    from danchu.units.models import Standing

    load_law(by=by)
    day, since = _today(), _today() - timedelta(days=90)
    commune = Standing.objects.filter(kind__in=("xa", "phuong")).order_by("pk").first().unit
    village = open_village(commune, by=by, name="Thôn Đo", kind="thon", since=since)
    Household.objects.bulk_create(
        Household(
            uid=uuid4(),
            unit=village,
            number=number,
            representative=f"Nguyễn Văn Đo {number}",
            address=f"Số {number}, ngõ Năm",
            since=since,
            made_by=by.key,
            made_at=now(),
        )
        for number in range(1, households + 1)
    )
    decision = actions.propose_decision(
        by=by,
        unit=village,
        item=6,
        title="Giờ đóng cổng",
        content="Mười một giờ đêm.",
        proposer="head",
        proposed_on=day,
    )
    days = {"on": day, "reported_on": day, "since": day, "until": day}
    decision = actions.plan_online(decision, by=by, team="Một\nHai\nBa", leader="front", **days)
    return actions.open_online(decision, by=by)


def _cast(decision):
    """The seconds in which every household votes once, as the page does."""
    from danchu.decision.models import OnlinePoll
    from danchu.decision.online_codes import secret_of
    from danchu.decision.public.online_votes import reply

    poll = OnlinePoll.objects.select_related("vote").get(vote__decision=decision)
    typed = [
        {
            "act": "vote",
            "choice": ("yes", "yes", "no", "other")[number % 4],
            "number": str(entry.household.number),
            "secret": secret_of(poll.vote, entry),
            "name": entry.household.representative,
            "address": entry.household.address,
        }
        for number, entry in enumerate(poll.vote.entries.select_related("household"))
    ]

    def cast():
        for one in typed:
            reply(poll, one)

    return seconds(cast)


def _powers():
    exponent = 2**EXPONENT - 189
    for _run in range(RUNS):
        for place in range(POWERS_TO_MAKE + POWERS_TO_CHECK):
            pow(5 + place, exponent, PRIME)
