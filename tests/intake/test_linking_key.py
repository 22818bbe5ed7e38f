"""The key of the codes that link waves: made once, for its owner only, outside the project."""

import sys

import pytest

from wbkit.errors import DataError
from wbkit.intake.linking_key import key_file, key_mark, read_key


@pytest.fixture
def config(tmp_path, monkeypatch):
    monkeypatch.setenv("WBKIT_CONFIG", str(tmp_path / "config"))
    return tmp_path / "config"


def test_the_key_is_made_once(config):
    first = read_key()
    assert len(first) == 32 and read_key() == first
    assert key_file() == config / "link.key"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_only_its_owner_may_read_it(config):
    read_key()
    assert key_file().stat().st_mode & 0o777 == 0o600


def test_two_users_have_other_keys(config, tmp_path, monkeypatch):
    first = read_key()
    monkeypatch.setenv("WBKIT_CONFIG", str(tmp_path / "another"))
    assert read_key() != first and key_mark(read_key()) != key_mark(first)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has another folder")
def test_without_a_choice_it_stands_in_the_folder_of_the_user(tmp_path, monkeypatch):
    monkeypatch.delenv("WBKIT_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert key_file() == tmp_path / "wbkit" / "link.key"
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert key_file() == tmp_path / ".config" / "wbkit" / "link.key"


def test_a_damaged_key_is_refused(config):
    config.mkdir()
    (config / "link.key").write_bytes(b"short")
    with pytest.raises(DataError, match=r"holds 5 bytes, and a key has 32\. Put back the key"):
        read_key()


def test_a_lost_key_is_not_made_anew_beside_the_pseudonyms_made_with_it(config):
    read_key()
    (config / "pseudonyms.csv").write_text("digest,pseudonym\nab12,Alba\n")
    (config / "link.key").unlink()
    with pytest.raises(DataError, match=r"link\.key: the key is gone, and pseudonyms\.csv holds"):
        read_key()
    assert not (config / "link.key").exists()
    (config / "pseudonyms.csv").unlink()
    assert len(read_key()) == 32


def test_a_folder_that_cannot_be_written_is_named(config, tmp_path):
    config.write_text("a file where a folder should be")
    with pytest.raises(DataError, match=r"cannot be made or read.* WBKIT_CONFIG"):
        read_key()
    assert [one.name for one in tmp_path.iterdir()] == ["config"]
