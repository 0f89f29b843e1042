"""Pages of the public site. They hold no rules: each asks the rooms and renders the answer."""
