import erpsync
import pytest
from erpsync._calls import Calls
from erpsync.v1.services import Services
from fake import Recorded, Server


class House:
    """A client with its server."""

    def __init__(self):
        self.open = []

    def __call__(self, *to_say):
        server = Server(*to_say)
        client = erpsync.connect(server.address, "esk_1_secret")
        policy = Recorded()
        Services.__init__(client, Calls(client.channel, client.metadata, policy))
        self.open += [client.close, lambda: server.__exit__()]
        return client, server, policy.waits


@pytest.fixture
def house():
    house = House()
    yield house
    for close in house.open:
        close()
