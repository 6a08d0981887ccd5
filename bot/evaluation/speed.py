"""How long reading a message takes, step by step, on one core."""

from __future__ import annotations

import os
import re
import resource
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rasa.model import get_latest_model

from bot.encoder import load_encoder
from bot.evaluation.figures import percentile
from bot.paths import MODELS, WEIGHTS
from bot.runtime import RuntimeProblem
from bot.triage import rules
from bot.triage.learned import Heads
from bot.triage.normalise import normalise
from bot.triage.reader import Reading, assess, read, weigh
from bot.triage.sentences import split
from bot.triage.threads import one_thread

WORDS = 20
GOAL_MS = 6.0
ALL = "all of reading"
MESSAGES = (
    "my hands started to jerk at night since the doctor raised the morphine dose and nobody here tells me why",
    "she has been taking pills from her sister for months and i do not know how to talk with her",
    "i lost my job in spring and since then i sit in the kitchen every evening and wait for morning",
    "can you tell me whether muscle jerks go away once the dose is lower or will they stay for good",
    "he took something at the party and now he is lying on the floor and we can not wake him",
)
"""Each of WORDS words."""
TIMES = 200


@dataclass(frozen=True)
class Step:
    """Milliseconds a message: the median and the 95th percentile."""

    name: str
    p50: float
    p95: float


def steps() -> list[Step]:
    """Each step of reading alone, then all of it. Raises RuntimeProblem when there is no trained model."""
    one_thread()
    encoder, heads = load_encoder(WEIGHTS), trained_heads()
    texts = {message: normalise(message).text for message in MESSAGES}
    readings: dict[str, Reading] = {message: read(message, encoder) for message in MESSAGES}

    def whole(message: str) -> object:
        return assess(read(message, encoder), heads)

    work: dict[str, Callable[[str], object]] = {
        "normalise": normalise,
        "look for sentences": lambda m: split(texts[m]),
        "encode": lambda m: encoder.encode([texts[m]]),
        "rules": lambda m: rules.find(readings[m].text, readings[m].sentences),
        "learned part": lambda m: weigh(readings[m], heads),
        ALL: whole,
    }
    timed = [_timed(name, one, MESSAGES) for name, one in work.items()]
    return [*timed, _timed(f"{ALL}, {len(MESSAGES) * WORDS} words", whole, [" ".join(MESSAGES)])]


def _timed(name: str, work: Callable[[str], object], messages: Sequence[str]) -> Step:
    for message in messages:
        work(message)  # the first time is slower
    spent = []
    for turn in range(TIMES):
        began = time.perf_counter()
        work(messages[turn % len(messages)])
        spent.append(1000 * (time.perf_counter() - began))
    return Step(name, percentile(spent, 0.5), percentile(spent, 0.95))


def trained_heads(models: Path = MODELS) -> Heads:
    """The heads inside the newest trained model. Raises RuntimeProblem when there is none."""
    model = get_latest_model(str(models))
    if model is None:
        raise RuntimeProblem(f"no trained model in {models}: run `make train`")
    with tarfile.open(model) as archive, tempfile.TemporaryDirectory() as folder:
        files = {Path(member.name): member for member in archive.getmembers() if member.isfile()}
        home = next(path.parent for path in files if path.name == "heads.json")
        for path, member in files.items():
            if path.parent == home and (content := archive.extractfile(member)):
                (Path(folder) / path.name).write_bytes(content.read())
        return Heads.load(Path(folder))


def on_one_core() -> bool:
    """Keep this process on one core from here on; False where the system has no such call (macOS)."""
    if not hasattr(os, "sched_setaffinity"):
        return False
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return True


def int8_instructions(cpuinfo: Path = Path("/proc/cpuinfo")) -> str:
    """Whether the processor multiplies int8 directly (VNNI), which the encoder's time hangs on; "" where the system
    does not say.
    """
    if not cpuinfo.is_file():
        return ""
    flags = cpuinfo.read_text(encoding="utf-8")
    return "a processor with VNNI" if re.search(r"\bavx(?:512)?_vnni\b", flags) else "a processor without VNNI"


def memory_mb() -> float:
    """The most memory this process has held so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)
