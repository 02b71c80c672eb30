"""Prints every path that Synapse registers for clients with the configuration it is given: a method and a template a line."""

import re
import sys
from unittest.mock import MagicMock

from synapse.config.homeserver import HomeServerConfig
from synapse.rest import ClientRestResource, admin
from synapse.rest.client import media

GROUP = re.compile(r"\(\?P<(\w+)>([^()]*)\)")
VERSIONS = ("v3", "v1", "r0", "api/v1", "unstable")


def named(match):
    name, inner = match.groups()
    # What can only be one of a few words is written out below; anything else is a parameter.
    return f"({inner})" if re.fullmatch(r"[\w|]+", inner) else "{" + name + "}"


def templates(pattern):
    path = GROUP.sub(named, pattern).lstrip("^").rstrip("$").replace("\\", "")
    while "(" in path:
        inner = re.search(r"\(([^()]*)\)(\??)", path)
        words, optional = inner.group(1).split("|"), inner.group(2)
        if set(words) & set(VERSIONS) and not optional:
            words = [next(version for version in VERSIONS if version in words)]
        paths = [path[: inner.start()] + word + path[inner.end() :] for word in words]
        if len(paths) > 1:
            return [one for path in paths for one in templates(path)]
        path = paths[0]
    return [path]


class Listing:
    def __init__(self):
        self.lines = set()

    def register_paths(self, method, path_patterns, *_args, **_more):
        for pattern in path_patterns:
            self.lines.update(f"{method} {template}" for template in templates(pattern.pattern))


config = HomeServerConfig.load_config("routes", ["-c", sys.argv[1]])
homeserver = MagicMock(config=config, hostname=config.server.server_name)
listing = Listing()
ClientRestResource.register_servlets(listing, homeserver)
media.register_servlets(homeserver, listing)
admin.register_servlets(homeserver, listing)
print("\n".join(sorted(listing.lines)))
