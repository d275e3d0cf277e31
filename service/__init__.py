"""Floor 3: the house as a service.

One command starts database, Airflow, mailbox and press, keeps them running, stops them all.
"""
