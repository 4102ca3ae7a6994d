"""What the tests of both kinds of session have in common."""

import tempfile
import unittest

import mineral_spark
from data import quick


class SessionTest(unittest.TestCase):
    """A session, a frame of pairs, and a model trained on it. Subclasses say what kind of session, and make the frame."""

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.spark = (
            cls.session()
            .config("spark.jars", mineral_spark.jars())
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.local.dir", cls.scratch.name)
            .getOrCreate()
        )
        cls.frame = cls.made()
        cls.model = quick().fit(cls.frame)

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()
        cls.scratch.cleanup()

    def path(self, name):
        return self.scratch.name + "/" + name

    def lists(self, frame):
        return {row["user"]: [one["item"] for one in row["recommendations"]] for row in frame.collect()}
