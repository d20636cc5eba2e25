"""Makes the documents of corpus/samples/ and their gold from the marked-up sources in tools/samples/.

`python tools/make_samples.py` writes all of them; `--check` writes nothing and says which files are not current.

A source is TOML between two `+++` lines (what the document is, and what its marks cannot say), then the text. The truth
stands in the source: the document is the source without its marks (samples_markup), its gold is the marks. A PDF
with `printed_from` in its front matter is LibreOffice's: it is held against its source, not written (samples_office).
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from samples_markup import parse
from samples_msg import msg_bytes
from samples_office import committed
from samples_pdf import Block, render
from samples_tables import as_text, gold, records
from samples_tnef import attached as in_tnef
from samples_tnef import tnef

ROOT = Path(__file__).resolve().parents[1]
SOURCES = Path(__file__).resolve().parent / "samples"
TARGET = ROOT / "corpus" / "samples"
GOLD_FIELDS = ("kind", "municipality", "date", "title", "language")


class Source:
    """One source file: its front matter, its marked-up text, and the parts and tables met while it is printed."""

    def __init__(self, path: Path) -> None:
        front, _, text = path.read_text(encoding="utf-8").removeprefix("+++\n").partition("\n+++\n")
        self.name = path.name.removesuffix(".src")
        self.meta: dict[str, Any] = tomllib.loads(front)
        self.text = text
        self.parts: list[dict[str, Any]] = list(self.meta.get("parts", []))
        self.records: list[dict[str, Any]] = []
        self.tables: list[dict[str, Any]] = []

    def say(self, marked: str) -> str:
        """A stretch of the source without its marks; its records go to the gold."""
        parsed = parse(marked)
        self.records += parsed.records
        return parsed.text

    def table(self, name: str) -> dict[str, Any]:
        """A table of the front matter; its lines and figures go to the gold."""
        spec: dict[str, Any] = self.meta["tables"][name]
        spec["rows"] = [[self.say(label), *cells] for label, *cells in spec["rows"]]
        told = gold(spec)
        self.tables.append(told)
        self.records += records(told)
        return spec


def blocks(source: Source) -> Iterator[Block]:
    """The text of a PDF's source as blocks: paragraphs between blank lines, `#` headings, `@` directives."""
    for paragraph in re.split(r"\n\s*\n", source.text.strip("\n")):
        first = paragraph.split(" ", 1)[0]
        if first.startswith("@"):
            for line in paragraph.splitlines():
                directive, _, rest = line[1:].partition(" ")
                yield from _directive(source, directive, rest)
        elif first == "##":
            text = source.say(paragraph[3:])
            if source.parts and source.parts[-1]["kind"] == "proposal":
                source.parts[-1]["sections"].append(re.sub(r"^\d+\.\s+", "", text))
            yield "heading", text
        elif first == "#":
            yield "title", source.say(paragraph[2:])
        elif first == "-":
            for line in paragraph.splitlines():
                yield "bullet", source.say(line[2:])
        else:
            yield "body", source.say(paragraph if "  \n" in paragraph else paragraph.replace("\n", " "))


def _directive(source: Source, name: str, rest: str) -> Iterator[Block]:
    if name == "table":
        yield "table", source.table(rest)
    elif name == "proposal":
        yield from _proposal(source, [source.say(field.strip()) for field in rest.split(" ; ")])
    elif name == "item":
        number, _, heading = (field.strip() for field in rest.partition(" ; "))
        heading = source.say(heading)
        source.parts.append({"kind": "agenda-item", "number": number, "heading": heading, "decision": False})
        yield "heading", f"{source.meta.get('item_label', '')}{number}. {heading}"
    elif name == "decision":
        source.parts[-1]["decision"] = True
        yield "heading", rest
    elif name == "form":
        yield "form", [tuple(source.say(field).split(" ; ", 1)) for field in rest.split(" ;; ")]
    else:
        yield name, source.say(rest)


def _proposal(source: Source, fields: list[str]) -> Iterator[Block]:
    labels: list[str] = source.meta["form"]
    part: dict[str, Any] = {"kind": "proposal", "sections": []}
    part |= zip(("number", "title", "committee", "proposer", "expense_type"), fields, strict=False)
    part["budget_years"] = source.meta["budget_years"]
    source.parts.append(part)
    yield "form", list(zip(labels, fields, strict=True))


def document(source: Source) -> bytes:
    """The bytes of the sample."""
    if source.name.endswith(".pdf"):
        meta = source.meta
        printed = list(blocks(source))
        if "printed_from" in meta:
            return committed(source.name, meta["printed_from"], printed, meta["header"], meta["footer"])
        return render(
            printed, look=meta["look"], header=meta["header"], footer=meta["footer"], title=meta.get("pdf_title", "")
        )
    special = {".eml": _mail, ".msg": _outlook, ".mbox": _mailbox}.get(Path(source.name).suffix)
    if special is not None:
        return special(source)
    style = source.meta.get("table_style", "aligned")
    pieces = re.split(r"^@table (\w+)$", source.text, flags=re.MULTILINE)
    out = ""
    for index, piece in enumerate(pieces):
        out += as_text(source.table(piece), style) if index % 2 else source.say(piece).replace("@formfeed", "\f")
    data = out.encode(source.meta.get("encoding", "utf-8"))
    return data.replace(b"\n", b"\r\n") if source.meta.get("crlf") else data


