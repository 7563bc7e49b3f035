"""Small real files for the tests: a PDF, feeds, a web archive, and a server of our own."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sides.documents import Options

TODAY = date(2024, 6, 1)
OPTIONS = Options(today=TODAY)

STORY = (
    "The foreign ministers of Armenia and Azerbaijan met in Almaty on Friday and agreed to mark the border together, "
    "in the first talks of the two since the exodus from Karabakh.",
    "Russia, which has long been the host of such meetings, said that it welcomed the step but warned that others were "
    "trying to push it out of the region.",
    "Iran has told both of its neighbours that it will not accept a corridor along its border, and Turkey has asked "
    "for one since the war of 2020.",
)


def pdf_of(pages: Sequence[Sequence[str]], details: str = "") -> bytes:
    """A PDF with these lines on its pages."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = b" ".join(b"(" + line.encode("latin-1").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj T*"
                          for line in lines)
        stream = b"BT /F1 12 Tf 14 TL 72 740 Td " + shown + b" ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
                       b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % len(objects))
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    objects.append(f"<< {details} >>".encode("latin-1"))
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + (b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R /Info %d 0 R >>\n"
                  b"startxref\n%d\n%%%%EOF" % (len(objects) + 1, table, len(objects) + 1, len(objects), len(out)))


def page_of(title: str = "Border talks in Almaty", head: str = "", paragraphs: Sequence[str] = STORY,
            body_head: str = "") -> bytes:
    """A web page with an article in it, and a site around it."""
    story = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>{head}</head><body>"
            f"<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"
            f"<article><h1>{title}</h1>{body_head}{story}</article>"
            f"<footer><p>Copyright 2019 The Caspian Post</p></footer></body></html>").encode()


def rss_of(items: Sequence[str]) -> bytes:
    """An RSS feed with these items."""
    return ("<?xml version='1.0' encoding='utf-8'?><rss version='2.0' "
            "xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>The Caspian Post</title>"
            f"<language>en</language>{''.join(items)}</channel></rss>").encode()


def item_of(title: str, link: str = "", text: str = "", published: str = "", summary: str = "") -> str:
    """One item of an RSS feed."""
    parts = [f"<title>{title}</title>"]
    parts += [f"<link>{link}</link>"] if link else []
    parts += [f"<content:encoded><![CDATA[{text}]]></content:encoded>"] if text else []
    parts += [f"<description>{summary}</description>"] if summary else []
    parts += [f"<pubDate>{published}</pubDate>"] if published else []
    return f"<item>{''.join(parts)}</item>"


@contextmanager
def served(answers: Mapping[str, tuple[int, Mapping[str, str], bytes]]) -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that gives these answers by path; its address, and the agents that called it."""
    agents: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            agents.append(self.headers.get("User-Agent", ""))
            status, headers, content = answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", agents
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
