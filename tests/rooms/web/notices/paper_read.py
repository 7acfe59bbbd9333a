"""A PDF read back: what it says of itself, its tags, and its words in the order of its tags' content."""

import re
import shutil
import subprocess
import tempfile
import zlib
from pathlib import Path

import pytest

PDFTOTEXT = shutil.which("pdftotext")
# Of a line's height, how much Arimo's own measure adds above and below its size.
ARIMO_HEIGHT = 1.117


def unpacked(pdf: bytes) -> str:
    """The whole file with its packed parts opened."""

    def opened(stream: re.Match[bytes]) -> bytes:
        try:
            return zlib.decompress(stream.group(1))
        except zlib.error:
            return stream.group(0)

    return re.sub(rb"stream\r?\n(.*?)\r?\nendstream", opened, pdf, flags=re.DOTALL).decode("latin-1")


def of_itself(pdf: bytes) -> str:
    """Its metadata, as XMP: title, author, hash and the standard it keeps."""
    found = re.search(rb"<\?xpacket begin.*?<\?xpacket end", pdf, re.DOTALL)
    assert found, "the metadata cannot be read without opening anything"
    return found.group(0).decode()


def words(pdf: bytes) -> str:
    """All the words, page by page, one space between two of them."""
    return " ".join(_told(pdf, "-raw").split())


def smallest_letters(pdf: bytes) -> float:
    """The size of the smallest word, in points."""
    boxes = re.findall(r'<word [^>]*yMin="([\d.]+)"[^>]*yMax="([\d.]+)"', _told(pdf, "-bbox"))
    return min(float(below) - float(above) for above, below in boxes) / ARIMO_HEIGHT


def _told(pdf: bytes, option: str) -> str:
    if not PDFTOTEXT:
        pytest.skip("pdftotext is not on this machine, and nothing else here reads a PDF's words")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(pdf)
        done = subprocess.run([PDFTOTEXT, option, file.name, "-"], capture_output=True, check=True)
    return done.stdout.decode()
