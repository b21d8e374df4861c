"""64 workers take tasks at once: each task goes to one of them, and all are completed."""

import sys
import threading

from talk import Talk

TASKS, WORKERS = 500, 64
talk = Talk(sys.argv[1])
ids = []
for number in range(TASKS):
    body = {"from_station": number, "to_station": number + 1, "bikes": 1, "confidence": 1}
    ids.append(talk("POST", "/suggestions", body, show=False)["id"])
talk("POST", "/suggestions/approve", {"ids": ids}, show=False)

taken, lock = [], threading.Lock()


def work(name):
    talk = Talk(sys.argv[1])
    while True:
        task = talk("POST", "/dispatch/next", {"worker_id": name}, show=False)
        if talk.status == 404:
            return
        with lock:
            taken.append((task["id"], name))
        done = talk("POST", f"/task/{task['id']}/complete", {"worker_id": name}, show=False)
        assert talk.status == 200 and done["status"] == "completed" and done["worker_id"] == name, done


threads = [threading.Thread(target=work, args=(f"worker-{number}",)) for number in range(WORKERS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"{len(taken)} taken, {len(set(id for id, _ in taken))} different, {sorted(id for id, _ in taken) == sorted(ids)}")
