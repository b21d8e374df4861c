"""The same requests under the same keys; their answers are to be the same whenever they are made."""

from talk import begin

talk = begin()
talk("POST", "/v1/jobs", {"kind": "k", "payload": [1, 2]}, {"Idempotency-Key": "job"})
talk("POST", "/v1/jobs/batch", {"jobs": [{"kind": "a"}, {"kind": "b"}]}, {"Idempotency-Key": "batch"})
talk("POST", "/suggestions", {"from_station": 1, "to_station": 2, "bikes": 3, "confidence": 1}, {"Idempotency-Key": "s"})
talk("POST", "/simulations/", {"name": "plate"}, {"Idempotency-Key": "simulation"})
talk("PUT", "/simulations/5", {"name": "slab", "status": "running"}, {"Idempotency-Key": "change"})
talk("PUT", "/simulations/5", {"name": "beam"}, {"Idempotency-Key": "change"})
talk("POST", "/jobs", {"name": "sum"}, {"Idempotency-Key": "compute"})
talk("POST", "/jobs", {"name": "other"}, {"Idempotency-Key": "compute"})
