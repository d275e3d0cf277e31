"""Outlets drawn from a seed: templates, addresses, doors and habits that nobody rehearsed.

The rest of the press has outlets that were written down; rules can be fitted to those. Here only
the kinds are written down (`press.drawn.kinds`): what real sites of the region do. Everything that
a rule could hold on to (class names, address forms, the paths of feeds, navigation, clutter) is
drawn when the world is made. The truth says of every article when which place linked it.
"""
