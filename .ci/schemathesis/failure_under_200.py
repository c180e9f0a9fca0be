"""Lets Schemathesis see the failures that a vendor answers with HTTP 200.

`x-failure` says how such a body is recognised. Here the answer's status becomes 422, and the prepared spec has the
failure's schema under 422, so that every check judges the answer as what it is.
"""

import schemathesis

FAILED = 422


def at(body, key):
    """What stands at a key whose dots lead into objects, and whether anything does."""
    for part in key.split("."):
        if not isinstance(body, dict) or part not in body:
            return False, None
        body = body[part]
    return True, body


def tells(body, mark):
    if "any" in mark:
        return any(tells(body, one) for one in mark["any"])
    if "present" in mark:
        return at(body, mark["present"])[0]
    return all(at(body, key) == (True, value) for key, value in mark["equals"].items())


@schemathesis.hook
def after_call(context, case, response):
    mark = case.operation.definition.raw.get("x-failure")
    if mark is None or not 200 <= response.status_code < 300:
        return
    try:
        body = response.json()
    except ValueError:
        return
    if tells(body, mark):
        response.status_code = FAILED
        response.message = "failure under 200"
