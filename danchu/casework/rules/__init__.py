"""What the law asks of petitions: times, clocks, grounds, who answers. Nothing is written."""
