"""Two jobs for the README's worker, one of which it can't do; waits until both have ended."""

import http.client
import json
import subprocess
import sys

from talk import Talk

talk = Talk(sys.argv[1])
worker = subprocess.Popen([sys.executable, sys.argv[2], sys.argv[1], "sums"], stderr=subprocess.DEVNULL)
try:
    once = {"kind": "sum", "queue": "sums", "retry": {"maxAttempts": 1}}
    talk("POST", "/v1/jobs", once | {"payload": {"numbers": [1, 2, 3]}}, show=False)
    talk("POST", "/v1/jobs", once | {"payload": {}}, show=False)
    events = http.client.HTTPConnection(talk.host, talk.port, timeout=60)
    events.request("GET", "/v1/events?from=start&types=job.succeeded,job.died")
    ended = 0
    for line in events.getresponse():
        ended += line.startswith(b"event: job.")
        if ended == 2:
            break
    for job in (1, 2):
        shown = talk("GET", f"/v1/jobs/{job}", show=False)
        result = json.dumps(shown["result"]) if shown["state"] == "succeeded" else shown["failure"]["type"]
        print(f"job {job} {shown['state']} {result}")
finally:
    worker.kill()
    worker.wait()
