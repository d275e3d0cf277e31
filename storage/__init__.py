"""Floor 1: the archive in PostgreSQL. The only room that knows psycopg2, and where all SQL lives."""
