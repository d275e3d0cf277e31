"""The commands, one module per room; imported only when called."""
