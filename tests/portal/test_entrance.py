"""`/` leads to the language that the browser prefers."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("preferred", "address"),
    [
        ("zh-TW,zh;q=0.9,en;q=0.8", "/zh-hant/"),
        ("zh", "/zh-hant/"),
        ("zh-HK", "/zh-hant/"),
        ("zh-CN", "/zh-hant/"),
        ("zh-Hans-CN", "/zh-hant/"),
        ("zh-Hant", "/zh-hant/"),
        ("en-GB,zh;q=0.5", "/en/"),
        ("zh;q=0.4,en;q=0.5", "/en/"),
        ("ja,zh;q=0.5", "/zh-hant/"),
        ("ja", "/en/"),
        ("*", "/en/"),
        ("zh;q=nonsense", "/en/"),
        ("zh" * 5000, "/en/"),
        ("", "/en/"),
    ],
)
def test_the_door_without_a_language_leads_to_the_preferred_one(client: Client, preferred: str, address: str) -> None:
    client.cookies["django_language"] = "zh-hant" if address == "/en/" else "en"

    response = client.get("/", headers={"accept-language": preferred})

    assert (response.status_code, response.headers["Location"]) == (302, address)
    assert response.headers["Vary"] == "Accept-Language"
    assert response.cookies == {}


def test_nothing_is_sent_to_the_door(client: Client) -> None:
    assert client.post("/").status_code == 405


def test_crawlers_are_told_to_leave_staff_and_machines_alone_and_may_read_noindex(client: Client) -> None:
    response = client.get("/robots.txt")

    lines = [line for line in response.content.decode().splitlines() if line]
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[0] == "User-agent: *"
    machines = [f"/{prefix}/search/{way}" for prefix in ("en", "zh-hant") for way in ("suggest", "feed/")]
    assert lines[1:] == [
        *(f"Disallow: {path}" for path in ("/admin/", "/accounts/", *machines)),
        "Sitemap: http://testserver/sitemap.xml",
    ]
    assert "default-src" in response["Content-Security-Policy"]
