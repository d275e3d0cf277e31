"""Roof: the archive's pages, HTTP API and feeds, as a plugin inside Airflow's api-server."""
