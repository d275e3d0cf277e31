"""What keeps an archive alive: its server, migrations, backups, retention, the room on its disk."""

from storage.server.backup import Manifest, back_up, program_environment, restore
from storage.server.embedded import (
    Server,
    binaries,
    create_database,
    discard_server,
    ensure_database_beside,
    is_running,
    responds,
    running_port,
    start_server,
    stop_server,
)
from storage.server.location import find_data
from storage.sql.migrate import available_migrations, migrate
from storage.sql.schema import dump_schema
from storage.stories.days import drop_old_fingerprints
from storage.upkeep.housekeeping import (
    Forecast,
    apply_retention,
    forecast,
    forget_article,
    prepare_months,
    reindex_terms,
    set_retention,
    tidy_tables,
)

__all__ = [
    "Forecast",
    "Manifest",
    "Server",
    "apply_retention",
    "available_migrations",
    "back_up",
    "binaries",
    "create_database",
    "discard_server",
    "drop_old_fingerprints",
    "dump_schema",
    "ensure_database_beside",
    "find_data",
    "forecast",
    "forget_article",
    "is_running",
    "migrate",
    "prepare_months",
    "program_environment",
    "reindex_terms",
    "responds",
    "restore",
    "running_port",
    "set_retention",
    "start_server",
    "stop_server",
    "tidy_tables",
]
