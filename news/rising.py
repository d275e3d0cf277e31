"""The longest part of a list of places that keeps one order on both sides."""

from bisect import bisect_left


def longest_rise(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of pairs (rising in the first number) that rises in the second."""
    ends: list[int] = []  # the smallest second number that ends a rise of each length
    last: list[int] = []  # the pair it belongs to
    before: list[int] = []  # for each pair, the one before it in its rise

    for number, (_, second) in enumerate(pairs):
        length = bisect_left(ends, second)
        before.append(last[length - 1] if length else -1)

        if length == len(ends):
            ends.append(second)
            last.append(number)
        else:
            ends[length] = second
            last[length] = number

    rise: list[tuple[int, int]] = []
    number = last[-1] if last else -1

    while number >= 0:
        rise.append(pairs[number])
        number = before[number]

    rise.reverse()

    return rise
