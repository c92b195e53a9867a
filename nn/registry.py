"""Registries: the things a network is made of, found by name, with an error that says which names there are."""


class Registry(dict):
    """A dict from names to things, in the order in which a menu shows them.

    Args:
        kind: what the things are, for the error: "activation".
        things: objects with a `name`.

    Raises:
        ValueError: on looking up a name that is not there.
    """

    def __init__(self, kind, things):
        super().__init__((thing.name, thing) for thing in things)
        self.kind = kind

    def __missing__(self, name):
        raise ValueError(f"There is no {self.kind} named {name!r}; the names are {', '.join(self)}.")
