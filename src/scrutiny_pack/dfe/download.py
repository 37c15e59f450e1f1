"""Download a file over https: bounded in size and time, whole or not at all."""

import http.client
import ssl
import tempfile
import time
import urllib.error
import urllib.request
from typing import IO, Any, NoReturn
from urllib.parse import urlsplit

from scrutiny_pack.errors import DownloadError

LARGEST = 300_000_000
"""Bytes. A whole release, all its files zipped, has a small part of this."""

SECONDS_OF_SILENCE = 60.0
"""How long to wait for a server that says nothing."""

SECONDS_IN_ALL = 900.0
"""How long a download may take from its beginning to its end."""

_AT_ONCE = 1 << 16
_IN_MEMORY = 20_000_000
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def download(
    url: str,
    *,
    largest: int = LARGEST,
    silence: float = SECONDS_OF_SILENCE,
    in_all: float = SECONDS_IN_ALL,
) -> IO[bytes]:
    """Download a file to a temporary one, which is gone when it is closed.

    Args:
        url: an https address; a redirect is followed to another. An address on this
            machine may be http, and may redirect to another on this machine.
        largest: how many bytes to take at most.
        silence: how many seconds to wait for a server that says nothing.
        in_all: how many seconds it may take in all.

    Returns:
        The file, at its beginning.

    Raises:
        DownloadError: if it is not there, breaks off, is too large or too slow, or if
            a redirect leads away from https.
    """
    may_be_local = _is_local(url)
    _check(url, may_be_local=may_be_local)
    handlers: list[urllib.request.BaseHandler] = [_Redirects(may_be_local=may_be_local)]
    if may_be_local:
        handlers.append(urllib.request.ProxyHandler({}))
    else:
        context = ssl.create_default_context()
        handlers.append(urllib.request.HTTPSHandler(context=context))
    opener = urllib.request.build_opener(*handlers)
    opener.addheaders = [("User-Agent", "scrutiny-pack")]
    until = time.monotonic() + in_all
    try:
        with opener.open(url, timeout=silence) as answer:
            return _take(answer, url, largest, until)
    except urllib.error.HTTPError as error:
        with error:
            msg = f"{url}: the server answered {error.code} {error.reason}"
        raise DownloadError(msg) from None
    except urllib.error.URLError as error:
        msg_0 = f"{url} cannot be reached ({error.reason})"
        raise DownloadError(msg_0) from None
    except TimeoutError:
        msg = f"{url}: the server said nothing for {silence:g} seconds"
        raise DownloadError(msg) from None
    except (http.client.HTTPException, OSError) as error:
        msg_0 = f"{url}: the download broke off ({error})"
        raise DownloadError(msg_0) from None


def _take(answer: Any, url: str, largest: int, until: float) -> IO[bytes]:
    declared = answer.headers.get("Content-Length")
    promised = int(declared) if declared and declared.isdigit() else None
    if promised is not None and promised > largest:
        raise DownloadError(_too_large(url, largest))
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    try:
        taken = _copy(answer, file, url, largest, until)
        if promised is not None and taken < promised:
            _stop(
                f"{url}: the download broke off after {taken:,} of {promised:,} bytes"
            )
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def _copy(answer: Any, file: IO[bytes], url: str, largest: int, until: float) -> int:
    taken = 0
    while piece := answer.read(_AT_ONCE):
        taken += len(piece)
        if taken > largest:
            _stop(_too_large(url, largest))
        if time.monotonic() > until:
            _stop(f"{url}: the download took too long; try again later")
        file.write(piece)
    return taken


def _stop(message: str) -> NoReturn:
    raise DownloadError(message)


def _too_large(url: str, largest: int) -> str:
    return f"{url}: the file is larger than {largest:,} bytes, and no release is"


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follow a redirect only to where the first address could have led."""

    def __init__(self, *, may_be_local: bool) -> None:
        self._may_be_local = may_be_local

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Any,
        newurl: str,
    ) -> urllib.request.Request | None:
        _check(newurl, may_be_local=self._may_be_local)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _is_local(url: str) -> bool:
    return urlsplit(url).hostname in _LOOPBACK


def _check(url: str, *, may_be_local: bool) -> None:
    if urlsplit(url).scheme == "https" or (
        may_be_local and _is_local(url) and urlsplit(url).scheme == "http"
    ):
        return
    msg = f"{url} is not an https address, so nothing is downloaded from it"
    raise DownloadError(msg)
