"""The trained model for a command, or one clear line."""

from bot.commands.problem import Problem
from bot.runtime import Runtime, RuntimeProblem


def load() -> Runtime:
    """Raises Problem when there is no model, or only an outdated one."""
    try:
        return Runtime()
    except RuntimeProblem as problem:
        raise Problem(str(problem)) from problem
