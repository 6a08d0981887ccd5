"""The graph components, built by hand and without Rasa's training."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import deep_container_fingerprint
from threadpoolctl import threadpool_info, threadpool_limits

from bot.encoder import Encoder
from bot.nlu.examples import example_of
from bot.nlu.message_reader import READING, MessageReader
from bot.nlu.reply_selector import ReplySelector, asked_along, previous_topic
from bot.nlu.topic_classifier import TOPICS, TopicClassifier
from bot.nlu.triage_classifier import ASSESSMENT, TriageClassifier
from bot.processor import ArithmeticFault
from bot.triage.levels import Level
from bot.triage.reader import Reading, read
from tests.nlu.trackers import LISTEN, said, selected, spoke, tracker


class Letters:
    """A vector counts letters: enough to tell the toy messages apart."""

    def encode(self, texts: Any) -> np.ndarray:
        rows = [[text.count(chr(97 + i % 26)) / max(len(text), 1) for i in range(384)] for text in texts]
        return np.array(rows, dtype=np.float32)


TOY = {
    "faq/alcohol": ("none", ["booze and beer", "beer or booze", "booze booze", "bob beer"]),
    "off_topic": ("none", ["zigzag fuzz", "jazz quiz", "zoo jazz", "fizz quiz"]),
    "distress": ("distress", ["lonely hollow hall", "all hollow", "lonely hell", "hollow hell"]),
    "addiction": ("addiction", ["kick pack kick", "pick kick", "pack pick", "kick kack"]),
    "crisis": ("crisis", ["want worse wow", "wow woe", "woe want", "worse woe"]),
    "emergency": ("emergency", ["mmm mum dim", "mum mum", "dim mum", "mum mime"]),
}


def training_data() -> TrainingData:
    messages = []
    for intent, (level, texts) in TOY.items():
        kept = [f"{text}, {texts[0]}" for text in texts]
        for text in [*texts, *(f"{text} {text}" for text in texts), *kept]:
            subject = "other" if level == "emergency" else "self"
            tags = {"level": level, "subject": subject, "calibration": text in kept}
            message = Message.build(text, intent, intent_metadata=tags)
            message.set(READING, read_one(text))
            messages.append(message)
    return TrainingData(messages)


def read_one(text: str) -> Reading:
    return read(text, Letters())


def test_rasa_tells_readings_apart_by_their_own_fingerprint() -> None:
    """By their text, every number of every vector in it, else: minutes of the training."""
    once, again, other = (deep_container_fingerprint(read_one(text)) for text in ("booze", "booze", "beer"))
    assert once == again == read_one("booze").fingerprint()
    assert once != other


def message(
    text: str, level: str = "none", need: str = "", ranking: Any = (("off_topic", 0.9),), signals: Any = ()
) -> Message:
    made = Message({"text": text, READING: read_one(text), TOPICS: ranking})
    made.set(ASSESSMENT, {"level": level, "need": need, "signals": list(signals)})
    return made


@pytest.fixture
def storage(tmp_path: Path) -> LocalModelStorage:
    return LocalModelStorage.create(tmp_path)


READER = MessageReader(cast("Encoder", Letters()))


def test_the_reader_reads_the_whole() -> None:
    [read_message] = READER.process([Message({"text": "He is cold. Help"})])
    assert read_message.get(READING).text.text == "he is cold. help"
    assert len(read_message.get(READING).vectors) == 1
    assert read_message.get(READING).whole.shape == (384,)


def test_the_reader_reads_a_long_message_in_windows_too() -> None:
    [read_message] = READER.process([Message({"text": "he is cold and " * 50})])
    assert len(read_message.get(READING).vectors) > 2


def test_the_reader_reads_wholes_for_training() -> None:
    data = READER.process_training_data(TrainingData([Message({"text": "he is cold and " * 50})]))
    [example] = data.training_examples
    assert len(example.get(READING).vectors) == 1


def test_a_message_without_text_is_the_reading_of_nothing() -> None:
    [read_message] = READER.process([Message({})])
    assert read_message.get(READING).text.text == ""


def test_the_topic_classifier_ranks_what_it_learned_and_keeps_it(storage: LocalModelStorage) -> None:
    resource = TopicClassifier.create({}, storage, Resource("topics"), None).train(training_data())
    loaded = TopicClassifier.load({}, storage, resource, None)
    [ranked] = loaded.process([Message({"text": "booze", READING: read_one("booze booze beer")})])
    ranking = ranked.get(TOPICS)
    assert ranking[0][0] == "faq/alcohol"
    assert [p for _, p in ranking] == sorted((p for _, p in ranking), reverse=True)
    assert {label for label, _ in ranking} == {"faq/alcohol", "off_topic", "disclosure"}


@pytest.mark.parametrize(("level", "first"), [("crisis", "faq/alcohol"), ("none", "disclosure")])
def test_what_is_asked_beside_danger_is_looked_for_in_each_sentence(
    storage: LocalModelStorage, level: str, first: str
) -> None:
    TopicClassifier.create({}, storage, Resource("topics"), None).train(training_data())
    loaded = TopicClassifier.load({}, storage, Resource("topics"), None)
    loaded._encoder = cast("Encoder", Letters())
    [ranked] = loaded.process([message("want worse wow woe want worse wow woe. booze beer", level)])
    assert ranked.get(TOPICS)[0][0] == first


def test_the_triage_classifier_learns_levels_and_keeps_them(storage: LocalModelStorage) -> None:
    resource = TriageClassifier.create({}, storage, Resource("triage"), None).train(training_data())
    loaded = TriageClassifier.load({}, storage, resource, None)
    for text, level in (("mum mum mum", "emergency"), ("zigzag jazz quiz", "none")):
        [assessed] = loaded.process([Message({"text": text, READING: read_one(text)})])
        assert assessed.get(ASSESSMENT)["level"] == level
        json.dumps(assessed.get(ASSESSMENT))


def test_a_triage_classifier_neither_learns_nor_loads_where_arithmetic_is_wrong(
    storage: LocalModelStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = TriageClassifier.create({}, storage, Resource("triage"), None).train(training_data())

    def fault() -> None:
        raise ArithmeticFault

    monkeypatch.setattr("bot.nlu.triage_classifier.check_arithmetic", fault)
    with pytest.raises(ArithmeticFault):
        TriageClassifier.load({}, storage, resource, None)
    with pytest.raises(ArithmeticFault):
        TriageClassifier.create({}, storage, Resource("other"), None).train(training_data())


def test_a_loaded_triage_classifier_keeps_to_one_thread(storage: LocalModelStorage) -> None:
    resource = TriageClassifier.create({}, storage, Resource("triage"), None).train(training_data())
    with threadpool_limits(limits=2, user_api="blas"):
        TriageClassifier.load({}, storage, resource, None)
        assert {each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"} == {1}


def test_the_triage_classifier_reads_the_turns_before(storage: LocalModelStorage) -> None:
    resource = TriageClassifier.create({}, storage, Resource("triage"), None).train(training_data())
    loaded = TriageClassifier.load({}, storage, resource, None)
    before = tracker(
        LISTEN, said(assessment={"level": "crisis", "signals": ["suicidal_thoughts"]}), spoke("utter_crisis"), LISTEN
    )
    for metadata, is_an_answer in (({"seen": "m1"}, True), (None, True), ({"seen": "m0"}, False)):
        yes = Message({"text": "yes", READING: read_one("yes"), "metadata": metadata})
        loaded.process([yes], before)
        sources = {evidence["source"] for evidence in yes.get(ASSESSMENT)["evidence"]}
        assert ("yes to danger now" in sources) is is_an_answer


def test_an_example_of_rasas_with_its_tags() -> None:
    made = Message.build(
        "how come", "followup", intent_metadata={"kind": "why", "voice": "fragment", "calibration": True}
    )
    example = example_of(made)
    assert (example.label, example.level, example.voice) == ("followup/why", Level.NONE, "fragment")
    assert example.calibration


def test_an_unknown_tag_is_refused() -> None:
    with pytest.raises(ValueError, match="urgent"):
        example_of(Message.build("x", "crisis", intent_metadata={"level": "urgent"}))


FAQ = (("faq/alcohol", 0.9), ("faq/detox", 0.05))
DECLINE = (("decline", 0.6), ("disclosure", 0.3))
SEEKS = ("treatment_seeking",)
SELECTED: dict[str, tuple[Message, str, set[str]]] = {
    "a question": (message("x", ranking=FAQ), "faq", {"faq/alcohol"}),
    "an emergency": (message("x", "emergency", "medical"), "emergency", {"emergency/medical"}),
    "a crisis that asks": (message("x", "crisis", "abuse", FAQ), "crisis", {"crisis/abuse", "faq/alcohol"}),
    "a hand-off that asks": (message("x", "addiction", "relapse", FAQ), "faq", {"addiction/relapse", "faq/alcohol"}),
    "somebody who buys": (message("x", "addiction", "own_use", DECLINE), "decline", {"addiction/own_use"}),
    "who asks for help to stop": (
        message("x", "addiction", "treatment", DECLINE, SEEKS),
        "addiction",
        {"addiction/treatment"},
    ),
    "a hand-off": (message("x", "distress", "panic"), "distress", {"distress/panic"}),
    "Spanish": (message("hola, me quiero morir", "crisis", "suicidal_self"), "spanish", set()),
    "nothing": (message("x"), "off_topic", set()),
}


@pytest.mark.parametrize(("asked", "intent", "keys"), SELECTED.values(), ids=SELECTED)
def test_what_the_reply_selector_selects(asked: Message, intent: str, keys: set[str]) -> None:
    [done] = ReplySelector().process([asked])
    chosen = {name: one for name, one in done.get("response_selector").items() if name != "all_retrieval_intents"}
    assert done.get("intent")["name"] == intent
    assert {one["response"]["intent_response_key"] for one in chosen.values()} == keys
    json.dumps({name: done.get(name) for name in ("intent", "intent_ranking", "response_selector", "topic", "offered")})


def test_unsure_offers_the_nearest_topics() -> None:
    [done] = ReplySelector().process(
        [message("x", ranking=(("faq/alcohol", 0.2), ("off_topic", 0.1), ("faq/detox", 0.1)))]
    )
    assert done.get("intent")["name"] == "nlu_fallback"
    assert done.get("offered") == ["alcohol", "detox"]
    assert [topic["question"] for topic in done.get("suggestions")] == [
        "Can alcohol cause myoclonus?",
        "What does the article say about detox?",
    ]


def test_a_number_picks_from_what_was_offered() -> None:
    before = tracker(LISTEN, said("nlu_fallback", offered=["alcohol", "detox"]), LISTEN)
    [done] = ReplySelector().process([message("2")], before)
    assert (done.get("intent")["name"], done.get("topic")) == ("faq", "detox")


def test_a_number_does_not_pick_when_somebody_needs_help() -> None:
    before = tracker(LISTEN, said("nlu_fallback", offered=["alcohol", "detox"]), LISTEN)
    [done] = ReplySelector().process([message("2", "crisis", "lethal_means")], before)
    assert done.get("intent")["name"] == "crisis"


def test_a_question_asked_along_with_a_crisis_is_offered_in_the_next_turn() -> None:
    before = tracker(LISTEN, said("crisis", response_selector=selected("crisis/abuse", "faq/alcohol")), LISTEN)
    [done] = ReplySelector().process([message("thanks", ranking=(("chitchat/thanks", 0.9),))], before)
    assert done.get("offered") == ["alcohol"]


ALONG: dict[str, tuple[list[str], str]] = {
    "a crisis that asked": (["crisis/abuse", "faq/alcohol"], "alcohol"),
    "an emergency that asked": (["emergency/medical", "faq/detox"], "detox"),
    "a crisis": (["crisis/abuse"], ""),
    "a question": (["faq/alcohol"], ""),
    "a hand-off that asked": (["addiction/relapse", "faq/alcohol"], ""),
}


@pytest.mark.parametrize(("keys", "topic"), ALONG.values(), ids=ALONG)
def test_what_was_asked_along(keys: list[str], topic: str) -> None:
    assert asked_along({"response_selector": selected(*keys)}) == topic


def test_the_topic_answered_last_is_remembered_over_other_turns() -> None:
    turns = tracker(LISTEN, said(topic="alcohol"), LISTEN, said(topic="chitchat"), LISTEN, said(topic=None))
    assert previous_topic(turns) == "alcohol"
    assert previous_topic(None) is None
