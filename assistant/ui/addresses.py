"""Whose address it is: this machine's, the page's own, or another page's."""

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Tell whether a name or an address means this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def names_loopback(headers: Mapping[str, str]) -> bool:
    """Tell whether a request calls the server by a name of this machine, as no name made up elsewhere is."""
    try:
        return is_loopback(urlsplit(f"//{headers.get('host', '')}").hostname or "")
    except ValueError:
        return False


def is_foreign(headers: Mapping[str, str]) -> bool:
    """Tell whether a browser says that a page of another origin asks. To follow a link from there is no asking."""
    if site := headers.get("sec-fetch-site"):
        if site in ("same-origin", "none"):
            return False
        return headers.get("sec-fetch-mode") != "navigate" or "origin" in headers
    if "origin" not in headers:
        return False
    known = {headers.get("host"), headers.get("x-forwarded-host")} - {None}
    return headers["origin"].partition("://")[2] not in known
