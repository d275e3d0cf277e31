"""A run: its folder, its stages one by one, and whole passes over it."""
