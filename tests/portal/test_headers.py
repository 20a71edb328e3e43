"""Every answer carries the security headers."""

import pytest
from django.test import Client

HEADERS = [
    "Content-Security-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "X-Content-Type-Options",
]


@pytest.mark.parametrize(
    ("address", "status"),
    [("/", 302), ("/en/no-such-page/", 404), ("/en/?q=%00", 400), ("/health/live", 200)],
)
def test_every_answer_carries_the_security_headers(client: Client, address: str, status: int) -> None:
    response = client.get(address)

    assert response.status_code == status
    assert [name for name in HEADERS if name not in response.headers] == []
