"""What of an exception a person at a terminal reads."""

import errno

import pytest

from pipeline.errors import HouseError, explain


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (HouseError("the press does not start"), "the press does not start"),
        (OSError(errno.ENOSPC, "No space", "/h/runs"), "the disk is full (/h/runs)"),
        (OSError(errno.EDQUOT, "Quota"), "the disk is full (KHABAR_HOME)"),
        (PermissionError(errno.EACCES, "Permission denied", "/h"), "/h: Permission denied"),
    ],
)
def test_an_expected_error_is_one_sentence(error: BaseException, sentence: str) -> None:
    said = explain(error)
    assert said is not None
    assert said.startswith(sentence)


@pytest.mark.parametrize("error", [ValueError("x"), OSError(errno.EIO, "I/O", "/h"), OSError("x")])
def test_a_surprise_keeps_its_traceback(error: BaseException) -> None:
    assert explain(error) is None
