"""The rebalancing service: suggest, approve one and many, take the oldest, complete it; 404 when there is none."""

from talk import begin

talk = begin()


def suggestion(number):
    return {"from_station": f"Pier {number}", "to_station": 100 + number, "bikes": number, "confidence": 0.5, "zone": "bay"}


talk("POST", "/dispatch/next", {"worker_id": "van-1"})
for number in range(1, 5):
    talk("POST", "/suggestions", suggestion(number))
talk("POST", "/suggestions", {"from_station": "Pier 1"})
talk("POST", "/suggestions", b"{")
talk("GET", "/suggestions")
talk("POST", "/suggestions/2/approve")
talk("POST", "/suggestions/2/approve")
talk("POST", "/suggestions/approve", {"ids": [1, 3]})
talk("POST", "/suggestions/approve", {"ids": [4, 99]})
talk("GET", "/suggestions")
talk("POST", "/dispatch/next", {"worker_id": "van-1"})
talk("POST", "/dispatch/next", {"worker_id": "van-2"})
talk("POST", "/task/2/complete", {"worker_id": "van-2"})
talk("POST", "/task/2/complete")
talk("POST", "/task/2/complete")
talk("GET", "/task/2")
talk("GET", "/task/3")
talk("POST", "/task/4/complete")
talk("POST", "/task/99/complete")
talk("POST", "/dispatch/next", {"worker_id": "van-1"})
talk("POST", "/dispatch/next", {"worker_id": "van-1"})
talk("POST", "/dispatch/next", {})
