"""Floor 3: the commands that a person calls; presentation only."""
