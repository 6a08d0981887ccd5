"""The training data as Rasa reads it, without its one false alarm and without its minutes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml
from rasa.shared.core.domain import KEY_INTENTS, Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers import utils
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from bot.nlu.reply_selector import RETRIEVAL
from bot.triage.examples import SAFE

MARKUP = frozenset("[]{}")
"""What Rasa reads as an entity in an example."""


class Importer(RasaFileImporter):
    """Leaves the retrieval intents out of the domain it gives, and reads the examples once.

    Rasa finds them in the examples (`faq/alcohol`), adds them to the domain, and would call those that domain.yml lists
    duplicated. They stay listed there, because rules and tests are read before that: with the domain as it is written.
    """

    def get_domain(self) -> Domain:
        """domain.yml without what Rasa adds to it."""
        written = super().get_domain().as_dict()
        return Domain.from_dict(
            {**written, KEY_INTENTS: [one for one in written.get(KEY_INTENTS, []) if _name(one) not in RETRIEVAL]}
        )

    @cached_method
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """As Rasa's, which parses each file four times, in Python, whenever it is asked."""
        return TrainingData().merge(*(_plain(file) or load_data(file, language) for file in self._nlu_files))

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """As Rasa's, read with the whole domain."""
        return utils.story_graph_from_paths(self._story_files, super().get_domain(), exclusion_percentage)

    def get_conversation_tests(self) -> StoryGraph:
        """As Rasa's, read with the whole domain."""
        return utils.story_graph_from_paths(self._conversation_test_files, super().get_domain())


def _plain(file: str) -> TrainingData | None:
    """The examples of a file in the form of docs/data.md. None for any other: Rasa reads it, or says what is wrong."""
    try:
        content = yaml.load(Path(file).read_text(encoding="utf-8"), Loader=SAFE)  # noqa: S506 - a safe loader, in C
        if set(content) != {"version", "nlu"}:
            return None
        return TrainingData([message for block in content["nlu"] for message in _messages(**block)])
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, ValueError):
        return None


def _messages(intent: str, metadata: dict[str, object], examples: str) -> Iterator[Message]:
    """One a line. ValueError for what only Rasa reads."""
    if MARKUP & set(examples):
        raise ValueError("markup")
    for line in examples.splitlines():
        if not line.startswith("- "):
            raise ValueError(line)
        yield Message.build(line[1:].strip("\n\r "), intent, intent_metadata=metadata)


def _name(intent: str | dict[str, object]) -> str:
    return intent if isinstance(intent, str) else next(iter(intent))
