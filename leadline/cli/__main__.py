"""`python -m leadline.cli`: how the checkout's bin/leadline calls it."""

from leadline.cli import main

main()
