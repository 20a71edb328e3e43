"""The files of the image library: the same for everyone, and never another under the same name."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from articles.models import PictureFile

TYPES: Final = {PictureFile.Format.WEBP: "image/webp", PictureFile.Format.JPEG: "image/jpeg"}
HEADERS: Final = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
def picture_file(request: HttpRequest, sha256: str, width: str, file_format: str) -> HttpResponseBase:
    """One file of one picture, for good: its name is what is in it. 304 for whoever has it already."""
    kept = PictureFile.objects.filter(picture__sha256=sha256, width=width, format=file_format)
    file = kept.only("content", "sha256").first()
    if file is None:
        raise Http404(sha256)
    answer = HttpResponse(bytes(file.content), content_type=TYPES[PictureFile.Format(file_format)], headers=HEADERS)
    answer["ETag"] = f'"{file.sha256}"'
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer
