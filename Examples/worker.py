"""A worker with the standard library alone: python3 worker.py http://127.0.0.1:8000 QUEUE"""
import json, sys, threading, urllib.error, urllib.request

SERVER, QUEUE = sys.argv[1:3]

def call(path, body):
    data, fields = json.dumps(body).encode(), {"Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(SERVER + path, data, fields), timeout=90) as answer:
        return json.loads(answer.read() or "null")

def work(payload):  # Your part; what it returns is the job's result.
    return {"sum": sum(payload["numbers"])}

def beat(lease, done):  # Keeps the lease for work that takes longer.
    while not done.wait(20):
        call(f"{lease}/heartbeat", {})

while True:
    for job in call("/v1/dispatch", {"worker": "python", "queues": [QUEUE], "waitMs": 60000})["leases"]:
        lease, done = f"/v1/leases/{job['token']}", threading.Event()
        threading.Thread(target=beat, args=(lease, done), daemon=True).start()
        try:
            verb, said = "complete", {"result": work(job["payload"])}
        except Exception as error:
            verb, said = "fail", {"type": type(error).__name__, "message": str(error)}
        done.set()
        try:
            call(f"{lease}/{verb}", said)
        except urllib.error.HTTPError as error:
            print(f"job {job['job']}:", json.load(error)["detail"], file=sys.stderr)
