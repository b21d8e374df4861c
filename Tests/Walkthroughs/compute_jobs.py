"""The compute service: create, read, page, and move a job on."""

from talk import begin

talk = begin()
talk("POST", "/jobs", {"name": "matrix", "payload": {"rows": 3}, "priority": 2})
talk("POST", "/jobs", {"name": "sum"}, {"Idempotency-Key": "once"})
talk("POST", "/jobs", {"name": "sum"}, {"Idempotency-Key": "once"})
talk("POST", "/jobs", {"name": "another"}, {"Idempotency-Key": "once"})
talk("POST", "/jobs", {"payload": 1})
talk("GET", "/jobs/1")
etag = talk.headers["ETag"]
talk("GET", "/jobs/1", headers={"If-None-Match": etag})
talk("GET", "/jobs?limit=1")
talk("GET", "/jobs?limit=1&cursor=2")
talk("PATCH", "/jobs/1/status", {"status": "succeeded"})
talk("PATCH", "/jobs/1/status", {"status": "running"})
talk("PATCH", "/jobs/1/status", {"status": "running"}, {"If-Match": etag})
talk("PATCH", "/jobs/1/status", {"status": "succeeded"})
talk("PATCH", "/jobs/2/status", {"status": "running"})
talk("PATCH", "/jobs/2/status", {"status": "failed", "error": "out of memory"})
talk("GET", "/jobs?status=failed")
talk("GET", "/jobs?status=done")
talk("GET", "/jobs/99")
