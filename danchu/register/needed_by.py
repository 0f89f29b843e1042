"""Which figures a field of an event is needed for."""

from danchu.figures.catalogue import INDICATORS, full_name

MOST_NAMED = 2


def figures_of_field(kind: str, name: str) -> list[str]:
    """The names of at most MOST_NAMED figures that add up the number `name` of events of the kind,
    or that count them by it, without their breakdowns; [] for a field that no figure reads.
    """
    roots = dict.fromkeys(
        key.partition(".")[0]
        for key, one in INDICATORS.items()
        if one.kind == "flow"
        and one.source.key == "event"
        and one.where.get("kind") == kind
        and (one.amount == name or (name in one.where and one.amount == "1"))
    )
    figures = [INDICATORS[key] for key in roots][:MOST_NAMED]
    return [f"{one.code} {full_name(one)}" if one.code else full_name(one) for one in figures]
