"""The simulation service: a machine, a simulation on it, its curve over HTTP and a WebSocket, and its end."""

import json

from websockets.sync.client import connect

from talk import begin, plain

talk = begin()
T = ["2024-05-01T10:00:%02dZ" % second for second in range(10)]
socket = f"ws://{talk.host}:{talk.port}/ws/convergence/"


def hear(live):
    print(f"= {plain(json.dumps(json.loads(live.recv(timeout=30))))}")


talk("GET", "/health", show=False)
assert talk.status == 200
talk("GET", "/machines/")
talk("POST", "/machines/", {"name": "node-1", "cpu": "2 x EPYC 7742", "gpu": "A100", "memory": 512})
talk("POST", "/machines/", {"name": "node-1", "cpu": "", "gpu": "", "memory": 1})
talk("POST", "/machines/", {"name": "node-2", "cpu": "Xeon", "gpu": "none", "memory": 64, "status": "maintenance"})
talk("GET", "/machines/1")
talk("PATCH", "/machines/2/status", {"status": "available"})
talk("PATCH", "/machines/2/status", {"status": "broken"})
talk("POST", "/simulations/", {"name": "flat plate", "machine_id": 1})
talk("POST", "/simulations/7/create-bare-sql", {"name": "flat plate", "machine_id": 1})
talk("GET", "/simulations/")
talk("GET", "/simulations/1/detailed")
talk("PUT", "/simulations/1", {"status": "running"})
talk("GET", "/machines/1")
talk("GET", "/simulations/?status=running")
talk("POST", "/convergence/data", {"simulation_id": 1, "loss_value": 0.9, "timestamp": T[0]})
talk("POST", "/convergence/1/add-bare-sql", {"loss_value": 0.5, "timestamp": T[1]})
with connect(socket + "1") as live:
    hear(live)
    talk("POST", "/convergence/data", {"simulation_id": 1, "loss_value": 0.25, "timestamp": T[2]})
    hear(live)
    talk("POST", "/convergence/data", {"simulation_id": 1, "loss_value": "NaN", "timestamp": T[3]})
    hear(live)
    talk("GET", "/convergence/1/graph")
    talk("PUT", "/simulations/1", {"status": "finished"})
    hear(live)
    for message in live:
        print(f"= {message}")
    print(f"= closed {live.protocol.close_code}")
talk("GET", f"/convergence/1/stream?since={T[1]}")
talk("GET", "/convergence/1/data?limit=2")
talk("GET", "/convergence/1/graph")
talk("POST", "/convergence/data", {"simulation_id": 1, "loss_value": 0.1})
talk("PUT", "/simulations/1", {"status": "running"})
talk("PUT", "/simulations/2", {"name": "rough plate"})
talk("DELETE", "/simulations/2")
talk("GET", "/simulations/2")
talk("GET", "/simulations/?order_by=id&order=desc")
talk("POST", "/simulations/", {"machine_id": 1})
talk("GET", "/simulations/99")
try:
    connect(socket + "99")
except Exception as refusal:
    print(f"= {type(refusal).__name__}: {refusal}")
