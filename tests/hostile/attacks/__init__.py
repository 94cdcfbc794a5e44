"""The attacks by family: what each puts in an answer cell. None may gain a point or reach anything."""

# An attack is the code of one answer cell: of `double`, or of the one that `CELLS` says. It gets nothing for that.
# COURSE, PORT, SOCKET and DATAGRAMS are what it could reach; the rest of the notebook is answered rightly.
from .exits import EXITS, NO_CELL
from .forged import FORGED
from .networks import NETWORKS
from .reaching import NETWORK, SIGNALS, TAMPERING
from .reading import LEAKS, THEFT
from .staying import BOMBS, SURVIVORS
from .values import VALUES
from .wire import EVIL, PROTOCOL, WIRE

FAMILIES = {
    "forged verdicts": FORGED,
    "values": VALUES,
    "networks": NETWORKS,
    "leaks": LEAKS,
    "theft": THEFT,
    "tampering": TAMPERING,
    "network": NETWORK,
    "signals": SIGNALS,
    "survivors": SURVIVORS,
    "bombs": BOMBS,
    "exits": EXITS,
    "bytes on the wire": WIRE,
    "the protocol": PROTOCOL,
}
EVILS = ("networks", "bytes on the wire", "the protocol")  # the families whose code begins with `EVIL`
CELLS = {"values": "table", "networks": "net"}  # the answer cell of a family, where it is not `double`

__all__ = ["CELLS", "EVIL", "EVILS", "FAMILIES", "NO_CELL"]
