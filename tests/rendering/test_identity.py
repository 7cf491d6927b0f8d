"""What a PDF says it is, for programs."""

from __future__ import annotations

import io

import pikepdf
import pytest

from handouts.rendering.identity import NAMESPACE, Identity, identity_in
from tests.projects import ROOT
from tests.rendering.samples import HANDOUT, renderer

OURS = Identity("HER2-PT-02-EN", "0.1", "9NA1Z7CRJFT6D0XNRJEC866YHB", 'a/"b" & <c>.pdf')


def packet(inside: str) -> str:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f"{inside}</rdf:RDF></x:xmpmeta>"
    )


def test_what_is_written_is_read() -> None:
    assert identity_in(packet(OURS.rdf().decode())) == OURS


def test_a_file_carries_it_in_one_description_and_stays_the_same_without_it() -> None:
    plain = renderer().render(HANDOUT, base_url=ROOT).data
    data = renderer().render(HANDOUT, base_url=ROOT, identity=OURS).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        xmp = pdf.Root.Metadata.read_bytes().decode()
    assert identity_in(xmp) == OURS
    assert xmp.count("<rdf:RDF") == 1
    assert renderer().render(HANDOUT, base_url=ROOT, identity=OURS).data == data
    assert renderer().render(HANDOUT, base_url=ROOT).data == plain


def test_another_program_may_write_it_as_elements() -> None:
    inside = (
        f'<rdf:Description xmlns:h="{NAMESPACE}"><h:reference>A-01-EN</h:reference>'
        "<h:version>1</h:version><h:fingerprint>X</h:fingerprint>"
        "<h:edition> e.pdf </h:edition></rdf:Description>"
    )
    assert identity_in(packet(inside)) == Identity("A-01-EN", "1", "X", "e.pdf")


@pytest.mark.parametrize(
    "xmp",
    [
        "",
        "<x:xmpmeta>",
        packet(""),
        packet("<a>"),
        packet(OURS.rdf().decode().replace("version", "versions")),
        packet(OURS.rdf().decode().replace("0.1", "")),
        packet(OURS.rdf().decode().replace("0.1", "1" * 2000)),
        packet(OURS.rdf().decode().replace("0.1", "&#x202E;")),
        packet("<!DOCTYPE a>" + OURS.rdf().decode()),
    ],
)
def test_what_is_not_whole_or_odd_is_nothing(xmp: str) -> None:
    assert identity_in(xmp) is None
