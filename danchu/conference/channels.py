"""The channels of PostgreSQL's NOTIFY between acts, sequencer and hubs.

WAKE: "<conference> <part> …" to the sequencer. FRAME: "<conference> <body>", or "<conference>
<number>" of a frame too long to carry, to the hubs. CONTROL: "device <device>" whose lines end.
"""

WAKE = "hall"
FRAME = "hall_frame"
CONTROL = "hall_control"
