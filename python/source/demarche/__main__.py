"""The command `demarche`."""

import signal
import sys

from . import _core


def main() -> None:
    """Runs the command with the arguments of this process, and ends it with the command's exit status."""
    # The command has a handler of its own for Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_core.main(["demarche", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
