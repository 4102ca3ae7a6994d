"""Prints the jars: ``spark-submit --jars "$(python -m mineral_spark)" program.py``."""

from mineral_spark import jars

if __name__ == "__main__":
    print(jars())
