"""The ways into an outlet: pure readers that turn the body of a door into article links."""
