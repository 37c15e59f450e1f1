"""Reaching a dask scheduler, and saying in one line what is wrong with it."""

import logging
import re
import warnings
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any
from uuid import uuid4

import dask
from distributed import Client
from distributed.security import Security

from scrutiny_pack.errors import EngineError
from scrutiny_pack.run.cluster.worker import (
    GoneWithItsClient,
    PacksPlugin,
    Work,
    how_it_differs,
    software,
)

_ADDRESS = re.compile(r"(tcp|tls)://\S+:\d+")
_LONGEST_CONNECTING = 10  # seconds
_LONGEST_WAIT_FOR_A_WORKER = 30  # seconds
_LONGEST_REASON = 200
_LOUD_LOGGERS = ("distributed", "distributed.client", "tornado", "tornado.application")


class Cluster:
    """A scheduler that has been reached.

    Attributes:
        address: its address, as it was given.
    """

    def __init__(self, address: str, client: Client) -> None:
        """Use a client that is connected."""
        self.address = address
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._name = f"packs-{uuid4().hex}"

    def software(self) -> Mapping[str, Mapping[str, str]]:
        """What runs on each worker, by its address; without our package, nothing."""
        answers = self._client.run(software, on_error="return")
        return {
            worker: answer if isinstance(answer, Mapping) else {}
            for worker, answer in answers.items()
        }

    def register(self, plugin: PacksPlugin) -> None:
        """Have a plugin on all workers, also those that join later, while we are here."""
        try:
            watch = GoneWithItsClient(self._client.id, self._name)
            self._client.register_plugin(watch)
            self._client.register_plugin(plugin, self._name)
        except Exception as error:
            raise self.failed(error) from error

    def submit(
        self, work: Work, parcel: Any, workers: list[str] | None
    ) -> "Future[bytes]":
        """Have something done by one of some workers, or of all."""
        try:
            if self._client.status != "running":
                raise self.gone()
            future: Future[bytes] = self._executor.submit(
                work, self._name, parcel, workers=workers
            )
        except RuntimeError as error:
            raise self.failed(error) from error
        return future

    def threads(self) -> Mapping[str, int]:
        """How many threads each worker has that there is now, by its address."""
        try:
            threads: Mapping[str, int] = self._client.nthreads()
        except Exception as error:  # whatever is wrong, it is with the scheduler
            raise self.gone() from error
        return threads

    def gone(self) -> EngineError:
        """The error that says that the scheduler is no longer there."""
        msg = (
            f"the scheduler at {self.address} is no longer there: start it again, and run "
            "again; what is finished is kept"
        )
        return EngineError(msg)

    def failed(self, error: Exception) -> EngineError:
        """The error that says that the cluster could not do something."""
        return EngineError(f"the cluster at {self.address} failed: {_reason(error)}")

    def close(self) -> None:
        """Leave the cluster, which then ends what it does for us."""
        with suppress(Exception):  # it may have gone before us
            self._client.close(_LONGEST_CONNECTING)


def connect(address: str, *, loud: bool = False) -> Cluster:
    """Reach a scheduler, and wait for its first worker, for a limited time.

    Args:
        address: that of the scheduler.
        loud: whether what dask has to say is shown.

    Raises:
        EngineError: if it is none, cannot be reached, runs something else, or has no
            worker; if certificates are needed and there are none.
    """
    if not _ADDRESS.fullmatch(address):
        msg = (
            f"ENGINE={address} is not the address of a scheduler: write one, such as "
            "ENGINE=tcp://scheduler:8786"
        )
        raise EngineError(msg)
    if address.startswith("tls:"):
        _see_that_there_are_certificates(address)
    if not loud:
        _be_quiet()
    try:
        client = Client(address, timeout=_LONGEST_CONNECTING, set_as_default=False)
    except Exception as error:
        msg = (
            f"the scheduler at {address} cannot be reached ({_reason(error)}): start it, "
            "or correct ENGINE=; docs/cluster.md says how"
        )
        raise EngineError(msg) from error
    cluster = Cluster(address, client)
    try:
        _see_that_it_fits(address, client)
        client.wait_for_workers(1, _LONGEST_WAIT_FOR_A_WORKER)
    except TimeoutError as error:
        cluster.close()
        msg = (
            f"the scheduler at {address} has no worker: start one, and run again; "
            "docs/cluster.md says how"
        )
        raise EngineError(msg) from error
    except BaseException:
        cluster.close()
        raise
    return cluster


def _see_that_there_are_certificates(address: str) -> None:
    """Raise an error if dask has not been told of certificates, or cannot read them."""
    try:
        if Security().get_connection_args("client")["ssl_context"] is not None:
            return
    except OSError as error:  # a file is not there, or is no certificate
        msg = (
            f"dask cannot use the certificates for ENGINE={address} ({error.strerror}): "
            "correct the names of their files; docs/cluster.md says how"
        )
        raise EngineError(msg) from error
    msg = (
        f"ENGINE={address} needs a certificate, its key and its authority: tell dask of "
        "their files; docs/cluster.md says how"
    )
    raise EngineError(msg)


def _see_that_it_fits(address: str, client: Client) -> None:
    """Raise an error if the scheduler could not hand on what we send."""
    try:
        theirs = client.run_on_scheduler(software)
        why = how_it_differs(software(), theirs)
    except Exception as error:  # noqa: BLE001 - it knows nothing of our package
        why = f"it does not have this project's environment: {_reason(error)}"
    if why:
        msg = (
            f"the scheduler at {address} cannot be used, {why}: start it with the same "
            "program as this machine; docs/cluster.md says how"
        )
        raise EngineError(msg)


def _be_quiet() -> None:
    """What dask says of connections and versions, we say in words of our own."""
    for name in _LOUD_LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="distributed")
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"})


def _reason(error: Exception) -> str:
    words = " ".join(str(error).split()) or type(error).__name__
    return words[:_LONGEST_REASON]
