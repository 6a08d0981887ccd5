"""The signals that triage knows, most urgent first, and the level each stands for (bot/triage/levels.py)."""

from __future__ import annotations

from frontdesk.transcripts.levels import Level

BY_LEVEL = {
    Level.EMERGENCY: ("overdose", "medical_emergency", "suicide_imminent", "violence_now"),
    Level.CRISIS: (
        "suicidal_thoughts",
        "past_attempt",
        "self_harm",
        "lethal_means",
        "abuse",
        "harm_to_others",
        "child_at_risk",
    ),
    Level.ADDICTION: (
        "withdrawal",
        "craving",
        "loss_of_control",
        "misuse",
        "relapse",
        "treatment_seeking",
        "concern_for_other",
    ),
    Level.DISTRESS: ("hopelessness", "panic", "overwhelmed", "loneliness", "grief", "severe_pain", "wants_human"),
}
LEVEL_OF = {signal: level for level, signals in BY_LEVEL.items() for signal in signals}
