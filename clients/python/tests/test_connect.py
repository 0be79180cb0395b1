import asyncio

import erpsync
import grpc
import pytest
import trustme
from erpsync import aio, v1
from erpsync.client import Client, target_of
from fake import Refusal, Server


@pytest.mark.parametrize(
    "address, target, encrypted",
    [
        ("http://127.0.0.1:7443", "127.0.0.1:7443", False),
        ("http://erpsync/", "erpsync:80", False),
        ("https://sync.example", "sync.example:443", True),
        ("https://[::1]:7443", "[::1]:7443", True),
    ],
)
def test_addresses(address, target, encrypted):
    assert target_of(address) == (target, encrypted)


@pytest.mark.parametrize("address", ["127.0.0.1:7443", "grpc://x", "http://", "http://x/path", ""])
def test_no_addresses(address):
    with pytest.raises(ValueError):
        erpsync.connect(address, "esk_1_secret")


@pytest.mark.parametrize("token", ["esk_1 secret", "esk_1\n", "esk_ß"])
def test_no_tokens(token):
    with pytest.raises(ValueError) as told:
        erpsync.connect("http://x", token)
    assert token not in str(told.value)
    assert "visible ASCII characters" in str(told.value)


@pytest.mark.parametrize("token", ["", None])
@pytest.mark.parametrize("connect", [erpsync.connect, aio.connect])
def test_no_token_at_all(connect, token):
    with pytest.raises(ValueError, match=r"no token was given \(is the variable set\?\)"):
        connect("http://x", token)


def test_no_token_is_sent_where_there_is_none():
    with Server(v1.GetServerInfoResponse()) as server, erpsync.connect(server.address, "esk_1_secret") as erp:
        nobody = erpsync.Client(erp.channel, "")
        nobody.server_info.get_server_info()
        assert "authorization" not in server.headers[0]


def test_a_token_that_nobody_knows():
    refusal = Refusal("UNAUTHENTICATED", "TOKEN_INVALID")
    with Server(refusal) as server, erpsync.connect(server.address, "esk_0_0") as erp:
        with pytest.raises(erpsync.Refused, match="TOKEN_INVALID: no .is it of another server or environment"):
            erp.server_info.get_server_info()


class Heard:
    """What was told of retries."""

    def __init__(self):
        self.all = []

    def __call__(self, why, seconds):
        assert isinstance(why, erpsync.Refused) and 0.05 <= seconds <= 0.1
        self.all.append(str(why))


BREAKS = ["UNAVAILABLE: no", "UNAVAILABLE: the server goes away"]


def said():
    first, second = (v1.WatchStockResponse(resume_token=it) for it in "ab")
    return Refusal("UNAVAILABLE"), v1.GetServerInfoResponse(), [first], [second, "silence"]


def test_who_listens_hears_of_retries():
    heard = Heard()
    with Server(*said()) as server, erpsync.connect(server.address, "esk_1_secret", on_retry=heard) as erp:
        erp.server_info.get_server_info()
        with erp.stock.watch_stock(v1.WatchStockRequest()) as watch:
            assert [next(watch).resume_token for _ in range(2)] == ["a", "b"]
    assert heard.all == BREAKS


def test_who_listens_hears_of_retries_that_are_awaited():
    heard = Heard()

    async def scene(address):
        async with aio.connect(address, "esk_1_secret", on_retry=heard) as erp:
            await erp.server_info.get_server_info()
            async with erp.stock.watch_stock(v1.WatchStockRequest()) as watch:
                assert [(await watch.__anext__()).resume_token for _ in range(2)] == ["a", "b"]

    with Server(*said()) as server:
        asyncio.run(asyncio.wait_for(scene(server.address), 60))
    assert heard.all == BREAKS


def test_every_service_is_there():
    names = [it for it in Client.__mro__[1].__annotations__]
    client = erpsync.connect("http://127.0.0.1:1", "esk_1_secret")
    assert all(hasattr(client, it) for it in names) and len(names) >= 16


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def encrypted(authority):
    certificate = authority.issue_cert("localhost")
    chain = b"".join(it.bytes() for it in certificate.cert_chain_pems)
    credentials = grpc.ssl_server_credentials([(certificate.private_key_pem.bytes(), chain)])
    with Server(v1.GetServerInfoResponse(version="1"), credentials=credentials) as server:
        yield f"https://localhost:{server.port}"


def test_tls_with_an_authority_of_our_own(authority, encrypted, tmp_path):
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with erpsync.connect(encrypted, "esk_1_secret", ca_file=tmp_path / "ca.pem") as erp:
        assert erp.server_info.get_server_info().version == "1"


def test_tls_of_somebody_whom_nobody_knows(encrypted, tmp_path):
    trustme.CA().cert_pem.write_to_path(tmp_path / "other.pem")
    with erpsync.connect(encrypted, "esk_1_secret", ca_file=tmp_path / "other.pem") as erp:
        with pytest.raises(erpsync.Refused) as refused:
            erp.server_info.get_server_info()
    assert refused.value.code == grpc.StatusCode.UNAVAILABLE


def test_tls_with_the_authorities_of_the_system(encrypted):
    with erpsync.connect(encrypted, "esk_1_secret") as erp:
        with pytest.raises(erpsync.Refused):
            erp.server_info.get_server_info()


def test_tls_where_plain_text_is_spoken():
    with Server() as server, erpsync.connect(server.address.replace("http:", "https:"), "esk_1_secret") as erp:
        with pytest.raises(erpsync.Refused, match="does it speak plain text.*http://"):
            erp.server_info.get_server_info()
