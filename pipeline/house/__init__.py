"""The house: one command starts database, Airflow, mailbox (and sample press), keeps them running, and stops them all."""
