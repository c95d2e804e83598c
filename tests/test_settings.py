"""Settings come from the environment and are checked before anything is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from opendata.settings import Settings, SettingsError, database_url


def test_without_settings_everything_has_a_default() -> None:
    """The datasets and the store below the working folder, the address of this machine."""
    settings = Settings.from_environment({})
    assert settings == Settings(Path("datasets"), Path("build"), "http://127.0.0.1:8000")


def test_the_process_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is when asked, not as it was at import."""
    monkeypatch.setenv("OPENDATA_STORE", "/srv/store")
    assert Settings.from_environment().store == Path("/srv/store")


def test_each_setting_is_taken() -> None:
    """All three at once; the base address loses the slash at its end."""
    environment = {
        "OPENDATA_DATASETS": "/srv/datasets",
        "OPENDATA_STORE": "/srv/store",
        "OPENDATA_BASE_URL": "https://example.org/opendata/",
    }
    assert Settings.from_environment(environment) == Settings(
        Path("/srv/datasets"), Path("/srv/store"), "https://example.org/opendata"
    )


@pytest.mark.parametrize("name", ["OPENDATA_DATASETS", "OPENDATA_STORE"])
def test_an_empty_folder_is_no_setting(name: str) -> None:
    """As where a shell passes on a variable that is not set."""
    assert Settings.from_environment({name: ""}) == Settings()


@pytest.mark.parametrize(
    "address",
    ["http://localhost:8000", "https://data.example.org", "http://[::1]:80", "https://a/b/c"],
)
def test_a_public_address_is_taken_as_it_is(address: str) -> None:
    """With a port, a path or neither."""
    assert Settings.from_environment({"OPENDATA_BASE_URL": address}).base_url == address


@pytest.mark.parametrize(
    "address",
    [
        *("example.org", "ftp://example.org", "/opendata", "//example.org"),
        *("https://example.org/a?b", "https://example.org#a", "https://example.org/a b", " "),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(address: str) -> None:
    """With how to write it."""
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment({"OPENDATA_BASE_URL": address})
    assert str(refused.value) == (
        f"OPENDATA_BASE_URL is {address!r}; write the public address in full, "
        "such as https://data.example.org or https://example.org/opendata"
    )


@pytest.mark.parametrize(
    "contact",
    ["mailto:security@example.org", "https://example.org/security", "tel:+86-10-1234-5678"],
)
def test_a_contact_is_taken_as_it_is(contact: str) -> None:
    """An address of mail, of the secure web or a telephone (RFC 9116 §2.5.3)."""
    found = Settings.from_environment({"OPENDATA_SECURITY_CONTACT": contact})
    assert found.security_contact == contact


@pytest.mark.parametrize(
    "contact", ["security@example.org", "http://example.org/", "mailto:a@b\nExpires: never", " "]
)
def test_a_contact_that_is_no_uri_is_refused(contact: str) -> None:
    """With how to write it; a line break would add a field."""
    with pytest.raises(SettingsError, match="such as mailto:security@example"):
        Settings.from_environment({"OPENDATA_SECURITY_CONTACT": contact})


def test_a_database_is_taken() -> None:
    """With several hosts, as libpq names them; none is named by nothing."""
    address = "postgresql+psycopg://me:secret@/opendata?host=a,b&load_balance_hosts=random"
    found = Settings.from_environment({"OPENDATA_DATABASE_URL": address}).database
    assert found is not None
    assert (found.database, found.query["host"]) == ("opendata", "a,b")
    assert Settings.from_environment({"OPENDATA_DATABASE_URL": ""}).database is None


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://me:secret@host/data", r"begins with postgresql://"),
        ("mysql://me:secret@host/data", r"begins with mysql://"),
        ("postgresql+psycopg://me:secret@host", r"names no database"),
        ("postgresql+psycopg://me:secret@host:port/data", r"is no address of a database"),
        ("host=secret dbname=data", r"is no address of a database"),
    ],
)
def test_a_database_that_cannot_be_used_is_refused(address: str, said: str) -> None:
    """With how to write it, and never with the password."""
    with pytest.raises(SettingsError, match=f"^--to {said}") as refused:
        database_url("--to", address)
    assert "; write --to as postgresql+psycopg://user:password@host:5432/" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_database_needs_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which comes with the extra; that is said at once, not at the first request."""
    monkeypatch.setattr("opendata.settings.find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"needs psycopg: pip install 'opendata\[postgresql\]'"):
        database_url("OPENDATA_DATABASE_URL", "postgresql+psycopg://host/data")
