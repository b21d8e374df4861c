"""Speaks plain HTTP to a server and prints the talk, so that two talks can be compared line by line.

What differs from run to run (times, places in the log) is printed as words; everything else as it came.
"""

import http.client
import json
import re
import sys

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
PLACE = re.compile(r"\"(sequence|version)\":\d+")
TAG = re.compile(r"\"c?[0-9a-f]+\"")
SEEN = ("Location", "Allow", "Retry-After", "ETag")


class Talk:
    def __init__(self, address):
        self.host, port = address.removeprefix("http://").split(":")
        self.port = int(port)
        self.connection = http.client.HTTPConnection(self.host, self.port, timeout=60)

    def __call__(self, method, path, body=None, headers=None, show=True):
        """One request; the answer's JSON, or its text. Bodies are JSON unless they are bytes."""
        headers = dict(headers or {})
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        if data is not None:
            headers.setdefault("Content-Type", "application/json")
        self.connection.request(method, path, data, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        if show:
            note = "".join(f" [{name}: {TAG.sub('<tag>', value)}]" for name, value in headers.items() if name != "Content-Type")
            print(f"> {method} {path}{note}" + (f" {data.decode()}" if data is not None else ""))
            seen = "".join(
                f" [{name}: {TAG.sub('<tag>', response.headers[name])}]" for name in SEEN if response.headers[name]
            )
            print(f"< {response.status}{seen} {plain(text)}".rstrip())
        self.status, self.headers = response.status, response.headers
        return json.loads(text) if "json" in (response.headers["Content-Type"] or "") and text else text


def plain(text):
    return PLACE.sub(r'"\1":<place>', TIME.sub("<time>", text.replace("\n", "\\n")))


def begin():
    """The talk with the server that the command line names."""
    return Talk(sys.argv[1])
