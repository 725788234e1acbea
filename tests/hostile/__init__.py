"""The worst plan files: those of a few lines as they are, the large ones as generators."""
