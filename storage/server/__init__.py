"""PostgreSQL servers: the embedded one, databases on any, backups of an archive."""
