"""A job fanned out to tasks that workers take: retries, a dead letter, redrive, and every step live.

What happens by the clock (a backoff) is awaited by the events themselves.
"""

import http.client
import json

from talk import begin

talk = begin()


class Events:
    """The server's events, from now on."""

    def __init__(self, query):
        self.connection = http.client.HTTPConnection(talk.host, talk.port, timeout=60)
        self.connection.request("GET", "/v1/events?" + query)
        self.lines = self.connection.getresponse()

    def until(self, *names):
        """Shows what happens until all of these have."""
        wanted = list(names)
        event = {}
        while wanted:
            line = self.lines.readline().decode().strip()
            if line:
                name, _, value = line.partition(": ")
                event[name] = value
                continue
            if "event" in event:
                job = json.loads(event["data"]).get("job")
                print(f"~ {event['event']} {job}")
                if event["event"] in wanted:
                    wanted.remove(event["event"])
            event = {}


def leases(answer):
    return [(lease["job"], lease["attempt"], lease["payload"], lease["token"]) for lease in answer["leases"]]


def take(worker, most=10, wait=0):
    body = {"worker": worker, "queues": ["map"], "max": most, "waitMs": wait}
    taken = leases(talk("POST", "/v1/dispatch", body, show=False))
    for job, attempt, payload, _ in taken:
        print(f"* {worker} has job {job}, attempt {attempt}, {payload}")
    return taken


def tasks(job):
    shown = talk("GET", f"/v1/jobs/{job}", show=False)
    print(f"* job {job} is {shown['state']}, tasks {json.dumps(shown['tasks'])}")


retry = {"maxAttempts": 2, "baseMs": 10, "jitter": 0}
job = talk(
    "POST",
    "/v1/jobs",
    {
        "kind": "wordcount",
        "queue": "jobs",
        "onTaskFailure": "wait",
        "tasks": [{"kind": "count", "queue": "map", "payload": {"page": page}, "retry": retry} for page in (1, 2, 3)],
    },
)["id"]
events = Events(f"subject={job}&from=start")
events.until("job.created")
tasks(job)
(one, two, three) = take("worker-a")
talk("POST", f"/v1/leases/{one[3]}/complete", {"result": {"words": 7}}, show=False)
for lost in (two, three):
    body = {"type": "timeout", "message": "the page did not load"}
    talk("POST", f"/v1/leases/{lost[3]}/fail", body, show=False)
    events.until("job.due")
(two, three) = take("worker-b", wait=10_000)
talk("POST", f"/v1/leases/{two[3]}/complete", {"result": {"words": 5}}, show=False)
talk("POST", f"/v1/leases/{three[3]}/fail", {"type": "parse", "message": "no words"}, show=False)
events.until("job.died")
tasks(job)
stale = talk("POST", f"/v1/leases/{three[3]}/complete", {}, show=False)
print(f"* a stale lease: {talk.status} {stale['code']}")
talk("POST", f"/v1/jobs/{three[0]}/redrive", {}, show=False)
(three,) = take("worker-c", wait=10_000)
talk("POST", f"/v1/leases/{three[3]}/complete", {"result": {"words": 0}}, show=False)
events.until("job.succeeded", "job.succeeded")
tasks(job)
