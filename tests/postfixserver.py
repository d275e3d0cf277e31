"""A real Postfix of our own on loopback: one instance, a port for each way of answering.

Needs Debian's postfix and root (`apt-get install postfix postgrey sasl2-bin`).
"""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from watchworld import free_port

AVAILABLE = shutil.which("postfix", path="/usr/sbin") is not None and os.geteuid() == 0
POSTGREY = shutil.which("postgrey", path="/usr/sbin")
SASLPASSWD = shutil.which("saslpasswd2", path="/usr/sbin")
USER, PASSWORD = "khabar", "let me in %:/"
GREYLIST_SECONDS = 3

MAIN = """\
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
myhostname = mx.reader.test
mydestination = reader.test
inet_interfaces = 127.0.0.1
mynetworks =
smtputf8_enable = yes
local_recipient_maps =
local_transport = discard
default_transport = discard
virtual_mailbox_domains = kept.test
virtual_mailbox_base = {home}/kept
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
virtual_minimum_uid = 100
message_size_limit = 10000000
maillog_file = {log}
smtpd_tls_cert_file = {home}/cert.pem
smtpd_tls_key_file = {home}/key.pem
cyrus_sasl_config_path = {home}/conf/sasl
smtpd_sasl_local_domain = reader.test
smtpd_sender_restrictions = check_sender_access inline:{{
    {{ 550@news.test = 550 5.7.1 not from you }},
    {{ 450@news.test = 450 4.7.1 not now }} }}
smtpd_recipient_restrictions = check_recipient_access inline:{{
    {{ gone@reader.test = 550 5.1.1 no such user }},
    {{ grey@reader.test = 450 4.2.0 Greylisted }},
    {{ full@reader.test = 552 5.2.2 mailbox full }},
    {{ list@reader.test = 554 5.7.1 blocked using zen.example }} }},
    reject_unauth_destination
smtpd_data_restrictions = check_recipient_access inline:{{
    {{ late@reader.test = 554 5.7.1 DMARC policy }},
    {{ soon@reader.test = 451 4.3.0 try later }} }}
smtpd_end_of_data_restrictions = check_recipient_access inline:{{
    {{ end@reader.test = 554 5.7.1 spam message rejected }},
    {{ wait@reader.test = 451 4.3.0 scanner busy }},
    {{ quota@reader.test = 552 5.2.2 over quota }} }}
"""
MASTER = """\
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
discard unix - - n - - discard
virtual unix - n n - - virtual
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
_LOGIN = (
    "smtpd_sasl_auth_enable = yes",
    "smtpd_tls_auth_only = yes",
    "smtpd_client_restrictions = permit_sasl_authenticated, reject",
)
_EARLY = "smtpd_delay_reject = no"
# What is special to the port of each name.
PORTS = {
    "plain": ("message_size_limit = 20000",),
    "roomy": (),
    "starttls": ("smtpd_tls_security_level = encrypt", *_LOGIN),
    "tls": ("smtpd_tls_wrappermode = yes", *_LOGIN),
    "greeting refused": (
        _EARLY,
        "smtpd_client_restrictions = check_client_access static:{554 5.7.1 your address is listed}",
    ),
    "greeting later": (
        _EARLY,
        "smtpd_client_restrictions = check_client_access static:{421 4.7.0 too many connections}",
    ),
    "EHLO refused": (
        _EARLY,
        "smtpd_helo_required = yes",
        "smtpd_helo_restrictions = check_helo_access static:{550 5.7.1 not by that name}",
    ),
    "EHLO later": (
        _EARLY,
        "smtpd_helo_required = yes",
        "smtpd_helo_restrictions = check_helo_access static:{450 4.7.1 not by that name yet}",
    ),
    "slow": (
        _EARLY,
        "smtpd_client_restrictions = sleep 2",
        "smtpd_end_of_data_restrictions = sleep 4",
    ),
    "no SMTPUTF8": ("smtputf8_enable = no",),
    "greylist": (
        "smtpd_recipient_restrictions = reject_unauth_destination, "
        "check_policy_service inet:127.0.0.1:{postgrey}",
    ),
}


class Postfix:
    """A running Postfix: `ports` by name, and what it logs."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.ports = {name: free_port() for name in PORTS}
        self.postgrey = free_port()
        self.log = Path(f"/var/log/khabar-postfix-{os.getpid()}.log")  # Postfix logs there only
        self._command = ["/usr/sbin/postfix", "-c", str(home / "conf")]

    def configure(self) -> None:
        """Write all that it reads."""
        for name in ("conf/sasl", "queue", "data", "grey", "kept"):
            (self.home / name).mkdir(parents=True)

        shutil.chown(self.home / "data", "postfix")
        os.chown(self.home / "kept", 65534, 65534)
        for folder in (self.home, *self.home.parents):
            if folder.owner() == "root" and str(folder).startswith("/tmp/"):  # noqa: S108
                folder.chmod(0o755)

        conf = self.home / "conf"
        (conf / "main.cf").write_text(MAIN.format(home=self.home, log=self.log))
        (conf / "master.cf").write_text(self._services() + MASTER)
        self._make_certificate()
        if SASLPASSWD is not None:
            self._make_login()

    def _services(self) -> str:
        """Return a line for each port."""
        lines = []
        for name, options in PORTS.items():
            line = f"127.0.0.1:{self.ports[name]} inet n - n - - smtpd"
            for option in options:
                text = option.replace("{postgrey}", str(self.postgrey))
                line += f"\n  -o {{ {text} }}"
            lines.append(line)

        return "\n".join(lines) + "\n"

    def _make_certificate(self) -> None:
        subprocess.run(
            [
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-keyout",
                self.home / "key.pem",
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-out",
                self.home / "cert.pem",
            ],
            check=True,
            capture_output=True,
        )

    def _make_login(self) -> None:
        base = self.home / "conf" / "sasl" / "users.db"
        (self.home / "conf" / "sasl" / "smtpd.conf").write_text(
            "pwcheck_method: auxprop\nauxprop_plugin: sasldb\n"
            f"mech_list: PLAIN LOGIN\nsasldb_path: {base}\n"
        )
        command = [str(SASLPASSWD), "-p", "-c", "-f", base, "-u", "reader.test", USER]
        subprocess.run(command, input=PASSWORD.encode(), check=True, capture_output=True)
        shutil.chown(base, "postfix")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        subprocess.run([*self._command, "start"], check=True, capture_output=True)
        time.sleep(1)

    def stop(self) -> None:
        """Stop it and remove its log."""
        subprocess.run([*self._command, "stop"], check=False, capture_output=True)
        self.log.unlink(missing_ok=True)

    def kept(self) -> list[Path]:
        """Return the mails that came to anybody at kept.test."""
        return sorted((self.home / "kept" / "all" / "new").glob("*"))

    def taken(self, message_id: str) -> int:
        """Return how often a message was taken."""
        return self.log.read_text().count(f"message-id={message_id}")

    @contextlib.contextmanager
    def greylisting(self) -> Iterator[None]:
        """Run postgrey beside it."""
        process = subprocess.Popen(
            [
                str(POSTGREY),
                f"--inet=127.0.0.1:{self.postgrey}",
                f"--delay={GREYLIST_SECONDS}",
                f"--dbdir={self.home / 'grey'}",
                "--user=root",
                "--group=root",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            time.sleep(1)
            yield
        finally:
            process.terminate()
            process.wait()


@contextlib.contextmanager
def running(home: Path) -> Iterator[Postfix]:
    """Run a Postfix under a folder."""
    server = Postfix(home)
    server.configure()
    server.start()
    try:
        yield server
    finally:
        server.stop()
