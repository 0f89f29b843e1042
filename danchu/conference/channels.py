"""Channels of PostgreSQL's NOTIFY between acts, sequencer and hubs.

WAKE: "<conference> <part> …" to the sequencer. FRAME: "<conference> <body>" to the hubs, or
"<conference> <number>" of a frame too long to carry. CONTROL: "device <device>", whose lines are to
be closed.
"""

WAKE = "hall"
FRAME = "hall_frame"
CONTROL = "hall_control"
