"""SQL: the statements and the ways to run them, COPY, migrations, the schema as text."""
