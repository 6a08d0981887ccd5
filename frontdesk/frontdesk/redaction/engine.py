"""Presidio's pattern recognisers on a blank spaCy pipeline: no model, nothing to download.

Importing Presidio takes seconds, so only what redacts imports this module (frontdesk/redaction/redact.py).
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Sequence

import spacy
from django.conf import settings
from presidio_analyzer import AnalyzerEngine, PatternRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import LemmaContextAwareEnhancer
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from spacy.language import Language
from spacy.tokens import Doc

from frontdesk.redaction import patterns


class Engine:
    """Finds identifiers. One text at a time: what spaCy remembers of its words is forgotten after each."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._blank = spacy.blank("en")
        self._blank.add_pipe("lower_case_lemmas")
        registry = RecognizerRegistry(supported_languages=["en"])
        registry.recognizers = [
            PhoneRecognizer("PHONE", patterns=patterns.PHONE, context=patterns.PHONE_WORDS),
            PatternRecognizer("EMAIL", patterns=patterns.EMAIL),
            PatternRecognizer("SSN", patterns=patterns.SSN, context=patterns.SSN_WORDS),
            PatternRecognizer("CARD", patterns=patterns.CARD),
        ]
        self._analyzer = AnalyzerEngine(
            registry=registry,
            nlp_engine=BlankNlpEngine(self._blank),
            supported_languages=["en"],
            context_aware_enhancer=LemmaContextAwareEnhancer(
                context_prefix_count=6, context_suffix_count=4, context_matching_mode="whole_word"
            ),
        )

    def find(self, text: str) -> Sequence[RecognizerResult]:
        """Every identifier in `text`; two results may overlap."""
        # spaCy keeps each new word for good, which would be a leak, and of people's words at that.
        with self._one_at_a_time, self._blank.memory_zone():
            return self._analyzer.analyze(_plain(text), language="en", score_threshold=patterns.ENOUGH)


def _plain(text: str) -> str:
    """Digits of any script and wide signs as ASCII has them; every character stays in its place."""
    folded = (unicodedata.normalize("NFKC", one) if one > "\x7f" else one for one in text)
    return "".join(new if len(new) == 1 and new.isascii() else one for one, new in zip(text, folded, strict=True))


class BlankNlpEngine(SpacyNlpEngine):
    """Words in lower case and nothing else: what Presidio needs to find the context words."""

    def __init__(self, blank: Language) -> None:
        super().__init__()
        self.nlp = {"en": blank}  # type: ignore[assignment]  # Presidio declares None

    def is_stopword(self, word: str, language: str) -> bool:  # noqa: ARG002 (Presidio's signature)
        """spaCy counts "call" among the words that say nothing; here it says most."""
        return False


@Language.component("lower_case_lemmas")
def lower_case_lemmas(doc: Doc) -> Doc:
    """The blank pipeline has no lemmas, and Presidio compares nothing else."""
    for token in doc:
        token.lemma_ = token.lower_
    return doc


class PhoneRecognizer(PatternRecognizer):
    """Phone numbers, but for the lines that everybody may call, the helpline first."""

    def validate_result(self, pattern_text: str) -> bool | None:
        digits = re.sub(r"\D", "", pattern_text)
        lines = {settings.CONFIG.helpline.e164.removeprefix("+1"), *patterns.PUBLIC_LINES}
        # Their last seven digits too: a pattern may match that part alone.
        public = lines | {line[3:] for line in lines}
        # None leaves the pattern's own score; False takes the match away.
        return False if digits in public or digits.removeprefix("1") in public else None
