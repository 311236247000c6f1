# shellcheck shell=sh
# Finds a Python that Leadline runs on, or says what to do.

new_enough='import sys; sys.exit(not (3, 11) <= sys.version_info)'

find_python() {
    # The usual one first; a newer one than we have tried comes last, for want of a better.
    for name in ${LEADLINE_PYTHON:+"$LEADLINE_PYTHON"} python3 python3.13 python3.12 python3.11 python3.14 python; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -I -c "$new_enough" >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    {
        echo "Leadline needs Python 3.11 or later; found: $(python3 --version 2>&1 || echo none)."
        case $(uname -s) in
            Darwin) echo "Install it: brew install python@3.13, or the installer from python.org." ;;
            *) echo "Install it: apt install python3 python3-venv (Debian 12, Ubuntu 24.04 or later)." ;;
        esac
        echo "Or name one: LEADLINE_PYTHON=/path/to/python3.11 $0"
    } >&2
    return 1
}
