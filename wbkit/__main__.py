"""``python -m wbkit`` is ``wbkit``."""

from wbkit.cli import main

if __name__ == "__main__":
    main()
