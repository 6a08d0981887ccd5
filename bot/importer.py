"""The training data as Rasa reads it, without its one false alarm and without its minutes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.shared.constants import LATEST_TRAINING_DATA_FORMAT_VERSION as VERSION
from rasa.shared.core.domain import KEY_INTENTS, Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers import utils
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.formats.rasa_yaml import STRIP_SYMBOLS
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from bot.nlu.reply_selector import RETRIEVAL
from bot.triage.examples import ExampleError, content_of

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
        """As Rasa's, which parses each file several times over, in Python, whenever it is asked."""
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
        content = content_of(Path(file))
    except ExampleError:
        return None
    if not isinstance(content, dict) or set(content) != {"version", "nlu"} or content["version"] != VERSION:
        return None
    if not isinstance(content["nlu"], list) or not all(map(_is_plain, content["nlu"])):
        return None
    return TrainingData([message for block in content["nlu"] for message in _messages(block)])


def _is_plain(block: Any) -> bool:
    """Whether it is an intent with tags and one example a line, without markup."""
    if not isinstance(block, dict) or set(block) != {"intent", "metadata", "examples"}:
        return False
    intent, examples = block["intent"], block["examples"]
    if not isinstance(intent, str) or not isinstance(examples, str) or MARKUP & set(examples):
        return False
    return all(line.startswith("- ") for line in examples.splitlines())


def _messages(block: dict[str, Any]) -> list[Message]:
    lines = block["examples"].splitlines()
    return [
        Message.build(line[1:].strip(STRIP_SYMBOLS), block["intent"], intent_metadata=block["metadata"])
        for line in lines
    ]


def _name(intent: str | dict[str, object]) -> str:
    return intent if isinstance(intent, str) else next(iter(intent))
