"""How a vote is sealed, counted, signed, published and checked again."""
