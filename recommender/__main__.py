"""Run the command line as `python -m recommender`."""

from .cli import main

if __name__ == "__main__":
    main()
