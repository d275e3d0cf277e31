"""`python -P -m service.warm_scheduler OPTIONS`: Airflow's scheduler, warm.

The local executor forks a process for each task. What is imported here is inherited by all of them;
a task would otherwise spend a second of processor time on imports alone.
"""

import importlib
import runpy
import sys

# What a task imports before and while it reads an outlet.
_INHERITED = (
    "airflow.dag_processing.dagbag",
    "airflow.sdk.execution_time.supervisor",
    "airflow.sdk.execution_time.task_runner",
    "airflow.providers.standard.operators.python",
    "pipeline.run.outlet_pass",
    "pipeline.run.outlet_verdicts",
    "pipeline.stages",
    "storage",
)


def main() -> None:
    """Import what tasks need, then be the scheduler."""
    for name in _INHERITED:
        importlib.import_module(name)
    sys.argv = ["airflow", "scheduler", *sys.argv[1:]]
    runpy.run_module("airflow", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
