"""The thirty-five departments that the house begins with: those of the Taiwan e-Hospital, in both languages."""

from typing import Final

from django.utils.text import slugify

from people.models import Department

STANDARD: Final = (
    ("內科", "Internal Medicine", "physician"),
    ("外科", "Surgery", "physician"),
    ("家醫科", "Family Medicine", "physician"),
    ("兒科", "Pediatrics", "physician"),
    ("婦產科", "Obstetrics and Gynecology", "physician"),
    ("骨科", "Orthopedics", "physician"),
    ("眼科", "Ophthalmology", "physician"),
    ("耳鼻喉科", "Otolaryngology", "physician"),
    ("皮膚科", "Dermatology", "physician"),
    ("牙科", "Dentistry", "physician"),
    ("泌尿科", "Urology", "physician"),
    ("精神科", "Psychiatry", "physician"),
    ("神經內科", "Neurology", "physician"),
    ("神經外科", "Neurosurgery", "physician"),
    ("心臟血管專科", "Cardiology", "physician"),
    ("胸腔內科", "Pulmonology", "physician"),
    ("肝膽腸胃科", "Gastroenterology and Hepatology", "physician"),
    ("腫瘤科", "Oncology", "physician"),
    ("復健科", "Rehabilitation Medicine", "physician"),
    ("整型外科", "Plastic Surgery", "physician"),
    ("乳房甲狀腺科", "Breast and Thyroid", "physician"),
    ("麻醉科", "Anesthesiology", "physician"),
    ("放射線科", "Radiology", "physician"),
    ("核子醫學科", "Nuclear Medicine", "physician"),
    ("中醫科", "Traditional Chinese Medicine", "physician"),
    ("高年科", "Geriatrics", "physician"),
    ("潛水醫學科", "Diving Medicine", "physician"),
    ("漢生病", "Hansen's Disease", "physician"),
    ("罕見疾病", "Rare Disease", "physician"),
    ("產後憂鬱諮詢", "Postpartum Depression", "counselling"),
    ("流感諮詢", "Influenza", "counselling"),
    ("藥物諮詢", "Medication Counselling", "pharmacist"),
    ("營養教室", "Nutrition", "dietitian"),
    ("戒菸諮詢", "Smoking Cessation", "counselling"),
    ("體適能", "Physical Fitness", "counselling"),
)


def ensure_departments() -> None:
    """Make the standard departments where the house has none at all; an existing set is the operator's own."""
    if Department.objects.exists():
        return
    Department.objects.bulk_create(
        Department(slug=slugify(name_en), name_en=name_en, name_zh_hant=name_zh_hant, kind=kind, order=order * 10)
        for order, (name_zh_hant, name_en, kind) in enumerate(STANDARD, start=1)
    )
