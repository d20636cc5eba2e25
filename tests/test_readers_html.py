"""HTML as the text a reader sees: lines, tables, lists, fields, marks; nothing fetched, nothing that breaks it."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import threading
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers import charset, html
from corpus.readers.flowed import unflow
from corpus.readers.html import html_to_text
from pipeline.extract import extract_bytes

TEXTS = {
    # raised and lowered figures do not join what they stand at
    "5 m<sup>2</sup>, CO<sub>2</sub>": "5 m², CO₂",
    "1.000<sup>1)</sup> kr. 2<sup>nd</sup>": "1.000¹⁾ kr. 2nd",
    # struck-through text is seen, and seen to be struck
    "<del>3 mio.</del> 4 mio. <s>a</s> <strike>b</strike>": "~~3 mio.~~ 4 mio. ~~a~~ ~~b~~",
    "<p style='text-decoration:line-through'>Alt <b>det</b></p>x": "~~Alt det~~\n\nx",
    "<s> </s>a<s><p>b</p></s>": "a\n\n~~b~~",
    "<ins>a</ins> <q>b <q>c</q></q> <abbr title=lang>d</abbr>": "a “b ‘c’” d",
    # lists
    "<ol type=A start=3><li>a<li value=7>b</ol>": "C. a\nG. b",
    "<ol reversed><li>x<li>y</ol>": "2. x\n1. y",
    "<ol type=i><li>a<li>b<li>c<li>d</ol>": "i. a\nii. b\niii. c\niv. d",
    "<ol style='list-style-type:lower-latin'><li>a</ol>": "a. a",
    "<ul style='list-style:none'><li>a</ul>": "a",
    "<ol><li><p>a</p><li>b<ul><li>c<ul><li>d</ul></ul></ol>": "1. a\n2. b\n  - c\n    - d",
    # lines
    "a<br><br>b</br>c": "a\n\nb\nc",
    "<div>a</div></p>b": "a\nb",
    "<p>a<table><tr><td>b</table>c</p>d": "a\n\nb\nc\nd",
    "<pre>\n a  b\n\tc\n</pre>": " a  b\n\tc",
    "<div style='white-space:pre-wrap'>a  b\n c</div>": "a  b\n c",
    "<div style='white-space:pre-line'>a  b\n c</div>": "a b\nc",
    "<p>a</p><p>b</p><style>P {margin-top:0;margin-bottom:0}</style>": "a\nb",
    "<p class=MsoNormal style='margin-bottom:12.0pt'>a</p><p class=MsoNormal>b</p>": "a\n\nb",
    "<p class=MsoNormal>a<p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>b</p>": "a\n\nb",
    "<div style='display:inline'>a</div>b<span style='display:block'>c</span>d": "ab\nc\nd",
    "a <hr style='width:98%'> b": "a\n________________________________\nb",
    # what has no width
    "a\u200bb c\u200dd e\u200cf \u202eg\u202c \u200eh\ufeff lang<wbr>ord": "ab cd ef g h langord",
    "\U0001f469\u200d\U0001f467 \u0645\u06cc\u200c\u062e": "\U0001f469\u200d\U0001f467 \u0645\u06cc\u200c\u062e",
    # Word's own
    "<p style='mso-list:l0 level2 lfo1'><![if !supportLists]><span><span style='mso-list:Ignore'>·<span>&nbsp; </span>"
    "</span></span><![endif]>a": "  - a",
    "<p><span style='mso-list:Ignore'>1.2<span>&nbsp; </span></span>a": "1.2 a",
    "<p><span style='font-family:Symbol'><span style='mso-list:Ignore'>o&nbsp;</span></span>a": "- a",
    "<span style='font-family:Wingdings'>J</span> <span style='font-family:Wingdings'>à</span> J": "☺ → J",
    "<st1:place w:st='on'>a</st1:place><o:p></o:p><w:sdt>b</w:sdt><span style='mso-spacerun:yes'>  </span>c": "ab c",
    "<v:shape><v:imagedata src=x></v:imagedata></v:shape>a": "a",
    # quotations and what only looks like one
    "<blockquote style='margin:0 0 0 40px;border:none;padding:0px'>a</blockquote>": "a",
    "<blockquote style='border:none;border-left:solid #CCC 1.0pt'>a</blockquote>": "> a",
    "<blockquote type=cite>a<br><br>b</blockquote>c": "> a\n>\n> b\n\nc",
    "<div style='border:none;border-left:solid blue 1.5pt'><p class=MsoNormal>a<p class=MsoNormal>b</div>c": (
        "> a\n> b\nc"
    ),
    "<div style='border:1px solid #ccc'>a</div><div style='border-left:none'>b</div>": "a\nb",
    "<style>.box{border-left:4px solid red}</style><div class=box>a</div>": "a",
    "<table><tr><td><blockquote>a</blockquote></td></tr></table>b": "> a\nb",
    # links and pictures
    "<a href=' https://x.example/a '><b>her</b> </a>og": "her <https://x.example/a> og",
    "<a href='https://x.example/a'><table><tr><td>Knap</td></tr></table></a>": "Knap <https://x.example/a>",
    "<a href='tel:+4512345678'>+45 12 34 56 78</a> <a href='tel:12345678'>ring</a>": "+45 12 34 56 78 ring <12345678>",
    "<a href='/rel'>a</a> <a name=x>b</a> <a href='data:text/plain,x'>c</a> <a href='file:///S:/a'>d</a>": (
        "a b c d <file:///S:/a>"
    ),
    "<a href='https://urldefense.com/v3/__https://x.example/a__;!!x$'>her</a>": "her <https://x.example/a>",
    "<img alt='Fjordbys logo' src=x> <img alt='😀'> <img alt=x width=1 height=1><img>": "[Fjordbys logo] 😀",
    # fields
    "navn <input value='Bo'> <input type=checkbox checked>ja <input type=radio>nej <input type=hidden value=H>": (
        "navn Bo [x] ja [ ] nej"
    ),
    "<select><option>Lyngsø<option selected>Fjordby</select><button>Send</button><input type=password value=H>": (
        "Fjordby Send"
    ),
    "<select multiple><option>a<option>b</select>": "a\nb",
    "<textarea>\na\n b</textarea>": "a\n b",
    # the end of a page is not the end of what is shown
    "<html><body><p>a</p></body></html>Sendt fra lista<p>c</p>": "a\n\nSendt fra lista\n\nc",
    "<html><body>a</body></html><!DOCTYPE html><html><body>b</body></html>": "ab",
    # a page whose head does not end
    "<style>b{}</style><center>a</center><a href='https://x.example'>x.example</a>": "a\nx.example",
    "<head><title>T</title><o:p>a</o:p></head>b": "a\nb",
    "<meta charset=utf-8><td>a</td>": "a",
    "<option>a</option>b<xml>c": "a bc",
    # characters
    "&aelig;&oslash;&aring; &#128; &#x152; &amp;lt; &notit;": "æøå € Œ &lt; ¬it;",
    "a&#14;b&#x0f c&#&#28;28;": "a\ufffdb\ufffd c&#\ufffd28;",
    "<svg><title>t</title><text>a</text></svg> <math><mn>2</mn></math>": "a 2",
}


@pytest.mark.parametrize(("markup", "text"), TEXTS.items())
def test_text(markup: str, text: str) -> None:
    assert html_to_text(markup) == (text + "\n", [])


TABLES = {
    "<table><tr><td rowspan=2>A<td>1<tr><td>2<tr><td>B<td>3</table>": "A\t1\n\t2\nB\t3",
    "<table><tr><td colspan=2>I alt<td>4<tr><td>a<td>b<td>c</table>": "I alt\t\t4\na\tb\tc",
    "<table><tr><th>År<th>2024<tr><td>Løn<br>og pension<td>-206</table>": "År\t2024\nLøn og pension\t-206",
    "<table><caption>Takster</caption><tr><td>a<td>b</table>": "Takster\na\tb",
    "<table><tr><td>a<td>&nbsp;<td>b<tr><td>c<td>d<td></table>": "a\t\tb\nc\td\t",
    # gutters and spacers
    "<table><tr><td width=20>&nbsp;<td>a<td width=20></tr><tr><td colspan=3>&nbsp;</table>b": "a\nb",
    # cells that stand beside each other only to lay out the page
    "<table><tr><td><p>a<p>b<td><p>c<p>d</table>": "a\n\nb\n\nc\n\nd",
    "<table><tr><td><img alt=Logo src=x><td>Bo Berg<br>Chef</table>": "[Logo]\n\nBo Berg\nChef",
    "<table role=presentation><tr><td><table><tr><td>a<td>1<tr><td>b<td>2</table><td>c</table>": "a\t1\nb\t2\n\nc",
    # a label and its value
    "<table><tr><td><b>Til:</b><td>Bo Berg;<br>Anne Holm<tr><td><b>Emne:</b><td>Takster</table>": (
        "Til:\tBo Berg; Anne Holm\nEmne:\tTakster"
    ),
    "<table><tr><td>Til:<td>Bo Berg;<br>Anne Holm</table>": "Til:\tBo Berg; Anne Holm",
    "<table><tr><td>a<table><tr><td>b</table></table>": "a\nb",
    "<td>a<td>b": "a\nb",
}


@pytest.mark.parametrize(("markup", "text"), TABLES.items())
def test_table(markup: str, text: str) -> None:
    assert html_to_text(markup) == (text + "\n", [])


@pytest.mark.xfail(reason="The parser ends <b> where <p> begins, so what is inherited through it is lost.")
def test_a_hidden_element_in_a_line_with_a_paragraph_in_it() -> None:
    assert html_to_text("<b style='display:none'>H<p>H</p></b>a")[0] == "a\n"


# --- nothing is fetched -------------------------------------------------------------------------------------------

FETCHING = """<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "{at}/a.dtd" [
<!ENTITY inde SYSTEM "{at}/entity"> <!ENTITY % p SYSTEM "{at}/parameter"> %p; ]>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:xi="http://www.w3.org/2001/XInclude" manifest="{at}/m"><head>
<base href="{at}/"><link rel="stylesheet" href="{at}/a.css"><link rel="dns-prefetch" href="{at}">
<meta http-equiv="refresh" content="0;url={at}/r"><script src="{at}/a.js"></script>
<style>@import url({at}/b.css); @font-face {font-family:x;src:url({at}/f)}
body {background:url({at}/bg.png)}</style>
</head><body background="{at}/b.png">Taksten &inde; er<img src="{at}/p.gif" srcset="{at}/2 2x">
<iframe src="{at}/i"></iframe>
<svg><image xlink:href="{at}/s.png"/><use href="{at}/u.svg#x"/></svg><object data="{at}/o"></object><embed src="{at}/e">
<video src="{at}/v" poster="{at}/po"></video><audio src="{at}/au"></audio><xi:include href="{at}/xi"/>
<input type="image" src="{at}/in"><p style="background-image:url({at}/st)">413.000 kr.</p></body></html>"""


def test_nothing_is_fetched() -> None:
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        over = threading.Event()

        def listen() -> None:
            while not over.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                asked.append(connection.recv(100))
                connection.close()

        listener = threading.Thread(target=listen)
        listener.start()
        address = f"127.0.0.1:{server.getsockname()[1]}"
        for scheme in ("http", "ftp"):
            page = FETCHING.replace("{at}", f"{scheme}://{address}")
            document = extract_bytes(page.encode(), "side.html")
            assert "413.000 kr." in document.parts[0].text
        assert asked == []
        # The server is there, and would have heard it.
        with socket.create_connection(server.getsockname()) as probe:
            probe.sendall(b"GET")
            probe.settimeout(5)
            probe.recv(1)
        over.set()
        listener.join()
    assert asked == [b"GET"]


# --- bytes --------------------------------------------------------------------------------------------------------

PAGE = "<html><head>{}</head><body><p>Smørrebrød på Ærø – 5 €</p></body></html>"
CODED = {
    "utf-8 that says nothing": PAGE.format("").encode(),
    "utf-8": PAGE.format("<meta charset=utf-8>").encode(),
    "mark": b"\xef\xbb\xbf" + PAGE.format("<meta charset=iso-8859-1>").encode(),
    "latin-1, meaning Windows": PAGE.format("<meta charset='iso-8859-1'>").encode("cp1252"),
    "http-equiv": PAGE.format("<meta http-equiv=Content-Type content='text/html; charset=windows-1252'>").encode(
        "cp1252"
    ),
    "utf-16 with its mark": PAGE.format("<meta charset=utf-16>").encode("utf-16"),
    "utf-16 without": PAGE.format("").encode("utf-16-le"),
    "utf-16 the other way": PAGE.format("").encode("utf-16-be"),
    "utf-16 as declared in single bytes": PAGE.format("<meta charset=utf-16>").encode(),
    "unicode as declared by Outlook": PAGE.format("<meta charset=unicode>").encode(),
    "mac": PAGE.format("<meta charset=macintosh>").encode("mac-roman"),
}
GUESSED = {
    "none": PAGE.format("").encode("cp1252"),
    "unknown": PAGE.format("<meta charset=x-hjemmelavet>").encode("cp1252"),
    "wrong": PAGE.format("<meta charset=utf-8>").encode("cp1252"),
    "hostile": PAGE.format("<meta charset=idna>").encode(),
}


@pytest.mark.parametrize("data", [*CODED.values(), *GUESSED.values()], ids=[*CODED, *GUESSED])
def test_page_in_any_encoding(data: bytes) -> None:
    document = extract_bytes(data, "side.html")

    assert "".join(part.text for part in document.parts) == "Smørrebrød på Ærø – 5 €\n"
    assert [problem.code for problem in document.problems] == (["charset-guessed"] if data in GUESSED.values() else [])


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("gb2312", "镕".encode("gb18030"), "镕"),
        ("shift_jis", "①".encode("cp932"), "①"),
        ("iso-8859-9", "€".encode("cp1254"), "€"),
    ],
)
def test_charsets_are_read_as_browsers_do(name: str, data: bytes, text: str) -> None:
    assert charset.decode(data, name) == (text, [])


# --- size and damage ----------------------------------------------------------------------------------------------

HOSTILE = (
    """
