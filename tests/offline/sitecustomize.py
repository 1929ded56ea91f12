"""Python runs this first in every process that the tests start with this folder on its path."""

from tests.network import block

block()
