"""A small press of our own: sample outlets on loopback, for the tour, tests and benchmarks.

Everything it publishes is invented: people, companies, clubs, institutes and every sentence. Real
are only the places. What it serves is a pure function of (seed, start, now), so that a restart
gives the same sites.
"""

# (name, query) of watches that surely match the sample outlets: of eight events one is a
# pipeline told in every language, one a border crossing, one an earthquake.
SAMPLE_WATCHES: tuple[tuple[str, str], ...] = (
    (
        "Pipelines",
        'title:(pipeline OR "boru kəməri" OR "boru hattı" OR газопровод OR գազատար OR '
        'გაზსადენი OR "خط لوله")',
    ),
    (
        "Border and transit",
        '"border crossing" OR "railway line" OR "пункт пропуска" OR "sınır kapısı" OR '
        '"keçid məntəqəsi"',
    ),
    (
        "Earthquakes",
        "earthquake OR zəlzələ OR deprem OR землетрясение OR երկրաշարժ OR მიწისძვრა OR زمین‌لرزه",
    ),
)