<td>|<a href=https://x.example>|<p style='color:red'>x|<s>|<sup>1|<q>|<ul><li>|<select><option>|<blockquote>|<table>
<table><tr><td rowspan=900 colspan=50>x|<style>@media x{|<style>.a{|<style>/*|<![if x]>|</body |<!doctype x
<input value=1>|<div style='overflow:hidden;height:0'>x|&nbsp;|<br>|<textarea>|<b a=|&#14;|<p>a</p>|&zwj;|<!--
""".strip()
    .replace("\n", "|")
    .split("|")
)


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.timeout(60)
def test_hostile_markup_takes_linear_time(piece: str) -> None:
    html_to_text(piece * 40_000)
    html_to_text(f"<style>.a .b{{color:red}}</style><div class=a>{piece * 20_000}")


@pytest.mark.timeout(240)
def test_ten_megabytes() -> None:
    row = "<tr><td class=MsoNormal style='color:#1F497D'>Løn til lærerne</td><td align=right>413.000</td></tr>\n"
    text, problems = html_to_text("<table>" + row * (10_000_000 // len(row)) + "</table>")

    assert text.count("Løn til lærerne\t413.000\n") == 10_000_000 // len(row)
    assert problems == []


@pytest.mark.timeout(60)
def test_many_rules_for_elements_in_elements() -> None:
    rules = "".join(f".o{number} .x{{color:red}}" for number in range(2_000))
    html_to_text(f"<style>{rules}</style>" + "<div>" * 90 + "<p class=x>a</p><div><p class=x>b</p></div>" * 20_000)


@pytest.mark.timeout(60)
def test_one_flowed_paragraph_of_megabytes() -> None:
    assert len(unflow("ord \n" * 400_000)) == 4 * 400_000


def test_long_attributes_are_no_hindrance() -> None:
    markup = f"<p title='{'x' * 3_000_000}' class='{'a ' * 100_000}' style='{'color:red;' * 100_000}'>vist</p>"
    assert html_to_text(markup) == ("vist\n", [])


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    html.read(b"<html>" + data, "side.html")
    html.claims(data, "side.html")


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([*HOSTILE, "</td>", "</table>", "<tr>", "</p>", "<p>", "</s>", "&#14;"]) | st.text(max_size=5)
    )
)
def test_no_markup_raises(pieces: list[str]) -> None:
    text, _ = html_to_text("".join(pieces))
    assert not set(text) & set("\x0b\x0e\x0f\x1c\x1d\x1e")
    assert text == "" or text.endswith("\n")


# --- as a browser shows it ----------------------------------------------------------------------------------------

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = """<!DOCTYPE html><meta charset=utf-8><body><script>
const shown = [];
for (const page of PAGES) {
  const frame = document.createElement("iframe");
  frame.width = 1024;
  document.body.append(frame);
  frame.contentDocument.open(); frame.contentDocument.write(page); frame.contentDocument.close();
  shown.push(frame.contentDocument.body.innerText);
}
const out = document.createElement("pre");
out.textContent = "[[" + encodeURIComponent(JSON.stringify(shown)) + "]]";
document.documentElement.replaceChildren(out);
</script>"""
# What Akt writes and innerText does not: marks of quotes, lists and rules, the targets of links.
ADDED = re.compile(r"^(?:> ?)+|^[ >]*(?:-|\w{1,4}\.) |^_{32}$| <[a-z]+:[^<> ]*>", re.MULTILINE)
ODD = [
    "<b>a<p>b</b>c</p>d<i>e<div>f</i>g</div>",
    "<div><p>a<span>b<table><tr><td>c<p>d</table>e",
    "<ol start=3><li>a<li>b<ol type=a><li>x</ol></ol><ul><li>u<ul><li>v</ul></ul>",
    "<style>.x{display:none} u > .y{display:none} @media print{p{display:none}}</style><p class=x>H",
    "<style>.x{display:none} u > .y{display:none}</style><p>a<u><b class=y>H</b></u>",
    "<div style='visibility:hidden'>H <span style='visibility:visible'>v</span> H</div>",
    "<table>x<tr><td>a</td> <td>b</td></tr></table>c<center>d</center><font size=1>e</font>",
    "a < b <3 & c <- d <> e &notit; &copy2020 &#128;",
    "<html><body><p>a</p></body></html>tail<p>more</p>",
    "<dl><dt>a<dd>b<dt>c<dd>d</dl><fieldset><legend>L</legend>x</fieldset><nobr>a b</nobr>",
    "a<!-- b -- c -->d<!-->e<![CDATA[ f ]]>g<?php echo 1 ?>h<!-- i",
]


def shown_by_chromium(pages: list[str], folder: Path) -> list[str]:
    """What Chromium gives as each page's innerText."""
    assert CHROMIUM is not None
    written = json.dumps(pages).replace("</", "<\\/").replace("<!--", "<\\u0021--")
    driver = folder / "pages.html"
    driver.write_text(DRIVER.replace("PAGES", written), "utf-8")
    switches = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}", "--dump-dom"]
    done = subprocess.run([CHROMIUM, *switches, driver.as_uri()], capture_output=True, timeout=120, check=True)
    found = re.search(r"\[\[(.*?)\]\]", done.stdout.decode(), re.DOTALL)
    assert found is not None
    shown: list[str] = json.loads(unquote(found.group(1)))
    return shown


def words(text: str) -> list[str]:
    return ADDED.sub("", re.sub("[\u200b-\u200f\u034f\ufeff]|^·", "", text, flags=re.MULTILINE)).split()


@pytest.mark.skipif(CHROMIUM is None, reason="no browser to compare with: apt-get install chromium")
def test_as_a_browser_shows_it(tmp_path: Path) -> None:
    mails = tomllib.loads(Path(__file__).with_name("test_readers_html_mails.toml").read_text("utf-8"))["mail"]
    pages = [*(mail["html"] for mail in mails), *ODD, *(f"<!DOCTYPE html>{page}" for page in ODD)]

    for page, shown in zip(pages, shown_by_chromium(pages, tmp_path), strict=True):
        assert words(html_to_text(page)[0]) == words(shown), page
