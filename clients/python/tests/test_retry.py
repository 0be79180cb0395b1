import grpc
import pytest
from erpsync import Refused
from erpsync._retry import Policy, may_resume, may_retry


@pytest.mark.parametrize(
    "failures, delay, chance, wait",
    [
        (1, None, 0.0, 0.1),
        (2, None, 0.0, 0.2),
        (3, None, 0.0, 0.4),
        (4, None, 0.0, 0.8),
        (7, None, 0.0, 5.0),
        (9_999, None, 0.0, 5.0),
        (1, None, 1.0, 0.05),
        (7, None, 0.5, 3.75),
        # What the server gives is not shortened, and 30 s at most.
        (1, 2.0, 1.0, 2.0),
        (5, 29.9, 0.0, 29.9),
        (1, 31.0, 0.0, 30.0),
        (1, 0.0, 0.0, 0.0),
    ],
)
def test_waits(failures, delay, chance, wait):
    assert Policy(chance=lambda: chance).wait(failures, delay) == pytest.approx(wait)


@pytest.mark.parametrize(
    "code, reason, delay, retry, resume",
    [
        ("UNAVAILABLE", "", None, True, True),
        ("UNAVAILABLE", "DATABASE_UNAVAILABLE", None, True, True),
        ("DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED", None, True, True),
        ("DEADLINE_EXCEEDED", "", None, False, False),
        ("RESOURCE_EXHAUSTED", "OVERLOADED", 1.0, True, True),
        ("RESOURCE_EXHAUSTED", "MESSAGE_TOO_LARGE", None, False, False),
        ("RESOURCE_EXHAUSTED", "SLOW_CONSUMER", None, False, True),
        ("INTERNAL", "", None, True, True),
        ("INTERNAL", "INTERNAL", None, False, False),
        ("UNKNOWN", "", None, True, True),
        ("CANCELLED", "", None, True, True),
        ("ABORTED", "REVISION_NOT_REACHED", None, False, False),
        ("ABORTED", "", None, False, False),
        ("FAILED_PRECONDITION", "INSUFFICIENT_STOCK", None, False, False),
        ("OUT_OF_RANGE", "RESUME_TOKEN_EXPIRED", None, False, False),
        ("UNAUTHENTICATED", "TOKEN_INVALID", None, False, False),
        ("UNIMPLEMENTED", "", None, False, False),
    ],
)
def test_what_is_tried_again(code, reason, delay, retry, resume):
    refused = Refused(getattr(grpc.StatusCode, code), "no", reason, retry_delay=delay)
    assert (may_retry(refused), may_resume(refused)) == (retry, resume)
