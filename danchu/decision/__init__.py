"""What households decide: their roll, proposals, meetings, ballots, and what became of them."""
