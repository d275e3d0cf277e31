"""Floor 2: joins the rooms: stages of a run, alerts, settings, an outlet's health.

The roof (ui, dags) enters by `stages`, `settings`, `upkeep`, `outlet_health`, `errors`, `secrets`,
`sentry`, `aliases`, `alerts.mail_context`, `run.backfill` and `run.run_folder`; what lies behind
these is nobody's business outside. Nothing is imported here: DAG files are parsed for every task,
and `khabar --help` is instant.
"""
