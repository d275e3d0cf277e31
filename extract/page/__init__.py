"""What a page shows and says.

Bytes to text, text to a tree, the tree to segments, cards, headline.
"""
