"""The signals that triage knows, most urgent first: what the list can be filtered by."""

from __future__ import annotations

SIGNALS = (
    "overdose",
    "medical_emergency",
    "suicide_imminent",
    "violence_now",
    "suicidal_thoughts",
    "past_attempt",
    "self_harm",
    "lethal_means",
    "abuse",
    "harm_to_others",
    "child_at_risk",
    "withdrawal",
    "craving",
    "loss_of_control",
    "misuse",
    "relapse",
    "treatment_seeking",
    "concern_for_other",
    "hopelessness",
    "panic",
    "overwhelmed",
    "loneliness",
    "grief",
    "severe_pain",
    "wants_human",
)
