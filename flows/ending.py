"""How a run ends on its page: in sentences, whether it did what it was for or could not."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from prefect import State, get_run_logger
from prefect.states import Completed, Failed

from flows.told import in_words
from tasks.terms.errors import BaosongError

P = ParamSpec("P")


def ending(work: Callable[P, State[Any]]) -> Callable[P, State[Any]]:
    """A flow's function whose fault ends the run with the fault's own sentence, and with that alone.

    Prefect would put words of its own before it. Whoever calls the flow gets the fault raised as before.
    """

    @wraps(work)
    def told(*given: P.args, **named: P.kwargs) -> State[Any]:
        try:
            return work(*given, **named)
        except BaosongError as fault:
            get_run_logger().error("未完成：%s", fault)
            return Failed(message=str(fault), data=fault)

    return told


def ended(done: dict[str, Any]) -> State[Any]:
    """A run that did its work: what came of it in its log and on its page, and the figures for its caller."""
    lines = in_words(done)
    get_run_logger().info("%s", "\n".join(lines))
    return Completed(message="；".join(line for line in lines if not line.startswith("　")), data=done)
