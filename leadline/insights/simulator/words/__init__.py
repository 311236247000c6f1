"""The words of the simulator: all invented here, nobody's data. `.example` domains reach nobody."""
