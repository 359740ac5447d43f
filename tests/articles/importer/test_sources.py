"""Files: what is refused, and how text is decoded."""

import pytest

from articles.importer.errors import SourceError
from articles.importer.sources import MAX_BYTES, decode, read_source

TEXT = "Café “closed” – a title\n\nSome text.\n"


def refusal(path):
    with pytest.raises(SourceError) as caught:
        read_source(path)
    return caught.value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"----\n", "empty"),
        (bytes(range(256)) * 4, "not_text"),
        (b"text\x00text", "not_text"),
        (b"\x81\x8d\x8f\x90 text", "not_text"),
        (b"PK\x03\x04 docx", "not_text"),
        (b"%PDF-1.7", "not_text"),
        (b"{\\rtf1 text}", "not_text"),
        (b"\n <!DOCTYPE html><p>text", "not_text"),
        (b"x" * (MAX_BYTES + 1), "too_large"),
        (b"- x\n" * 3001, "too_long"),
    ],
)
def test_what_is_no_plain_text_is_refused(tmp_path, data, code):
    path = tmp_path / "article.txt"
    path.write_bytes(data)
    error = refusal(path)
    assert error.code == code
    assert str(tmp_path) not in error.message


def test_a_missing_file_a_folder_and_a_device(tmp_path):
    assert refusal(tmp_path / "none.txt").code == "not_found"
    assert refusal(tmp_path).code == "not_a_file"
    assert refusal(type(tmp_path)("/dev/zero")).code == "not_a_file"
    assert refusal(tmp_path / ("x" * 5000)).code == "unreadable"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_says_its_encoding_is_read_without_a_warning(encoding):
    text, warnings = decode(TEXT.encode(encoding))
    assert text == TEXT
    assert warnings == ()


def test_windows_text_is_read_with_a_warning():
    text, (warning,) = decode(TEXT.encode("cp1252"))
    assert text == TEXT
    assert warning.code == "encoding_guessed"


def test_the_same_bytes_have_the_same_digest(tmp_path):
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text(TEXT)
    second.write_text(TEXT)
    assert read_source(first).digest == read_source(second).digest
