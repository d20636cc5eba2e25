"""Threads rendered at random in the HTML of mail programs give their messages back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Message
from pipeline.extract import extract_bytes

NAMES = ["Bo Berg", "Åse Bøgh", "Søren Østergård Dam", "Karen Lund (Borgerservice)"]
MONTHS = ["januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november"]
BLOCKS = {
    "paragraph": "<p class=MsoNormal>Hermed {}.<o:p></o:p></p>",
    "line": "<div>Vi ser på {} i næste uge.</div><div><br></div>",
    "bold": "<p>Det gælder <b>{}</b>, <i>siger vi</i>.</p>",
    "list": "<ul><li>først</li><li>{}</li></ul>",
    "table": "<table border=1><tr><th>Post</th><th>1.000 kr.</th></tr><tr><td>{}</td><td>-206</td></tr></table>",
    "layout": "<table role=presentation><tr><td width=20></td><td><p>Om {}</p><p>i alt</p></td></tr></table>",
    "link": "<p>Se <a href='https://fjordby.example/{0}'>{0}</a></p>",
    "hidden": "<p>Om {}</p><p style='color:#ffffff'>usynlig</p>",
    "word list": "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span "
    "style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>{}<o:p></o:p></p>",
}
Mail = tuple[str, dt.datetime, str, list[str]]
"""Name, time of sending, subject and the markup of the body."""


@st.composite
def threads(draw: st.DrawFn) -> list[Mail]:
    """One to four messages, the newest first; each body has words that no other has."""
    made = []
    for number in range(draw(st.integers(1, 4))):
        kinds = draw(st.lists(st.sampled_from(sorted(BLOCKS)), min_size=1, max_size=3))
        body = [BLOCKS[kind].format(f"takst{number}n{at}") for at, kind in enumerate(kinds)]
        moment = dt.datetime(2021, draw(st.integers(1, 11)), draw(st.integers(1, 28)), draw(st.integers(0, 23)), 14)
        made.append((draw(st.sampled_from(NAMES)), moment, f"Takster {number}", body))
    return made


def address(name: str) -> str:
    return f"{name.split()[0].lower().replace('å', 'aa').replace('ø', 'oe')}@fjordby.example"


def header(mail: Mail, sent: str) -> list[tuple[str, str]]:
    name, _, subject, _ = mail
    who = escape(f"{name} <{address(name)}>")
    return [("Fra", who), ("Sendt", sent), ("Til", escape("Anne Holm <anne@lyngsoe.example>")), ("Emne", subject)]


def printed(moment: dt.datetime) -> str:
    return f"{moment.day}. {MONTHS[moment.month - 1]} {moment.year} {moment:%H:%M}"


def outlook(mails: list[Mail]) -> str:
    out = "".join(mails[0][3])
    for mail in mails[1:]:
        lines = "<br>".join(f"<b>{label}:</b> {value}" for label, value in header(mail, printed(mail[1])))
        out += (
            "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>"
            f"<p class=MsoNormal>{lines}<o:p></o:p></p></div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
            f"{''.join(mail[3])}"
        )
    return f"<html><body lang=DA><div class=WordSection1>{out}</div></body></html>"


def outlook_on_the_web(mails: list[Mail]) -> str:
    out = ""
    for mail in reversed(mails):
        out = "".join(mail[3]) + out
        if mail is not mails[0]:
            lines = "<br>".join(f"<b>{label}:</b> {value}" for label, value in header(mail, printed(mail[1])))
            out = (
                '<div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg">'
                f'<font face="Calibri" color="#000000">{lines}</font><div>&nbsp;</div></div><div>{out}</div>'
            )
    return f"<html><head><style> P {{margin-top:0;margin-bottom:0;}} </style></head><body>{out}</body></html>"


def outlook_with_lines_on_the_left(mails: list[Mail]) -> str:
    out = ""
    for mail in reversed(mails):
        out = "".join(mail[3]) + out
        if mail is not mails[0]:
            lines = "<br>".join(f"<b>{label}:</b> {value}" for label, value in header(mail, printed(mail[1])))
            out = (
                "<div style='border:none;border-left:solid blue 1.5pt;padding:0cm 0cm 0cm 4.0pt'>"
                f"<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal>{lines}</p></div>"
                f"{out}</div>"
            )
    return f"<html><body>{out}</body></html>"


def header_tables(mails: list[Mail]) -> str:
    out = "".join(mails[0][3])
    for mail in mails[1:]:
        rows = "".join(
            f"<tr><td><b>{label}:</b></td><td>{value}</td></tr>" for label, value in header(mail, printed(mail[1]))
        )
        out += f"<hr><table>{rows}</table><br>{''.join(mail[3])}"
    return f"<!DOCTYPE html><html><body>{out}</body></html>"


def gmail(mails: list[Mail]) -> str:
    out = ""
    for mail in reversed(mails):
        out = f"<div dir=ltr>{''.join(mail[3])}</div>{out}"
        if mail is not mails[0]:
            who = escape(f"{mail[0]} <")
            out = (
                f'<br><div class="gmail_quote"><div dir=ltr class="gmail_attr">Den {printed(mail[1])[:-6]} kl. '
                f'{mail[1]:%H.%M} skrev {who}<a href="mailto:{address(mail[0])}">{address(mail[0])}</a>&gt;:<br></div>'
                f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid">{out}'
                "</blockquote></div>"
            )
    return out


def apple_mail(mails: list[Mail]) -> str:
    out = ""
    for mail in reversed(mails):
        out = "".join(mail[3]) + out
        if mail is not mails[0]:
            out = (
                f'<div><br><blockquote type="cite"><div>Den {printed(mail[1])[:-6]} kl. {mail[1]:%H.%M} skrev '
                f'{escape(mail[0])} &lt;{address(mail[0])}&gt;:</div><br class="Apple-interchange-newline">'
                f"<div>{out}</div></blockquote></div>"
            )
    return f"<html><body>{out}</body></html>"


PROGRAMS = [outlook, outlook_on_the_web, outlook_with_lines_on_the_left, header_tables, gmail, apple_mail]
NAMING = {outlook, outlook_on_the_web, outlook_with_lines_on_the_left, header_tables}


@settings(deadline=None)
@given(threads(), st.sampled_from(PROGRAMS))
def test_a_thread_in_html_gives_its_messages_back(mails: list[Mail], program: Callable[[list[Mail]], str]) -> None:
    head = (
        "From: Anne Holm <anne@lyngsoe.example>\r\nTo: bo@fjordby.example\r\nSubject: SV: Takster\r\n"
        "Date: Wed, 1 Dec 2021 14:05:09 +0100\r\nContent-Type: text/html; charset=utf-8\r\n"
        "MIME-Version: 1.0\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    document = extract_bytes((head + program(mails)).encode(), "brev.eml")
    parts = [part for part in document.parts if isinstance(part, Message)]

    assert [(part.sender and part.sender.address, part.sent) for part in parts[1:]] == [
        (address(name), moment.isoformat(timespec="minutes")) for name, moment, _, _ in mails[1:]
    ]
    if program in NAMING:
        assert [part.subject for part in parts[1:]] == [subject for _, _, subject, _ in mails[1:]]
    for number, mail in enumerate(mails):
        body = parts[number].text[parts[number].body_start :]
        assert all(f"takst{number}n{at}" in body for at in range(len(mail[3])))
        assert not any(f"takst{other}n" in parts[number].text for other in range(len(mails)) if other != number)
    assert "usynlig" not in "".join(part.text for part in parts)
