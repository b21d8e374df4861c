"""Creates jobs from 16 clients, tells the server to stop in the midst of it, and prints what was acknowledged.

Clients that say nothing, say half, and only listen are connected all the while: the server must not wait for them.
"""

import http.client
import os
import signal
import socket
import sys
import threading

from talk import Talk

talk = Talk(sys.argv[1])
half = b"POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
silent = [socket.create_connection((talk.host, talk.port)) for _ in range(8)]
for one in silent[:4]:
    one.sendall(half)
listener = http.client.HTTPConnection(talk.host, talk.port)
listener.request("GET", "/v1/events")
listener.getresponse()
parked = socket.create_connection((talk.host, talk.port))
body = b'{"worker": "w", "queues": ["none"], "waitMs": 60000}'
parked.sendall(
    b"POST /v1/dispatch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
    % (len(body), body)
)
acknowledged, lock, enough = [], threading.Lock(), threading.Event()


def create():
    talk = Talk(sys.argv[1])
    try:
        while True:
            made = talk("POST", "/v1/jobs", {"kind": "k"}, show=False)
            if talk.status != 201:
                return
            with lock:
                acknowledged.append(made["id"])
                if len(acknowledged) >= 300:
                    enough.set()
    except (OSError, http.client.HTTPException):
        pass


clients = [threading.Thread(target=create) for _ in range(16)]
for client in clients:
    client.start()
enough.wait()
os.kill(int(sys.argv[2]), signal.SIGTERM)
for client in clients:
    client.join()
print("\n".join(map(str, acknowledged)))
