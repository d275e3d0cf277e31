"""Alerts: what is new in the archive against the watches, mails into the outbox, mails out of it.

The stages are `match` (matches and writes) and `deliver` (writes what was held back, sends what is
due). One mail is made in three steps: the archive is read (`material`), a letter is made of values
alone (`bundles`, `letters`), and the outbox takes it together with what it tells (`compose`).
"""
