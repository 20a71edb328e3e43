import pytest

from text.decode import Undecodable
from text.manuscript.encoding import decoded


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("走路 and “walking”", "utf-8", "utf-8"),
        ("走路 and “walking”", "utf-8-sig", "utf-8"),
        ("走路 and “walking”", "utf-16", "utf-16"),
        ("Walking well", "utf-16-le", "utf-16-le"),
        ("Walking well", "utf-16-be", "utf-16-be"),
        ("走路 and “walking”", "utf-32", "utf-32"),
        ("走路對身體有好處", "cp950", "cp950"),
        ("Walking (走路) is good, and it is good for everyone who walks a lot.", "cp950", "cp950"),
        ("堃峯喆", "big5hkscs", "big5hkscs"),
        ("Don’t walk past the café – it’s good, and it has been so for many years.", "cp1252", "cp1252"),
    ],
)
def test_a_file_is_read_in_the_encoding_that_it_was_written_in(text: str, encoding: str, name: str) -> None:
    assert decoded(text.encode(encoding)) == (text, name)


@pytest.mark.parametrize("raw", [b"\xff\xff\xa4", b"\xff\xfe\x00", b"\xff\xfe\x00\xd8"])
def test_what_nothing_reads_is_refused(raw: bytes) -> None:
    with pytest.raises(Undecodable):
        decoded(raw)
