"""Photos as they arrive, freed of what the camera wrote into them."""
