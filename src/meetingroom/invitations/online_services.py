"""The services for online meetings that this program knows, read from the data file once."""

import tomllib
from functools import cache

from meetingroom.domain.online_services import OnlineServices, services_of
from meetingroom.resources import resource


@cache
def online_services() -> OnlineServices:
    """All that `resources/services.toml` tells."""
    with resource("services.toml").open("rb") as file:
        return services_of(tomllib.load(file))
