"""Airflow's pools: how many tasks of a kind run at once. An operator changes them in the UI.

Outlets that hang for hours fill no more slots than their pool has: those who link, mail and keep
house always find one. Hosts are kept apart by leases in the archive, whatever the slots.
"""

import os

# Crawling waits more than it works, hence more tasks than there are cores.
READERS = max(4, 2 * (os.cpu_count() or 1))
OTHERS = 2  # slots beside those of the pool of outlets
POOLS = (
    ("outlets", READERS, "tasks that read outlets: read, fetch"),
    ("archive", 1, "tasks that work through the whole archive: archive, link"),
)
