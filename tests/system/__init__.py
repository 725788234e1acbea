"""lorplan in real surroundings: processes, terminals, shells, signals, permissions, devices, clocks."""
