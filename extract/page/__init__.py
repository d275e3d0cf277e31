"""What a page shows and says: bytes to text, text to a tree, the tree to segments, cards, headline."""
