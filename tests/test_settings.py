"""Configuration files: a wrong one says file, line, key and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import settings
from pipeline.errors import ConfigError


def wrong(tmp_path: Path, name: str, text: str, model: type[settings.Strict]) -> str:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        settings.read(path, model)
    return str(caught.value).removeprefix(str(tmp_path))


def test_fault_82_an_unknown_key_is_named_with_its_line_and_the_known_keys(tmp_path: Path) -> None:
    text = "feeds:\n  - url: https://a.example/feed\n    outlet: A\n    langage: en\n"

    message = wrong(tmp_path, "feeds.yaml", text, settings.FeedsFile)

    assert message.startswith("/feeds.yaml:4: feeds.0.langage: unknown key; known keys: url, outlet, language")


def test_a_wrong_value_says_what_was_expected(tmp_path: Path) -> None:
    text = (
        "topics:\n  - id: a\n    label: A\n    threshold: 1.7\n    instructions: {definition: d, counts: [], "
        "does_not_count: []}\n"
    )

    message = wrong(tmp_path, "topics.yaml", text, settings.TopicsFile)

    assert message == "/topics.yaml:4: topics.0.threshold: Input should be less than 1, got 1.7"


def test_fault_82_broken_yaml_names_the_line(tmp_path: Path) -> None:
    message = wrong(tmp_path, "digest.yaml", "lists:\n  - id: [a\n", settings.DigestFile)

    assert message.startswith("/digest.yaml:3: not valid YAML")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"feeds\.yaml: the file is missing"):
        settings.read(tmp_path / "feeds.yaml", settings.FeedsFile)


def test_a_time_zone_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    text = "lists:\n  - id: desk\n    title: T\n    zone: Mars/Olympus\n"

    assert ":4: lists.0.zone:" in wrong(tmp_path, "digest.yaml", text, settings.DigestFile)


def test_a_feed_that_stands_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config").mkdir()
    row = "  - url: https://a.example/feed\n    outlet: A\n"
    (tmp_path / "config" / "feeds.yaml").write_text("feeds:\n" + row * 2)
    monkeypatch.setenv("POLICYWIRE_HOME", str(tmp_path))

    with pytest.raises(ConfigError, match=r"feeds\.yaml:4: feed https://a\.example/feed stands here twice"):
        settings.load().feeds()


def test_a_wrong_environment_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYWIRE_MIN_INTERVAL_MINUTES", "soon")

    with pytest.raises(ConfigError, match="POLICYWIRE_MIN_INTERVAL_MINUTES"):
        settings.load()


def test_the_shipped_configuration_is_valid() -> None:
    shipped = settings.load()

    assert sum(feed.enabled for feed in shipped.feeds()) >= 60
    assert {t.id for t in shipped.topics()} == {"open_source_ai_strategy", "international_cooperation"}
    assert shipped.readers()


def test_one_form_of_two_actors_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "actors.yaml").write_text("countries:\n  Norlandia: [NL]\nbodies:\n  New League: [NL]\n")

    with pytest.raises(ConfigError, match=r'actors\.yaml:4: "NL" stands for Norlandia already, and for New League'):
        settings.Settings(home=tmp_path).actors()


TOPICS = """topics:
  - {id: states, label: States, threshold: 0.5, instructions: {definition: d, counts: [], does_not_count: []}}
"""


def lists(home: Path, text: str) -> settings.Settings:
    (home / "config").mkdir()
    (home / "config" / "topics.yaml").write_text(TOPICS)
    (home / "config" / "digest.yaml").write_text(text)
    return settings.Settings(home=home)


def test_two_lists_of_one_id_are_named_with_their_line(tmp_path: Path) -> None:
    found = lists(tmp_path, "lists:\n  - {id: desk, title: A}\n  - id: desk\n    title: B\n")

    with pytest.raises(ConfigError, match=r"digest\.yaml:3: list desk stands here twice"):
        found.readers()


def test_a_reader_written_in_three_ways_is_one_recipient(tmp_path: Path) -> None:
    found = lists(
        tmp_path,
        "lists:\n  - id: desk\n    title: A\n"
        "    recipients: [Ann <ann@x.example>, ann@x.example, b@x.example, ANN@x.example]\n",
    )

    [readers] = found.readers()

    assert readers.recipients == ("Ann <ann@x.example>", "b@x.example")


@pytest.mark.parametrize("key", ["recipients", "sender"])
@pytest.mark.parametrize(
    "address",
    ["a..b@x.example", ".a@b.example", "a b@c.example", "@x.example", "x@y z", "a@b.example, c@d.example"],
)
def test_an_address_that_no_mail_can_reach_is_an_error_with_its_line(tmp_path: Path, key: str, address: str) -> None:
    given = f'["{address}"]' if key == "recipients" else f'"{address}"'
    text = f"lists:\n  - id: desk\n    title: A\n    {key}: {given}\n"

    message = wrong(tmp_path, "digest.yaml", text, settings.DigestFile)

    assert message.startswith("/digest.yaml:4: ")
    assert "expected one mail address" in message
