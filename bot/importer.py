"""The training data as Rasa reads it, without its one false alarm."""

from __future__ import annotations

from rasa.shared.core.domain import KEY_INTENTS, Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers import utils
from rasa.shared.importers.rasa import RasaFileImporter

from bot.nlu.reply_selector import RETRIEVAL


class Importer(RasaFileImporter):
    """Leaves the retrieval intents out of the domain it gives.

    Rasa finds them in the examples (`faq/alcohol`), adds them to the domain, and would call those that domain.yml lists
    duplicated. They stay listed there, because rules and tests are read before that: with the domain as it is written.
    """

    def get_domain(self) -> Domain:
        """domain.yml without what Rasa adds to it."""
        written = super().get_domain().as_dict()
        return Domain.from_dict(
            {**written, KEY_INTENTS: [one for one in written.get(KEY_INTENTS, []) if _name(one) not in RETRIEVAL]}
        )

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """As Rasa's, read with the whole domain."""
        return utils.story_graph_from_paths(self._story_files, super().get_domain(), exclusion_percentage)

    def get_conversation_tests(self) -> StoryGraph:
        """As Rasa's, read with the whole domain."""
        return utils.story_graph_from_paths(self._conversation_test_files, super().get_domain())


def _name(intent: str | dict[str, object]) -> str:
    return intent if isinstance(intent, str) else next(iter(intent))
