"""A map that somebody hands in as a file."""

from django.core.files.uploadedfile import UploadedFile

from knotwork.formats.maps import MapFile, read_uploaded_map


def read_upload(upload: "UploadedFile[bytes]") -> MapFile:
    """The map in the file. Raises ``InputProblem``, whose one message may be shown as it is."""
    return read_uploaded_map(upload.name or "", upload.read())
