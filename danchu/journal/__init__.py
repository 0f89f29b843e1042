"""Who did what, when: one gapless chain of entries, written once and never changed."""
