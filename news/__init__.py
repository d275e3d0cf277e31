"""The ground floor: the nouns and the laws that every room shares.

No I/O, no clock, no settings.
"""
