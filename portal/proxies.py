"""Who asks: the client's address and scheme, from a proxy's headers only where the proxy is one of ours."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from portal.chain import GetResponse
from portal.environment import Network

Address = IPv4Address | IPv6Address
FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)


class TrustedProxies:
    """Middleware: REMOTE_ADDR and the scheme become the client's; the headers are gone for everyone after it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        headers = {name: request.META.pop(name, "") for name in FORWARDED}
        proxies = settings.TRUSTED_PROXIES
        if is_trusted(parse(request.META.get("REMOTE_ADDR", "")), proxies):
            request.META["REMOTE_ADDR"] = client_address(
                request.META["REMOTE_ADDR"], headers["HTTP_X_FORWARDED_FOR"], proxies
            )
            # The nearest proxy's word is the last one in a list.
            if headers["HTTP_X_FORWARDED_PROTO"].rpartition(",")[2].strip() == "https":
                request.META["wsgi.url_scheme"] = "https"
        return self.get_response(request)


def client_address(peer: str, forwarded_for: str, proxies: Sequence[Network]) -> str:
    """The right-most hop that is no proxy of ours; what stands left of it is only what a client claimed.

    `peer` is the address of the connection, itself trusted. A hop that is no address ends the walk, and the last
    proxy before it is the answer.
    """
    found = parse(peer)
    for hop in reversed(forwarded_for.split(",")):
        address = parse(hop)
        if address is None:
            break
        found = address
        if not is_trusted(address, proxies):
            break
    return str(found)


def parse(hop: str) -> Address | None:
    """An address with or without port or brackets; one of IPv4 inside IPv6 is IPv4. None for anything else."""
    hop = hop.strip()
    if hop.startswith("["):
        hop = hop[1:].partition("]")[0]
    elif hop.count(":") == 1:
        hop = hop.partition(":")[0]
    try:
        address = ip_address(hop)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_trusted(address: Address | None, proxies: Sequence[Network]) -> bool:
    return address is not None and any(address in network for network in proxies)
