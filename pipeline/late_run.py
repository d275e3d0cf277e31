"""What Airflow calls when a run has not ended in time: the operator is told.

Called in the triggerer, by the path `pipeline.late_run.tell`, and knows nothing of Airflow. Parsing
a DAG file imports this module: what is heavy is imported when it is called.
"""

import asyncio
import logging
from typing import Any

from news.errors import KhabarError
from pipeline import settings as configuration

_LOG = logging.getLogger(__name__)


async def tell(context: Any = None, **_further: Any) -> None:
    """Mail the operator what is wrong, the late run among it. Raises nothing expected."""
    del context
    try:
        await asyncio.to_thread(_tell)
    except KhabarError as error:
        _LOG.warning("the operator could not be told of a late run: %s", error)


def _tell() -> None:
    from pipeline import stages

    stages.tell_operator(configuration.read())
