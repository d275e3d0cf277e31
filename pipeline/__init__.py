"""Floor 2: joins the rooms. Stages, run folders, settings, the command line."""
