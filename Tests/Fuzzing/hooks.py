"""What the fuzzer's own check can't know: some sound requests are refused for what was said before, or at that time.

It takes the place of `positive_data_acceptance`: a refusal must be one of these.
"""

import schemathesis
from schemathesis import Case, CheckContext, Response
from schemathesis.core.failures import Failure

# Problems that no schema can tell beforehand.
BY_CODE = {"keyReused", "approvalNeeded"}
BY_SENTENCE = (
    "must lie in the future",
    "must have at least one term",
    "is for the tasks",
    "is no event of",
    "there is no job",
    "is not of a page",
    "stands beside",
    "stands without a payload",
    "Idempotency-Key",
    "must be a text where",
    "needs a uniqueKey",
    "before it may run",
    "begin together",
    "bytes",
)


class Refused(Failure):
    pass


@schemathesis.check
def sound_requests_are_taken(ctx: CheckContext, response: Response, case: Case) -> None:
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code not in (400, 415, 422):
        return
    problem = response.json()
    if problem["code"] in BY_CODE or any(sentence in problem["detail"] for sentence in BY_SENTENCE):
        return
    raise Refused(operation=case.operation.label, title="A sound request was refused", message=problem["detail"])
