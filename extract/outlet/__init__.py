"""What an outlet's other pages and its own rules say of a page."""
