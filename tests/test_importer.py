"""Rasa makes the same of our importer's data as of its own's, and warns of nothing."""

from __future__ import annotations

import warnings

import pytest
from rasa.shared.importers.importer import CombinedDataImporter, ResponsesSyncImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.importer import Importer
from bot.nlu.reply_selector import RETRIEVAL
from bot.paths import ROOT


@pytest.fixture(autouse=True)
def _few_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them take Rasa half a minute to read; here only which intents have a slash matters."""
    few = TrainingData([Message.build(f"one of {intent}", f"{intent}/detail") for intent in RETRIEVAL])
    monkeypatch.setattr(RasaFileImporter, "get_nlu_data", lambda *_: few)


def made(kind: type[RasaFileImporter]) -> ResponsesSyncImporter:
    own = kind(str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data")])
    return ResponsesSyncImporter(CombinedDataImporter([own]))


def test_the_domain_and_the_rules_stay_the_same() -> None:
    ours, rasas = made(Importer), made(RasaFileImporter)
    assert ours.get_domain().fingerprint() == rasas.get_domain().fingerprint()
    assert ours.get_stories().fingerprint() == rasas.get_stories().fingerprint()
    assert set(RETRIEVAL) <= set(ours.get_domain().intents)


@pytest.mark.parametrize(("kind", "warned"), [(Importer, False), (RasaFileImporter, True)])
def test_only_rasas_own_calls_intents_duplicated(kind: type[RasaFileImporter], *, warned: bool) -> None:
    """When Rasa's no longer does, ours can go."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        made(kind).get_domain()
    assert any("duplicated intents" in str(one.message) for one in caught) is warned


def test_examples_without_a_domain() -> None:
    """As `rasa test nlu --cross-validation` reads each fold."""
    own = Importer(str(ROOT / "config.yml"), training_data_paths=[str(ROOT / "data")])
    assert own.get_domain().is_empty()
