"""What the tests of both kinds of session have in common."""

import tempfile
import unittest

import mineral_spark
from data import quick, taste


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

    def assert_taste_of(self, new, model):
        """Most users are recommended the new item of their taste, beside the six of the twelve others that they have not had, and few another one."""
        lists = self.lists(model.recommendForAllUsers(8))
        found = [taste(item) == taste(user) for user, items in lists.items() for item in items if item in new]
        self.assertGreater(sum(found), 0.7 * len(lists))
        self.assertGreater(sum(found), 0.8 * len(found))

    def lists(self, frame):
        return {row["user"]: [one["item"] for one in row["recommendations"]] for row in frame.collect()}
