"""The worst plan files: small ones as they are, large ones as functions that write them."""
