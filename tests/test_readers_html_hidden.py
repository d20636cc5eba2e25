"""Text of a page that a person does not see: left out of the text, told with its first words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.html import html_to_text
from pipeline.extract import extract_bytes

HIDING = {
    "display": "display:none",
    "visibility": "visibility:hidden",
    "word": "mso-hide:all",
    "size": "font-size:0px",
    "shorthand": "font:0/0 Arial",
    "opacity": "opacity:0",
    "max-height": "max-height:0;overflow:hidden",
    "height": "height:0px; overflow: hidden",
    "width": "width:0;overflow:hidden",
    "one pixel": "position:absolute;width:1px;height:1px;overflow:hidden",
    "clip": "position:absolute;clip:rect(0 0 0 0)",
    "left of the page": "position:absolute;left:-9999px",
    "above the page": "position:fixed; top:-200em",
    "indent": "text-indent:-9999px",
    "margin": "margin-left:-5000px",
    "white on white": "color:white",
    "hexadecimal": "color:#FFF",
    "nearly white": "color:#fefefe",
    "rgb": "color: rgb(255, 255, 255)",
    "hsl": "color:hsl(0, 0%, 100%)",
    "own background": "color:navy;background:#000080",
    "no colour": "color:transparent",
    "opaque by a hundredth": "color:rgba(0,0,0,0.01)",
    "important": "display:none !important;display:block",
}
SHOWING = {
    "small": "font-size:0.5pt",
    "share": "font-size:90%",
    "block": "display:block",
    "faint": "opacity:0.3",
    "low but flowing over": "height:0",
    "narrow but flowing over": "width:0",
    "cut high enough": "max-height:20px;overflow:hidden",
    "padded": "height:0;overflow:hidden;padding-bottom:20px",
    "hanging": "margin-left:36pt;text-indent:-18pt",
    "white on blue": "color:white;background:blue",
    "white on a picture": "color:white;background:url(x.png) white",
    "white with a shadow": "color:white;text-shadow:1px 1px black",
    "a colour that is not known": "color:var(--ink)",
    "on something that is not known": "color:white;background:var(--paper)",
    "placed": "position:absolute;left:-20px",
    "half through": "color:rgba(0,0,0,0.5)",
}


@pytest.mark.parametrize("style", HIDING.values(), ids=HIDING.keys())
@pytest.mark.parametrize(
    "page", ["<div style='{}'>skjult <b>ord</b></div>", "<style>.x{{ {} }}</style><div class=x>skjult ord</div>"]
)
def test_hidden(style: str, page: str) -> None:
    text, problems = html_to_text(f"<p>Synlig</p>{page.format(style)}hale")

    assert text == "Synlig\n\nhale\n"
    assert [problem.code for problem in problems] == ["hidden-text"]
    assert "9 characters" in problems[0].message
    assert "“skjult ord”" in problems[0].message


@pytest.mark.parametrize("style", SHOWING.values(), ids=SHOWING.keys())
@pytest.mark.parametrize(
    "page", ["<div style='{}'>vist ord</div>", "<style>.x{{ {} }}</style><div class=x>vist ord</div>"]
)
def test_not_hidden(style: str, page: str) -> None:
    assert html_to_text(page.format(style)) == ("vist ord\n", [])


SHEETS = {
    "element": ("em{display:none}", "a<em>H</em>"),
    "id": ("#x{display:none}", "a<i id=x>H</i>"),
    "several": (".y,.x , .z{display:none}", "a<i class='w x'>H</i>"),
    "compound": ("i.x.y{display:none}", "a<i class=x>b</i><i class='y x'>H</i>"),
    "below": (".o .x{display:none}", "a<i class=x>b</i><u class=o><b><i class=x>H</i></b></u>"),
    "child": ("u > i{display:none}", "a<u><b><i>b</i></b></u><u><i>H</i></u>"),
    "in comment marks": ("<!-- .x{display:none} -->", "a<i class=x>H</i>"),
    "commented out": ("/* .x{display:none} */", "a<i class=x>b</i>"),
    "on a screen": ("@media screen and (min-width:600px){.x{display:none}}", "a<i class=x>H</i>"),
    "on a telephone": ("@media only screen and (max-width:480px){.x{display:none}}", "a<i class=x>b</i>"),
    "on paper": ("@media print{.x{display:none}}", "a<i class=x>b</i>"),
    "in the dark": ("@media (prefers-color-scheme: dark){.x{display:none}}", "a<i class=x>b</i>"),
    "not on paper": ("@media not print{.x{display:none}}", "a<i class=x>H</i>"),
    "telephone's text": (".x{display:none} @media (max-width:480px){.x{display:block}}", "a<i class=x>H</i>"),
    "under the mouse": (".x:hover{display:none}", "a<i class=x>b</i>"),
    "a condition not looked at": (".x:nth-child(2){display:none}", "a<i class=x>b</i>"),
    "such a condition, important": (".x:nth-child(2){display:none!important}", "a<i class=x>b</i>"),
    "the more special": ("i.x{display:inline} .x{display:none}", "a<i class=x>b</i>"),
    "the later": (".x{display:inline} .x{display:none}", "a<i class=x>H</i>"),
    "own style": (".x{display:none}", "a<i class=x style='display:inline'>b</i>"),
    "important": (".x{display:none!important}", "a<i class=x style='display:inline'>H</i>"),
    "shorthand after": (".x{color:#000;background-color:red;background:#000}", "a<i class=x>H</i>"),
    "other colours by conditions": ("i:first-child{background:#000} i{color:#fff}", "a<i>b</i>"),
    "broken": (".y{display:none;;color:} } .z{} .x{display:none}", "a<i class=x>H</i>"),
    "unclosed": (".x{display:none", "a<i class=x>H</i>"),
}


@pytest.mark.parametrize(("css", "body"), SHEETS.values(), ids=SHEETS.keys())
def test_style_sheet(css: str, body: str) -> None:
    text, problems = html_to_text(f"<style>{css}</style>{body}")

    assert "".join(text.split()) == ("ab" if ">b<" in body else "a")
    assert bool(problems) == ("H" in body)


TREES = {
    "<div style='visibility:hidden'>H<b style='visibility:visible'>a</b></div>": "a",
    "<div style='display:none'>H<b style='display:block'>H</b></div>": "",
    "<div style='font-size:0'>H<b style='font-size:14px'>a</b><i style='font-size:2em'>H</i></div>": "a",
    "<table bgcolor=black><tr><td><font color=#000000>H</font></table>": "",
    "<table bgcolor=black><tr><td>a</table>": "a",
    "<table bgcolor=navy><tr><td style='color:#fff'>a</td></tr></table>": "a",
    "<table bgcolor=navy><tr bgcolor=white><td style='color:#fff'>H</td></tr></table>": "",
    "<body bgcolor=black text=white>a<div style='background:white'>H<font color=black>b</font></div></body>": "ab",
    "<div style='color:white'><a href='https://x.example'>https://x.example</a></div>": "https://x.example",
    "<div style='color:white'>H<button>a</button></div>": "a",
    "<table background=x.png><tr><td><font color=white>a</font></td></tr></table>": "a",
    "<link rel=stylesheet href=x.css><font color=white>a</font>": "a",
    "<style>@import 'x.css';</style><font color=white>a</font>": "a",
    "<p style='background:#000'><b style='background:rgba(255,255,255,0)'><font color=white>a</font></b></p>": "a",
    "<p hidden>H</p><p hidden style='display:block'>a</p>": "a",
    "<div style='position:absolute;top:20px;color:white'>a</div>": "a",
    "<span data-ogsc='rgb(0, 0, 0)' style='color: rgb(255, 255, 255) !important'>a</span>": "a",
    "<style><!-- .xl65 {color:white;background:#4472C4;mso-pattern:black none} --></style><td class=xl65>a</td>": "a",
    "<font color=white>H<center>H</center></font><s style='display:none'><p>H</p></s>a": "a",
    "<!DOCTYPE html><div style='color:#fff'>H<table><tr><td>H</td></tr></table></div>": "",
    "<div style='color:#fff'>H<table><tr><td>a</td></tr></table></div>": "a",
    "<td style='margin-left:-9999px'>a</td><b style='margin-left:-9999px'>a<div>b</div></b>": "aab",
    "<div style='text-indent:-9999px'>a<br>b</div>": "ab",
    "<div style='width:0;overflow:hidden'>H<p style='position:fixed;top:0'>a</p></div>": "a",
    "<p><!--[if mso]><v:roundrect>H</v:roundrect><![endif]--><a style='mso-hide:all'>a</a></p>": "a",
    "<p><!--[if !mso]><!--><span style='mso-hide:all'>a</span><!--<![endif]--></p>": "a",
    "<span aria-hidden=true>a</span>": "a",
    "<details><summary>a</summary>b</details>": "ab",
    "<dialog>H</dialog><dialog open>a</dialog>": "a",
    "<span style='height:0;overflow:hidden'>a</span>": "a",
    "<td style='max-height:0;overflow:hidden'>a</td>": "a",
    "<div style='background-image:url(data:image/png;base64,xyz);color:white'>a</div>": "a",
}


@pytest.mark.parametrize(("markup", "seen"), TREES.items())
def test_what_is_handed_down(markup: str, seen: str) -> None:
    text, problems = html_to_text(markup)

    assert "".join(text.split()) == seen
    assert bool(problems) == ("H" in markup.replace("<v:roundrect>H", ""))


def test_places_are_counted_and_the_first_is_quoted_to_sixty_characters() -> None:
    long = "Skjult sætning nummer et som er længere end der er plads til i en besked"
    (problem,) = html_to_text(f"<p style='color:#fff'>{long}</p>vist<p style='color:#fff'>nummer to</p>")[1]
    quoted = problem.message.partition("“")[2].partition("”")[0]

    assert "in 2 places" in problem.message
    assert f"{len((long + 'nummer to').replace(' ', ''))} characters" in problem.message
    assert quoted == "Skjult sætning nummer et som er længere end der er plads ti…"
    assert len(quoted) == 60


@pytest.mark.parametrize("padding", ["&nbsp;&zwnj;&#847;&shy;&#8203;&#8199;", " \n ", "<img src=x>", "<br>"])
def test_hidden_padding_is_not_worth_telling(padding: str) -> None:
    assert html_to_text(f"<div style='display:none'>{padding * 50}</div>vist") == ("vist\n", [])


@pytest.mark.parametrize(
    "markup",
    [
        "<!--[if mso]><p>Kun i Word</p><![endif]-->a",
        "<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->a",
        "<script>document.write('b')</script><style>b{}</style><template>b</template>a",
        "<xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml>a",
        "<![if !mso]>a<![endif]>",
        "<!--[if !mso]><!-->a<!--<![endif]-->",
        "<noscript>b</noscript><iframe src=x>b</iframe><title>b</title>a",
    ],
)
def test_what_is_no_text_is_no_hidden_text(markup: str) -> None:
    assert html_to_text(markup) == ("a\n", [])


def test_hidden_text_is_in_no_part_and_a_number_in_it_is_masked() -> None:
    page = "<html><body><p>Taksten er 413.000 kr.</p><p style='color:white'>Sag om 010190-1234 Bo</p></body></html>"
    document = extract_bytes(page.encode(), "side.html")

    assert "Sag" not in "".join(part.text for part in document.parts)
    (problem,) = document.problems
    assert problem.code == "hidden-text"
    assert "010190-xxxx" in problem.message
    assert "1234" not in problem.message


# --- properties ---------------------------------------------------------------------------------------------------

TAGS = st.sampled_from(["div", "p", "span", "b", "font", "center", "h2", "ul", "li", "blockquote", "em", "section"])
HIDES = st.sampled_from(["display:none", "opacity:0", "font-size:0", "color:#fff", "visibility:hidden"])


@st.composite
def trees(draw: st.DrawFn, hidden: bool = False, depth: int = 4) -> tuple[str, list[tuple[str, bool]]]:
    """Markup, and its words in order, each with whether it is hidden."""
    tag, hides = draw(TAGS), draw(st.booleans()) and draw(st.booleans())
    attribute = f" style='{draw(HIDES)}'" if hides else ""
    hidden = hidden or hides
    pieces: list[str] = []
    words: list[tuple[str, bool]] = []
    for _ in range(draw(st.integers(0, 3))):
        if depth and draw(st.booleans()):
            markup, inner = draw(trees(hidden, depth - 1))
        else:
            word = f"ord{draw(st.integers(0, 10**9))}x"
            markup, inner = f" {word} ", [(word, hidden)]
        pieces.append(markup)
        words += inner
    # A paragraph ends where a block in it begins, so nothing is put into one but text.
    tag = "div" if tag in ("p", "h2", "b", "li") and any("<" in piece for piece in pieces) else tag
    return f"<{tag}{attribute}>{''.join(pieces)}</{tag}>", words


@settings(deadline=None)
@given(st.lists(trees(), max_size=4))
def test_seen_words_come_in_order_and_no_hidden_one(made: list[tuple[str, list[tuple[str, bool]]]]) -> None:
    text, problems = html_to_text("".join(markup for markup, _ in made))
    words = [word for _, inner in made for word in inner]

    assert [word for word in text.split() if word.startswith("ord")] == [word for word, hidden in words if not hidden]
    assert bool(problems) == any(hidden for _, hidden in words)
