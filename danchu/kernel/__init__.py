"""Days, periods, boundaries, Vietnamese text and numbers, refusals. Pure: no Django."""
