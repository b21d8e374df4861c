"""Prints what a server answers to each path, a body a line; of a stream of events so many, each on a line.

get.py ADDRESS PATH…, where a path of a stream ends with a space and a number.
"""

import sys
import urllib.request

address, *paths = sys.argv[1:]
for path in paths:
    path, _, count = path.partition(" ")
    with urllib.request.urlopen(address + path, timeout=60) as answer:
        if not count:
            print(answer.read().decode())
            continue
        events = (line[6:].decode() for line in answer if line.startswith(b"data: "))
        for _ in range(int(count)):
            print(next(events), end="")
