import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from tests.builders import a_person, signed_in

from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.uploads.kinds import endings
from knotwork.core.uploads.models import Upload
from knotwork.core.uploads.services import UploadRefused, open_stored, path_of, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return a_person()


def stored_bytes(upload):
    with open_stored(upload) as stream:
        return stream.read()


def a_file(name, content=b"a,b\n1,2\n"):
    return SimpleUploadedFile(name, content)


def test_a_file_is_kept_by_its_hash_and_read_back(ada):
    upload = store(a_file("votes.csv"), by=viewer_for(ada))
    assert stored_bytes(upload) == b"a,b\n1,2\n"
    assert path_of(upload.sha256).is_file()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("drawing.svg", b"<svg/>", "We take files that end in"),
        ("votes.csv", b"", "is empty"),
        ("votes.csv", b"x" * 200, "larger than"),
        ("votes.parquet", b"not parquet", "not what its name says"),
        ("photo.png", b"\x89PNG\r\n\x1a\nbroken", "cannot be read"),
    ],
)
def test_a_file_that_we_do_not_take_is_refused_with_one_message_and_nothing_is_kept(
    ada, name, content, words
):
    with pytest.raises(UploadRefused, match=words):
        store(a_file(name, content), by=viewer_for(ada), largest=100)
    assert not Upload.objects.exists()


def test_a_picture_is_drawn_anew_so_that_nothing_but_pixels_is_kept(ada):
    picture = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at 4 Kettle Lane"
    Image.new("RGB", (3000, 20), "teal").save(picture, "JPEG", exif=exif)
    stored = stored_bytes(store(a_file("photo.jpg", picture.getvalue()), by=viewer_for(ada)))
    assert b"Kettle Lane" not in stored
    assert Image.open(io.BytesIO(stored)).width == 2400


def test_a_picture_of_too_many_pixels_is_refused(ada, monkeypatch):
    monkeypatch.setattr("knotwork.core.uploads.services.LARGEST_PICTURE_PIXELS", 10)
    picture = io.BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "PNG")
    with pytest.raises(UploadRefused, match="too many pixels"):
        store(a_file("photo.png", picture.getvalue()), by=viewer_for(ada))


def test_a_file_goes_back_to_its_owner_and_to_nobody_else(client, ada):
    upload = store(a_file("votes.csv"), by=viewer_for(ada))
    url = reverse("uploaded_file", args=[upload.public_id])
    assert client.get(url).status_code == 404
    assert signed_in(client, a_person()).get(url).status_code == 404
    response = signed_in(client, ada).get(url)
    assert b"".join(response.streaming_content) == b"a,b\n1,2\n"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_drawings_that_can_hold_programs_are_not_on_the_list():
    assert not {".svg", ".html", ".zip", ".js"} & set(endings())
