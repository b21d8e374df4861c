"""What the fuzzer leaves out of sound requests: whether it can be taken depends on what was said before."""

import schemathesis

DEPENDENT = ("Idempotency-Key", "cursor", "before")


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta and not case.meta.generation.mode.is_positive:
        return
    for name in DEPENDENT:
        for part in (case.headers, case.query):
            if part and name in part:
                del part[name]
