"""An Outlook item's way through MIME."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser

from hypothesis import given
from hypothesis import strategies as st
from outlook import (
    SENT,
    codes,
    head,
)

from corpus import readers
from corpus.readers import mapi

ITEM = mapi.Item(
    sender=mapi.Person(name="Åse Bøgh", address="aase@fjordby.example"),
    recipients=[mapi.Recipient(name="Holm, Anne", address="anne@lyngsoe.example")],
    subject="Et emne, der er så langt, at det skal foldes over flere linjer på vejen – også med æøå i hver af dem",
    sent=SENT,
    plain="Kære Anne\r\n",
    html="<p>Kære Anne</p>",
    attachments=[mapi.Attachment(name="år.txt", media_type="text/plain", data=b"1\n")],
)


def test_the_same_item_is_the_same_bytes() -> None:
    assert mapi.to_bytes(ITEM) == mapi.to_bytes(ITEM)


def test_another_parser_reads_the_message_without_a_defect() -> None:
    made = BytesParser(policy=policy.default).parsebytes(mapi.to_bytes(ITEM))

    assert (made["Subject"], made["From"]) == (ITEM.subject, "Åse Bøgh <aase@fjordby.example>")
    assert made["To"].addresses[0].display_name == "Holm, Anne"
    assert [part.get_filename() for part in made.iter_attachments()] == ["år.txt"]
    assert [part.get_content_type() for part in made.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/plain",
    ]  # fmt: skip
    assert not any(part.defects for part in made.walk())


def test_a_picture_keeps_the_name_that_the_html_calls_it_by() -> None:
    logo = mapi.Attachment(name="logo.png", media_type="image/png", data=b"png", content_id="<logo@x>", hidden=True)

    _, _, picture = mapi.to_message(mapi.Item(html='<img src="cid:logo@x">', attachments=[logo])).walk()

    assert (picture["Content-ID"], picture.get_content_disposition()) == ("<logo@x>", "inline")


words = st.text(st.characters(blacklist_categories=["Cs"]), max_size=40)


@given(words, words, words, words)
def test_any_words_come_through(subject: str, name: str, text: str, file_name: str) -> None:
    item = mapi.Item(
        subject=subject,
        sender=mapi.Person(name=name, address="a@b.example"),
        plain=text,
        attachments=[mapi.Attachment(name=file_name, data=text.encode())],
    )

    reading = readers.read(mapi.to_bytes(item), "brev.eml")

    assert head(reading).sender is not None
    assert [child.data for child in reading.children] == [text.encode()]
    assert "bad-header" not in codes(reading)
