/**
 * `sitecustomize.py` of every Python of a pod. Servers listen where `BERTH_PORTS` says, on loopback only, and connections
 * of the pod to itself find them there. A server that binds loopback only stays unreachable, as it would be on a
 * cluster. A `sitecustomize` of the user's own is run all the same.
 */
export const pythonPortShim = String.raw`
import json as _json
import os as _os
import socket as _socket
import sys as _sys

_ports = {int(port): to for port, to in _json.loads(_os.environ.get("BERTH_PORTS", "{}")).items()}
_own = {}


def _loopback(host):
    return host in ("localhost", "::1") or host.startswith(("127.", "::ffff:127."))


def _install():
    bind, connect, connect_ex = _socket.socket.bind, _socket.socket.connect, _socket.socket.connect_ex
    internet = (_socket.AF_INET, _socket.AF_INET6)

    def is_ours(sock, address):
        return (
            sock.family in internet
            and sock.type & 0xF == _socket.SOCK_STREAM
            and isinstance(address, tuple)
            and len(address) >= 2
            and isinstance(address[0], str)
            and isinstance(address[1], int)
        )

    def new_bind(self, address):
        if not is_ours(self, address):
            return bind(self, address)
        host, port = address[0], address[1]
        hidden = _loopback(host)
        if port == 0 and hidden:
            return bind(self, address)
        if hidden:
            _sys.stderr.write(
                f"berth: port {port} is bound to {host}: only its own pod can reach it. Bind to 0.0.0.0.\n"
            )
        here = "127.0.0.1"
        if self.family == _socket.AF_INET6:
            only = self.getsockopt(_socket.IPPROTO_IPV6, _socket.IPV6_V6ONLY)
            here = "::1" if only or host == "::1" else "::ffff:127.0.0.1"
        to = 0 if hidden or port == 0 else _ports.get(port, 0)
        result = bind(self, (here, to))
        if port != 0:
            _own.setdefault(port, self.getsockname()[1])
        return result

    def target(sock, address):
        if not is_ours(sock, address) or not _loopback(address[0]):
            return address
        to = _own.get(address[1], _ports.get(address[1]))
        return address if to is None else (address[0], to, *address[2:])

    def new_connect(self, address):
        return connect(self, target(self, address))

    def new_connect_ex(self, address):
        return connect_ex(self, target(self, address))

    _socket.socket.bind = new_bind
    _socket.socket.connect = new_connect
    _socket.socket.connect_ex = new_connect_ex


def _chain():
    import importlib.machinery
    import importlib.util

    here = _os.path.dirname(_os.path.abspath(__file__))
    others = [path for path in _sys.path if _os.path.abspath(path or ".") != here]
    found = importlib.machinery.PathFinder.find_spec("sitecustomize", others)
    if found is not None and found.loader is not None:
        module = importlib.util.module_from_spec(found)
        _sys.modules["sitecustomize"] = module
        found.loader.exec_module(module)


if _ports:
    _install()
_chain()
`;
