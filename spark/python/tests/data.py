"""Data with a known truth, and trainings that take seconds."""

import random

from mineral_spark import MineralRecommender

TASTES = 8


def pairs():
    """Of 160 users each has items of one taste: item i<n> is of taste n % 8, as user u<n> is."""
    draw = random.Random(1)
    return sorted({(f"u{u}", f"i{draw.randrange(12) * TASTES + u % TASTES}") for u in range(160) for _ in range(8)})


def taste(name):
    return int(name[1:]) % TASTES


def films(session):
    """A view of the tastes of all items, and of eight more that nobody has."""
    rows = [(f"i{i}", f"taste {i % TASTES}") for i in range(13 * TASTES)]
    session.createDataFrame(rows, ["item", "taste"]).createOrReplaceTempView("films")
    return {f"i{i}" for i in range(12 * TASTES, 13 * TASTES)}


def quick(**more):
    params = dict(rank=16, maxIter=2, meetings=2, numUserBlocks=1, temperature=0.2)
    params.update(more)
    return MineralRecommender(**params)


def untrained(**more):
    """For what does not look at the lists: a step from random vectors."""
    return quick(maxIter=1, meetings=1, settings=["start=random"], **more)
