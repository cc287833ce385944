"""The language model's adapter against pydantic-ai's own models and an endpoint on loopback that misbehaves."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

pytest.importorskip("pydantic_ai", reason="the extra llm is not installed")

from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart
from pydantic_ai.models.function import AgentInfo, FunctionModel
from pydantic_ai.models.test import TestModel

from pipeline import settings
from pipeline.adapters.llm import LanguageModel, connect
from pipeline.errors import ConfigError, WriterError
from pipeline.ports import Proposal
from pipeline.runner import wording
from pipeline.stages.draft.writing.reword import reworded
from tests.stages.draft.test_reword import brindle, lies, said

FACTS = ["The council will fund 40 laboratories.", "Lund pays 12 million dollars."]
GOOD = json.dumps({"statements": [{"text": "The council is to fund 40 laboratories.", "facts": [1]}]})
KEY = "sk-not-to-be-seen"


def scripted(*answers: str) -> LanguageModel:
    """A FunctionModel that gives these answers in turn, the last one again and again."""
    left = list(answers)

    def answer(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        return ModelResponse(parts=[TextPart(left.pop(0) if len(left) > 1 else left[0])])

    return LanguageModel(FunctionModel(answer), "function")


def test_an_answer_becomes_proposals() -> None:
    assert scripted(GOOD).word(FACTS) == [Proposal(text="The council is to fund 40 laboratories.", facts=(1,))]


def test_pydantic_ai_s_test_model_gives_an_answer_too() -> None:
    model = LanguageModel(TestModel(custom_output_text=GOOD), "test")

    assert len(model.word(FACTS)) == 1


def test_the_model_sees_numbered_facts_and_has_no_tool() -> None:
    seen: list[tuple[str, AgentInfo]] = []

    def look(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        seen.append((str(getattr(messages[0].parts[-1], "content", "")), info))
        return ModelResponse(parts=[TextPart(GOOD)])

    LanguageModel(FunctionModel(look), "function").word(FACTS)

    prompt, info = seen[0]
    assert json.loads(prompt) == [{"n": 1, "fact": FACTS[0]}, {"n": 2, "fact": FACTS[1]}]
    assert info.function_tools == []


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "I am sorry, but I cannot help with that.",
        "{",
        "null",
        "[]",
        '{"statements": "none"}',
        '{"statements": [{"text": 3, "facts": ["x"]}]}',
        '{"statements": [{"text": "No number.", "facts": []}]}',
        '{"statements": [{"text": "Too high.", "facts": [1000]}]}',
        json.dumps({"statements": [{"text": "long " * 10_000, "facts": [1]}]}),
        json.dumps({"statements": [{"text": "Many.", "facts": [1]}] * 500}),
        "x" * 50_000,
    ],
)
def test_fault_64_an_answer_that_cannot_be_read_is_a_writer_error(answer: str) -> None:
    with pytest.raises(WriterError, match="no usable answer"):
        scripted(answer).word(FACTS)


def test_a_second_answer_may_mend_the_first() -> None:
    assert len(scripted("not JSON", GOOD).word(FACTS)) == 1


def test_a_model_that_has_used_its_budget_is_asked_no_more() -> None:
    model = scripted(GOOD)
    model.budget = 1

    with pytest.raises(WriterError, match="budget of 1 tokens"):
        model.word(FACTS)


Reply = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def endpoint(reply: Reply) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """An endpoint on loopback, and the requests that it got."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # keeps connections open

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            asked.append({"path": self.path, "headers": dict(self.headers), **json.loads(body)})
            reply(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()


def answering(content: str, status: int = 200, **headers: str) -> Reply:
    """A chat completion with this content."""
    message = {"role": "assistant", "content": content}
    completion = {
        "id": "1", "object": "chat.completion", "created": 1, "model": "m",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
    }  # fmt: skip
    return sending(json.dumps(completion).encode(), status, **headers)


def sending(body: bytes, status: int = 200, **headers: str) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"content-type": "application/json", "content-length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def slow(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1.5)
    answering(GOOD)(handler)


def hanging_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.close()


def ask(url: str, seconds: float = 5) -> list[Proposal]:
    return list(connect(url, "m", KEY, budget=100_000, seconds=seconds).word(FACTS))


def test_an_openai_compatible_endpoint_is_asked_with_the_key_and_the_facts() -> None:
    with endpoint(answering(GOOD)) as (url, asked):
        assert len(ask(url)) == 1

    assert asked[0]["path"] == "/v1/chat/completions"
    assert asked[0]["model"] == "m"
    assert asked[0]["temperature"] == 0
    assert "tools" not in asked[0]
    assert asked[0]["headers"]["authorization"] == f"Bearer {KEY}"
    assert FACTS[0] in json.dumps(asked[0]["messages"])


def test_one_connection_serves_many_briefs() -> None:
    with endpoint(answering(GOOD)) as (url, _):
        model = connect(url, "m", KEY, budget=100_000, seconds=5)

        assert [len(model.word(FACTS)) for _ in range(3)] == [1, 1, 1]


@pytest.mark.parametrize(
    "reply",
    [
        sending(b"{}", 401),
        sending(b"too many", 429, **{"retry-after-ms": "1"}),
        sending(b"no", 500, **{"retry-after-ms": "1"}),
        sending(b"<html>", 200),
        sending(b"", 200),
        sending(b'{"choices": []}'),
        sending(b"", 302, location="http://127.0.0.1:9/elsewhere"),
        answering(""),
        answering("Sorry."),
        hanging_up,
    ],
)
def test_fault_64_an_endpoint_that_fails_is_a_writer_error_without_the_key(reply: Reply) -> None:
    with endpoint(reply) as (url, _), pytest.raises(WriterError) as error:
        ask(url)

    assert KEY not in str(error.value)


def test_fault_64_a_slow_endpoint_is_given_up_in_time() -> None:
    began = time.monotonic()

    with endpoint(slow) as (url, _), pytest.raises(WriterError, match=r"0\.5 s|usable"):
        ask(url, seconds=0.5)

    assert time.monotonic() - began < 5


def test_nothing_listening_is_a_writer_error() -> None:
    with pytest.raises(WriterError):
        ask("http://127.0.0.1:9/v1")


def test_fault_64_a_brief_is_the_built_in_writer_s_where_the_endpoint_fails() -> None:
    brief, articles = brindle()

    with endpoint(sending(b"no", 401)) as (url, _):
        new = reworded(brief, articles, connect(url, "m", KEY, budget=1000, seconds=5))

    assert new.text == brief.text
    assert new.withheld[-1] == "m: the endpoint answered 401; the built-in writer took over"


def test_lies_told_by_an_endpoint_do_not_get_through() -> None:
    brief, articles = brindle()
    told = [(n, text) for name, n, text in lies() if name == "brindle"]
    answers = iter([json.dumps({"statements": [{"text": text, "facts": [n]}]}) for n, text in told[:40]])

    with endpoint(lambda handler: answering(next(answers))(handler)) as (url, _):
        model = connect(url, "m", KEY, budget=10_000_000, seconds=10)
        through = [t for _, t in told[:40] if t in said(reworded(brief, articles, model)) - said(brief)]

    assert through == []


def test_a_language_model_is_wired_where_the_settings_name_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"URL": "http://127.0.0.1:9/v1", "MODEL": "m", "KEY": KEY}.items():
        monkeypatch.setenv(f"POLICYWIRE_LLM_{name}", value)

    found = wording(settings.load())

    assert found is not None
    assert found.name == "m"
    assert KEY not in repr(settings.load())


def test_no_language_model_is_wired_by_default() -> None:
    assert wording(settings.Settings()) is None


def test_an_endpoint_without_a_model_is_a_configuration_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYWIRE_LLM_URL", "http://127.0.0.1:9/v1")

    with pytest.raises(ConfigError, match="POLICYWIRE_LLM_MODEL"):
        wording(settings.load())
