"""Which picture of static/img/icons.svg stands beside a department: chosen by the department's address name."""

from typing import Final

_PICTOGRAMS: Final = {
    "internal-medicine": "stethoscope",
    "surgery": "bandage",
    "family-medicine": "house-heart",
    "pediatrics": "baby",
    "obstetrics-and-gynecology": "venus",
    "orthopedics": "bone",
    "ophthalmology": "eye",
    "otolaryngology": "ear",
    "dermatology": "hand",
    "dentistry": "toothbrush",
    "urology": "droplets",
    "psychiatry": "message-circle-heart",
    "neurology": "brain",
    "neurosurgery": "brain-circuit",
    "cardiology": "heart-pulse",
    "pulmonology": "wind",
    "gastroenterology-and-hepatology": "utensils",
    "oncology": "microscope",
    "rehabilitation-medicine": "accessibility",
    "plastic-surgery": "scan-face",
    "breast-and-thyroid": "ribbon",
    "anesthesiology": "bed",
    "radiology": "scan-line",
    "nuclear-medicine": "radiation",
    "traditional-chinese-medicine": "leaf",
    "geriatrics": "glasses",
    "diving-medicine": "waves",
    "hansens-disease": "hand-heart",
    "rare-disease": "dna",
    "postpartum-depression": "heart-handshake",
    "influenza": "thermometer",
    "medication-counselling": "pill",
    "nutrition": "apple",
    "smoking-cessation": "cigarette-off",
    "physical-fitness": "dumbbell",
}
_ANY: Final = "stethoscope"


def pictogram(slug: str) -> str:
    """The id of a symbol for a department's slug; the physician's sign where the slug is not one of those above."""
    return _PICTOGRAMS.get(slug, _ANY)
