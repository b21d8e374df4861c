"""The image service: ask, wait until the worker in the server has made them, look at one."""

import http.client

from talk import begin

talk = begin()
made = talk("POST", "/generations", {"numImages": 3})
path = f"/generations/{made['jobId']}"
events = http.client.HTTPConnection(talk.host, talk.port, timeout=60)
events.request("GET", f"/v1/events?subject={made['jobId']}&from=start&types=job.succeeded")
for line in events.getresponse():
    if line.startswith(b"event: job.succeeded"):
        break
answer = talk("GET", path)
for image in answer["imageUrls"]:
    talk("GET", image)
talk("GET", path + "/images/4")
for number in (0, 11, "three", None):
    talk("POST", "/generations", {"numImages": number})
talk("GET", "/generations/99")
