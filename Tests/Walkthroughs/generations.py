"""The image service: ask, wait until the worker in the server has made them, look at one."""

import time

from talk import begin

talk = begin()
made = talk("POST", "/generations", {"numImages": 3})
path = f"/generations/{made['jobId']}"
deadline = time.monotonic() + 60
while talk("GET", path, show=False)["status"] in ("pending", "processing") and time.monotonic() < deadline:
    time.sleep(0.01)
answer = talk("GET", path)
for image in answer["imageUrls"]:
    talk("GET", image)
talk("GET", path + "/images/4")
for number in (0, 11, "three", None):
    talk("POST", "/generations", {"numImages": number})
talk("GET", "/generations/99")
