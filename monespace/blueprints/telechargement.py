"""Give a file to the browser, to be kept by the person and by nothing on the way."""

from typing import BinaryIO

from flask import Response, send_file


def download(content: BinaryIO, name: str, mime: str) -> Response:
    """`content` as an attachment called `name`, never opened in the page nor kept in a cache."""
    response = send_file(
        content, mimetype=mime, as_attachment=True, download_name=name, conditional=False
    )
    # Flask's «no-cache» would let a shared computer keep the file.
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
