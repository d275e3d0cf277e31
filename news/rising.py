"""The longest part of a list of places that keeps one order on both sides."""

from bisect import bisect_left

_NO_PAIR = -1
Pair = tuple[int, int]  # a place on one side, and its place on the other


def longest_rise(pairs: list[Pair]) -> list[Pair]:
    """Return the longest part of pairs (rising in the first number) that rises in the second."""
    ends: list[int] = []  # the smallest second number that ends a rise of each length
    last = [_NO_PAIR]  # the pair that ends it, a rise of no length first
    before: list[int] = []  # for each pair, the one before it in its rise

    for number, (_, second) in enumerate(pairs):
        length = bisect_left(ends, second)
        before.append(last[length])
        if length == len(ends):
            ends.append(second)
            last.append(number)
        else:
            ends[length] = second
            last[length + 1] = number

    rise: list[Pair] = []
    number = last[-1]
    while number != _NO_PAIR:
        rise.append(pairs[number])
        number = before[number]

    rise.reverse()

    return rise
