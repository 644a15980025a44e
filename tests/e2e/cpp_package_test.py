"""The CMake package: examples/cpp is configured, built and run against an installed prefix, with the program
that is installed there. Without CMake or the libraries of mockduit/testing.h the tests are skipped."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from emulator import BINARY, PATIENCE, TREE, clean_environment

TOOLS = ("cmake", "g++", "ninja", "pkg-config")
LIBRARIES = ("cpp-httplib", "gtest", "RapidJSON", "openssl")


def missing():
    tools = [tool for tool in TOOLS if not shutil.which(tool)]
    return tools or [library for library in LIBRARIES
                     if subprocess.run(["pkg-config", "--exists", library]).returncode != 0]


def run(*command, **environment):
    result = subprocess.run([str(word) for word in command], env=clean_environment(**environment),
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, timeout=5 * PATIENCE)
    return result.returncode, result.stdout


@unittest.skipIf(missing(), f"there is no {', '.join(missing())}")
class CppPackageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        build = pathlib.Path(BINARY).parent
        if not (build / "cmake_install.cmake").exists():
            raise unittest.SkipTest(f"{build} is not a build of CMake to install from")
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.prefix = cls.folder / "a prefix"  # with a blank, as a home may have one
        cls.code, cls.said = run("cmake", "--install", build, "--prefix", cls.prefix)

    def configured(self, *options):
        build = self.folder / self.id().split(".")[-1]
        code, said = run("cmake", "-G", "Ninja", "-S", TREE / "examples/cpp", "-B", build,
                         f"-DCMAKE_PREFIX_PATH={self.prefix}", *options)
        return build, code, said

    def test_the_prefix_has_what_a_user_needs(self):
        self.assertEqual(self.code, 0, self.said)
        for file in ("bin/mockduit", "include/mockduit/testing.h", "share/man/man1/mockduit.1",
                     "lib/cmake/mockduit/mockduitConfig.cmake",
                     "share/bash-completion/completions/mockduit"):
            self.assertTrue((self.prefix / file).stat().st_size > 0, file)
        self.assertTrue(os.access(self.prefix / "bin/mockduit", os.X_OK))

    def test_the_example_is_built_and_passes(self):
        build, code, said = self.configured()
        self.assertEqual(code, 0, said)
        code, said = run("cmake", "--build", build)
        self.assertEqual(code, 0, said)
        # The program of the package is run, without a PATH that leads to one.
        code, said = run("ctest", "--test-dir", build, "--output-on-failure")
        self.assertEqual(code, 0, said)
        self.assertIn("100% tests passed", said)
        code, said = run(build / "client_test", MOCKDUIT_SCENARIO="trottled-twice")
        self.assertEqual(code, 1)
        self.assertIn("trottled-twice: there is no such scenario", said)

    def test_a_library_that_is_missing_is_named(self):
        _, code, said = self.configured("-DMOCKDUIT_HTTPLIB_INCLUDE_DIR=")
        self.assertEqual(code, 1)
        self.assertIn("libcpp-httplib-dev", said)


if __name__ == "__main__":
    unittest.main()
