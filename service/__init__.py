"""Floor 3: the house as a service.

One command starts database, Airflow, mailbox and press, keeps them running, stops them all. The
commands enter by `tour` (up), `background` (start and stop), `status` and `rehearsal` (a pass over
the sample press); `bootstrap`, `prepare` and `probe` are programs of their own.
"""
