"""How strangers reach their petition: codes, and how often they may try."""
