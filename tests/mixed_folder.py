"""A folder of invented papers of many kinds, with the same content in more than one place."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

NOTE = "Notat {0} om legepladser\n\nUdvalget bevilger {0} mio. kr. til legepladser i 2025.\n"


def mail(number: int, *attachments: str, subject: str = "Legepladser") -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Karen Holm <karen@fjordby.example>", "udvalg@fjordby.example"
    message["Subject"], message["Date"] = subject, f"Mon, 03 Mar 2025 10:{number:02}:00 +0100"
    message.set_content(f"Kære udvalg\n\nSe bilaget om sag {number}.\n\nVenlig hilsen\nKaren\n")
    for at, text in enumerate(attachments):
        message.add_attachment(text.encode(), "text", "plain", filename=f"bilag {at}.txt")  # in base64
    return message.as_bytes()


def mailbox(*mails: bytes) -> bytes:
    return b"".join(b"From karen@fjordby.example Mon Mar  3 10:00:00 2025\n" + each + b"\n\n" for each in mails)


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(200)


def fill(folder: Path, *, slow: int) -> None:
    """Duplicates, attachments of two mails, a mailbox, what cannot be read; the first file has ``slow`` notes."""
    long = EmailMessage()
    long["From"], long["To"], long["Subject"] = "a@fjordby.example", "b@fjordby.example", "Langt bilag"
    long.set_content("Se bilagene.")
    long.add_attachment("\n\n".join(NOTE.format(n) for n in range(slow)).encode(), "text", "plain", filename="1.txt")
    long.add_attachment(PICTURE, "image", "png", filename="logo.png")
    long.add_attachment(NOTE.format(7).encode(), "text", "plain", filename="2.txt")
    (folder / "0.eml").write_bytes(long.as_bytes())
    (folder / "1.png").write_bytes(PICTURE)
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(NOTE.format(number % 8))
    for number in range(4):
        (folder / f"m{number}.eml").write_bytes(mail(number, "Fælles bilag: 3 mio. kr.", f"Bilag {number % 2}"))
    (folder / "post.mbox").write_bytes(mailbox(*(mail(number, "Fælles bilag: 3 mio. kr.") for number in range(6))))
    (folder / "x.pdf").write_bytes(b"%PDF-1.4\nikke mere\n")
    (folder / "y.txt").write_bytes(b"")


def change(folder: Path) -> None:
    """Edits, a file that is gone, one that has moved, and a mailbox that has grown."""
    (folder / "00.txt").write_text(NOTE.format(99))
    (folder / "01.txt").unlink()
    (folder / "02.txt").rename(folder / "z.txt")
    with (folder / "post.mbox").open("ab") as file:
        file.write(mailbox(mail(7, "Fælles bilag: 3 mio. kr.", "Nyt bilag")))
