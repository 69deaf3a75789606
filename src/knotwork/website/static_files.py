"""Static files with hashed names, compressed; a library's sheet may name a picture of a part that is left out."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Wagtail's sheet for its editing pages names a picture of its image library, which is not installed here."""

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        """The name with its hash; a file that is not there keeps its name, and answers 'not found'."""
        try:
            return str(super().hashed_name(name, content, filename))
        except ValueError:
            if name.startswith("wagtailimages/"):
                return name
            raise

    def read_names_anew(self) -> None:
        """The names as another process has just written them; the library's editing tool asks for them very early."""
        self.hashed_files, self.manifest_hash = self.load_manifest()

    def create_compressor(self, **choices: Any) -> Any:
        """With gzip alone: where other tools bring Brotli along, it would make the first start half a minute longer."""
        return super().create_compressor(**choices, use_brotli=False)
