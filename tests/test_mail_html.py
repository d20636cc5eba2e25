"""HTML bodies as text, and the threads in them."""

from __future__ import annotations

import tomllib
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Message
from corpus.readers import html
from corpus.readers.html import html_to_text
from pipeline.extract import extract_bytes

BLOCKS = {
    "<p>A</p><p>B</p>": "A\n\nB\n",
    "<p class=MsoNormal>A</p><p class=MsoNormal>B</p>": "A\nB\n",
    "<div>A</div><div><br></div><div>B</div>": "A\n\nB\n",
    "A<br>B<br/><br>C": "A\nB\n\nC\n",
    "<div>A<br></div><div>B</div>": "A\nB\n",
    "A  \n <b>B</b>\n C": "A B C\n",
    "<ul><li>A<li>B</ul><ol><li>C<li>D</ol>": "- A\n- B\n1. C\n2. D\n",
    "<pre>a  b\n   c</pre>": "a  b\n   c\n",
    "<h1>A</h1>B": "A\n\nB\n",
    "<!-- x -->A<script>alert(1)</script><style>b{}</style>": "A\n",
    "<!--[if mso]><p>x</p><![endif]-->A": "A\n",
    "&lt;bo@x.example&gt; &amp; 5&nbsp;kr.": "<bo@x.example> & 5\xa0kr.\n",
    "<a href='https://x.example/a'>her</a>": "her <https://x.example/a>\n",
    "<a href='https://www.x.example/'>x.example</a>": "x.example\n",
    "<a href='mailto:bo@x.example'>bo@x.example</a>": "bo@x.example\n",
    "<a href='mailto:bo@x.example?subject=a'>Bo</a>": "Bo <bo@x.example>\n",
    "<a href='javascript:x'>A</a><a href='#top'>B</a>": "AB\n",
    "<a href='https://eur.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.example%2Fa&data=1'>her</a>": (
        "her <https://x.example/a>\n"
    ),
    "<blockquote>A<blockquote>B</blockquote></blockquote>C": "> A\n>\n>> B\n\nC\n",
    "": "",
    "<html><body></body></html>": "",
}


@pytest.mark.parametrize(("markup", "text"), BLOCKS.items())
def test_text(markup: str, text: str) -> None:
    assert html_to_text(markup) == (text, [])


def test_table_keeps_its_columns() -> None:
    markup = """<table><tr><th>1.000 kr.</th><th>2024</th><th>2025</th></tr>
    <tr><td><p>Løn</p></td><td></td><td><p>-206</p></td></tr>
    <tr><td colspan="2">I alt</td><td>4</td></tr></table>efter"""

    assert html_to_text(markup)[0] == "1.000 kr.\t2024\t2025\nLøn\t\t-206\nI alt\t\t4\nefter\n"


def test_layout_table_keeps_its_lines() -> None:
    assert html_to_text("<table><tr><td><p>A</p><p>B</p></td></tr></table>")[0] == "A\n\nB\n"


@pytest.mark.parametrize(
    "style",
    ["display:none", "DISPLAY : none;", "font-size:0", "font-size:0px;color:red", "visibility: hidden", "mso-hide:all"],
)
def test_hidden_text_is_left_out_and_told(style: str) -> None:
    text, problems = html_to_text(f"<p>Synlig</p><div style='{style}'>skjult <b>ord</b></div>hale")

    assert text == "Synlig\n\nhale\n"
    assert [problem.code for problem in problems] == ["hidden-text"]
    assert "9 characters" in problems[0].message


@pytest.mark.parametrize("style", ["font-size:0.9em", "display:block", "font-size:0.5pt"])
def test_small_text_is_not_hidden(style: str) -> None:
    assert html_to_text(f"<p style='{style}'>Synlig</p>") == ("Synlig\n", [])


MAILS = tomllib.loads(Path(__file__).with_name("test_readers_html_mails.toml").read_text("utf-8"))["mail"]


def as_mail(markup: str) -> bytes:
    """A mail of which that is the only text."""
    made = EmailMessage()
    made["From"] = "Anne Holm <anne.holm@fjordby.example>"
    made["To"] = "Karen Lund <karen.lund@lyngsoe.example>"
    made["Subject"] = "SV: Takster"
    made["Date"] = "Fri, 5 Mar 2021 10:00:00 +0100"
    made.set_content(markup, subtype="html")
    return made.as_bytes(policy=policy.SMTP)


@pytest.mark.parametrize("mail", MAILS, ids=[mail["name"] for mail in MAILS])
def test_thread_of_a_mail_program(mail: dict[str, Any]) -> None:
    document = extract_bytes(as_mail(mail["html"]), "brev.eml")
    parts = [part for part in document.parts if isinstance(part, Message)]

    assert [word in part.text[part.body_start :] for word, part in zip(mail["bodies"], parts, strict=True)] == [
        True for _ in parts
    ]
    quoted = [[(part.sender and part.sender.address) or "", part.sent, part.subject or ""] for part in parts[1:]]
    assert quoted == mail["quoted"]
    assert document.problems == []


@pytest.mark.parametrize("mail", MAILS, ids=[mail["name"] for mail in MAILS])
def test_no_message_says_what_another_does(mail: dict[str, Any]) -> None:
    document = extract_bytes(as_mail(mail["html"]), "brev.eml")

    for number, word in enumerate(mail["bodies"]):
        assert [number] == [at for at, part in enumerate(document.parts) if word in part.text]


def test_page_is_read_by_its_charset() -> None:
    data = '<!doctype html><html><head><meta charset="iso-8859-1"></head><body>Smørrebrød</body></html>'.encode(
        "cp1252"
    )

    assert html.claims(data, "a.htm")
    assert html.read(data, "a.htm").text == "Smørrebrød\n"
    assert not html.claims(b"Se <b>dette</b>", "a.txt")


def test_too_deep_nesting_is_told() -> None:
    text, problems = html_to_text("<p>A</p>" + "<div>" * 20_000 + "x")

    assert text.startswith("A")
    assert [problem.code for problem in problems] == ["too-deep"]


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["<td>", "</td>", "<tr>", "<table>", "</table>", "<blockquote>", "</p>", "<p>", "<a href=x>"])
        | st.text()
    )
)
def test_no_markup_raises(pieces: list[str]) -> None:
    text, _ = html_to_text("".join(pieces))
    assert not set(text) & set("\x0b\x0e\x0f\x1c\x1d\x1e")


@pytest.mark.parametrize(
    "piece", ["<table><tr><td>", "<blockquote>", "<a href='https://x.example'>", "<b>x", "<!--", "&lt;", "<td>"]
)
@pytest.mark.timeout(60)
def test_hostile_markup_takes_linear_time(piece: str) -> None:
    html_to_text(piece * 20_000)
    html.claims(piece.encode() * 9_000, "")
