"""Certificates made for a test by the openssl command."""

import datetime
import pathlib
import subprocess
import tempfile

CONFIGURATION = """
[ca]
default_ca = made
[made]
database = {folder}/index.txt
new_certs_dir = {folder}
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
[any]
commonName = supplied
[req]
distinguished_name = name
prompt = no
[name]
CN = made for a test
"""


def _time(days):
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
    return moment.strftime("%Y%m%d%H%M%SZ")


class Authority:
    """A certificate authority in a folder of its own; `file` is its certificate in PEM form."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self._folder.name)
        (self.folder / "index.txt").touch()
        (self.folder / "openssl.cnf").write_text(CONFIGURATION.format(folder=self.folder))
        self._made = 0
        self.file = str(self.folder / "ca.pem")
        self._run("req", "-x509", *self._new_key("ca"), "-days", "2", "-out", self.file,
                  "-addext", "basicConstraints=critical,CA:TRUE",
                  "-addext", "keyUsage=critical,keyCertSign")

    def close(self):
        self._folder.cleanup()

    def certificate(self, names="IP:127.0.0.1,DNS:localhost", begins=-1, ends=1,
                    common_name="made for a test", usage="serverAuth"):
        """(its file, its key's), for these names, from and until so many days from now. Names of None:
        it has a common name alone, as certificates had in former days."""
        self._made += 1
        name = f"server-{self._made}"
        request, extensions, made = (str(self.folder / f"{name}.{kind}")
                                     for kind in ("csr", "ext", "pem"))
        subjects = f"subjectAltName = {names}\n" if names else ""
        pathlib.Path(extensions).write_text(f"{subjects}extendedKeyUsage = {usage}\n")
        self._run("req", "-new", *self._new_key(name), "-out", request, "-subj", f"/CN={common_name}")
        self._run("ca", "-batch", "-notext", "-in", request, "-out", made,
                  "-cert", self.file, "-keyfile", str(self.folder / "ca.key"),
                  "-extfile", extensions, "-startdate", _time(begins), "-enddate", _time(ends))
        return made, str(self.folder / f"{name}.key")

    def _new_key(self, name):
        return ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-keyout", str(self.folder / f"{name}.key"))

    def _run(self, command, *arguments):
        done = subprocess.run(["openssl", command, "-config", str(self.folder / "openssl.cnf"),
                               *arguments], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
