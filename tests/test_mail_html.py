"""HTML bodies as text, and the threads in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import html
from corpus.readers.html import html_to_text
from corpus.reading import Reading
from pipeline.mail.threads import split_thread

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
    "<blockquote>A<blockquote>B</blockquote></blockquote>C": "> A\n>\n>> B\n>\n\nC\n",
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


OUTLOOK = """<html><body><p class=MsoNormal>Tak.</p><p class=MsoNormal>&nbsp;</p>{before}
<p class=MsoNormal><b>Fra:</b> Bo Berg &lt;bo@x.example&gt;<br><b>Sendt:</b> 3. marts 2021 14:05<br>
<b>Til:</b> Anne Holm &lt;a@x.example&gt;<br><b>Emne:</b> Takster</p></div><p class=MsoNormal>Hej</p></body></html>"""
THREADS = {
    "border-top": OUTLOOK.format(before="<div style='border-top:solid #E1E1E1 1.0pt;padding:3pt 0 0 0'>"),
    "divRplyFwdMsg": OUTLOOK.format(before="<hr style='width:98%'><div id=divRplyFwdMsg dir=ltr>"),
    "gmail": """<div dir=ltr>Tak.</div><br><div class=gmail_quote><div dir=ltr class=gmail_attr>Den ons. 3. mar. 2021
kl. 14.05 skrev Bo Berg &lt;<a href="mailto:bo@x.example">bo@x.example</a>&gt;:<br></div><blockquote class=gmail_quote>
<div>Hej</div><div>Anne</div></blockquote></div>""",
}


@pytest.mark.parametrize("markup", THREADS.values(), ids=THREADS.keys())
def test_thread_in_html(markup: str) -> None:
    reading = Reading(media_type="text/html", reader="html/1", text=html_to_text(markup)[0])
    messages = split_thread(reading)

    assert messages is not None
    assert [message.sent for message in messages] == [None, "2021-03-03T14:05"]
    assert messages[1].sender is not None
    assert messages[1].sender.address == "bo@x.example"
    assert "Hej" in messages[1].text[messages[1].body_start :]


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


@given(
    st.lists(
        st.sampled_from(["<td>", "</td>", "<tr>", "<table>", "</table>", "<blockquote>", "</p>", "<p>", "<a href=x>"])
        | st.text()
    )
)
def test_no_markup_raises(pieces: list[str]) -> None:
    text, _ = html_to_text("".join(pieces))
    assert not set(text) & set("\x0e\x0f\x1c\x1d\x1e")


@pytest.mark.parametrize(
    "piece", ["<table><tr><td>", "<blockquote>", "<a href='https://x.example'>", "<b>x", "<!--", "&lt;", "<td>"]
)
@pytest.mark.timeout(60)
def test_hostile_markup_takes_linear_time(piece: str) -> None:
    html_to_text(piece * 20_000)
    html.claims(piece.encode() * 9_000, "")
