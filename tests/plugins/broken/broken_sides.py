"""A distribution whose plug-ins fail, each in another way."""

from __future__ import annotations


class FaultyReader:
    name = "faulty"
    version = "1"

    def read(self, parsed, resolution):
        raise ZeroDivisionError("no reason at all")


class Liar:
    name = "honest"
    version = "1"


class NoSense:
    name = "no-sense"
    version = "1"

    def mapping(self):
        return '[dataset]\nname = "no-sense"\n'


class Crash:
    name = "crash"
    version = "1"

    def extract(self, name, content):
        raise IndexError("past the end")


class Halfway:
    name = "halfway"
    suffix = ".half"
    subjects = ("claims",)

    def write(self, ledger, file, wanted):
        file.write(b"half")
        raise OSError("no more")
