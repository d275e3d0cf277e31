"""What keeps an archive alive: its server, migrations, backups, retention, room on its disk."""

from storage.server.backup import Manifest, back_up, restore
from storage.server.databases import create_database, ensure_database_beside, responds
from storage.server.embedded import (
    binaries,
    discard_server,
    is_running,
    running_port,
    start_server,
    stop_server,
)
from storage.server.launch import Server
from storage.server.location import find_data
from storage.server.programs import program_environment
from storage.sql.migrate import available_migrations, migrate
from storage.sql.schema import dump_schema
from storage.stories.days import count_waiting_fingerprints, drop_old_fingerprints
from storage.upkeep.forecasts import Forecast, forecast
from storage.upkeep.housekeeping import (
    apply_retention,
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
    "count_waiting_fingerprints",
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