def _mail(source: Source) -> bytes:
    """An e-mail file: the headers of the front matter, the text, and other samples as attachments or inside it."""
    message = EmailMessage(policy=policy.SMTP)
    for name, value in source.meta["headers"].items():
        message[name] = value
    text, _, html = source.text.partition("\n@html\n")
    form = "html" if source.meta.get("html_only") else "plain"
    charset = source.meta.get("charset", "utf-8")
    message.set_content(source.say(text), subtype=form, charset=charset, cte="quoted-printable")
    if html:
        message.add_alternative(parse(html).text, subtype="html", cte="quoted-printable")
    if source.meta.get("winmail"):
        message.add_attachment(_winmail(source), maintype="application", subtype="ms-tnef", filename="winmail.dat")
    for name in [] if source.meta.get("winmail") else attached(source):
        data = document(Source(SOURCES / f"{name}.src"))
        if name.endswith(".eml"):
            inner = BytesParser(policy=policy.SMTP).parsebytes(data)
            message.add_attachment(inner)
        else:
            message.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        if part.get_content_maintype() == "multipart":
            part.set_boundary(f"=_graense_{source.name.removesuffix('.eml')}_{number}")
    return message.as_bytes()


def _winmail(source: Source) -> bytes:
    """The attachments as Outlook packs them for others."""
    names = source.meta.get("attach_names", {})
    files = [(names.get(name, name), document(Source(SOURCES / f"{name}.src"))) for name in attached(source)]
    return tnef(attachments=[in_tnef({0x3707: name}, data=data) for name, data in files])


def _outlook(source: Source) -> bytes:
    """A message as Outlook saves it."""
    headers = source.meta["headers"]
    files = [(name, guess_type(name)[0] or "", document(Source(SOURCES / f"{name}.src"))) for name in attached(source)]
    return msg_bytes(
        subject=headers["Subject"],
        sender=parseaddr(headers["From"]),
        to=getaddresses([headers["To"]]),
        cc=getaddresses([headers.get("Cc", "")]),
        sent=parsedate_to_datetime(headers["Date"]),
        message_id=headers["Message-ID"],
        body=source.say(source.text),
        attachments=files,
    )


def _mailbox(source: Source) -> bytes:
    """Other samples as the mails of a mailbox (RFC 4155), with the line ends they have as files."""
    line = b"From post@fjordby.example Thu Mar  6 12:00:00 2025\r\n"
    return b"".join(line + document(Source(SOURCES / f"{name}.src")) + b"\r\n" for name in source.meta["mails"])


def attached(source: Source) -> list[str]:
    names: list[str] = source.meta.get("attach", [])
    return names


def told(source: Source) -> dict[str, Any]:
    """The gold of a source that has been printed."""
    meta = source.meta
    truth: dict[str, Any] = {field: meta[field] for field in GOLD_FIELDS if field in meta}
    truth["complete"] = meta.get("complete", [])
    truth["problems"] = meta.get("problems", [])
    truth["problems_allowed"] = meta.get("problems_allowed", [])
    truth["parts"] = source.parts
    order = {kind: index for index, kind in enumerate(("amount", "fte", "date", "committee", "decision"))}
    truth["records"] = sorted(source.records, key=lambda record: order.get(record["type"], 9))
    truth["tables"] = source.tables
    truth["children"] = []
    inside = {meta.get("attach_names", {}).get(name, name): name for name in attached(source)}
    inside |= {f"{number}.eml": name for number, name in enumerate(meta.get("mails", []), 1)}
    for shown, name in inside.items():
        child = Source(SOURCES / f"{name}.src")
        document(child)
        truth["children"].append({"name": shown, **told(child)})
    return truth


def readme(sources: list[Source]) -> str:
    """The table of samples: a row per file."""
    rows = [f"| `{s.name}` | {s.meta['what']} | {s.meta['why']} | {s.meta['traps']} |" for s in sources]
    return "\n".join([*README_HEAD, *rows]) + "\n"


README_HEAD = [
    "# Samples",
    "",
    "Invented documents in the style of what Danish authorities hand out. Fjordby Kommune and Lyngsø Kommune do not",
    "exist, nor do the people, committees' matters, case numbers and figures; the addresses end in `.example`.",
    "The files and this page are made by `tools/make_samples.py` from the marked-up sources in `tools/samples/`. PDFs",
    "that have a `.fodt` or `.fods` there are LibreOffice's: `tools/print_office.py` printed them, and their words are",
    "held against the marked-up source, from which their gold is made as all others.",
    "",
    "`NAME.gold.json` beside a sample says what must come out of it: a subset of the contract. `complete` names the",
    "record types that are listed completely (any other record of the type is a fault); of the other types only what",
    "is listed must be there. `problems` lists the codes completely (but for `problems_allowed`). Blanks and line",
    "breaks in texts are run together before they are compared.",
    "",
    "| file | what | why it is here | traps inside |",
    "| --- | --- | --- | --- |",
]


def generate() -> dict[Path, bytes]:
    """Every file of corpus/samples/ that is made here, by path."""
    made: dict[Path, bytes] = {}
    sources = [Source(path) for path in sorted(SOURCES.glob("*.src"))]
    for source in sources:
        made[TARGET / source.name] = document(source)
        truth = json.dumps(told(source), ensure_ascii=False, indent=1) + "\n"
        made[TARGET / f"{source.name}.gold.json"] = truth.encode()
    made[TARGET / "README.md"] = readme(sources).encode()
    return made


def main() -> int:
    """Write the samples, or with --check name those that are not current."""
    check = "--check" in sys.argv[1:]
    stale = 0
    for path, data in generate().items():
        if not path.exists() or path.read_bytes() != data:
            stale += 1
            print(f"{path.relative_to(ROOT)} {'is not current' if check else 'written'}", file=sys.stderr)  # noqa: T201
            if not check:
                path.write_bytes(data)
    return int(check and stale > 0)


if __name__ == "__main__":
    sys.exit(main())
