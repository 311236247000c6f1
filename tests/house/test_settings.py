"""Settings that make no sense refuse the start, in one line that names the variable."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("variable", "text", "mend"),
    [
        ("LEADLINE_TIME_ZONE", "Mars/Phobos", "Europe/Berlin"),
        ("LEADLINE_TIME_ZONE", "../../etc/passwd", "Europe/Berlin"),
        ("LEADLINE_CURRENCY", "NOPE", "EUR"),
        ("LEADLINE_LANGUAGE", "xx", "en"),
        ("LEADLINE_PROXIES", "abc", "0 or 1"),
        ("LEADLINE_PROXIES", "-1", "0 or 1"),
        ("LEADLINE_TLS", "perhaps", "1 or 0"),
        ("DATABASE_URL", "postgresql://leadline@localhost:99999/leadline", "65535"),
        ("EMAIL_URL", "smtp://localhost:99999", "65535"),
    ],
)
def test_a_wrong_setting_is_refused(leadline, variable, text, mend):
    refused = leadline("user", "list", **{variable: text})
    assert refused.returncode == 3
    (line,) = refused.stderr.splitlines()
    assert variable in line
    assert mend in line


def test_an_empty_key_is_refused(leadline, settled):
    (settled / "secret.key").write_text("")
    refused = leadline("user", "list")
    assert refused.returncode == 3
    (line,) = refused.stderr.splitlines()
    assert "secret.key is empty. Delete it" in line


def test_small_letters_and_blanks_do_no_harm(leadline):
    assert leadline("user", "list", LEADLINE_CURRENCY=" eur ", LEADLINE_TIME_ZONE="").returncode == 0
