# ruff: noqa: ARG002 - the shapes of handlers are given by aiosmtpd
"""One message that fails settles itself alone: whatever is wrong with it, its neighbours leave."""

import http.server
import os
import threading
from dataclasses import dataclass

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from mailserver import Server
from watchworld import free_port

from cli.mail import mail as mail_command
from cli.watch import watch as watch_command
from news.watch import Rhythm
from pipeline import house_state
from pipeline import settings as configuration
from pipeline.alerts import mail_health
from pipeline.alerts import send as sending
from pipeline.house_state import State
from service import status
from storage import alerts
from watches import WatchError, bare_address
from watches.delivery import Carriers, channels, signing
from watches.delivery.outcomes import Outcome
from watches.delivery.smtp import Mailer
from watches.delivery.smtp_account import account

MANY = 200
SOME = 40  # of each kind of poison by itself
HANG_UP = b"X-Poison: hang up"
CLOSED = free_port()  # nobody listens there


def readers(count=MANY):
    return tuple(f"reader{number:03}@reader.test" for number in range(count))


@pytest.fixture(scope="module")
def key():
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = made.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    return signing.read_key("mail:news.test", pem)


@pytest.fixture
def mailhost():
    """A mail server that takes ASCII addresses only, and no message over 100 kB."""
    with Server(enable_SMTPUTF8=False, data_size_limit=100_000).up() as running:
        running.hangs_up_at = HANG_UP
        yield running


def waiting(world, count=MANY):
    """Put mails for so many readers into the outbox; return their numbers."""
    world.watch(to=readers(count))
    world.publish()
    world.match()
    return [number for (number,) in world.rows("select id from alerts order by id")]


def send(world, mailhost, key=None):
    with Mailer(mailhost.account, "khabar@news.test") as mailer:
        way = Carriers(mailer, b"secret", key)
        return sending.Sender(way).send_all(world.archive)


def to(address):
    """Return what sends a written message to another address."""

    def poison(world, number):
        domain = "elsewhere:" if "://" in address else "elsewhere.test"
        world.rows("insert into addresses (address, domain) values (%s, %s)", address, domain)
        statement = "update alerts set address = %s, domain = %s where id = %s"
        world.rows(statement, address, domain, number)

    return poison


def raw(change):
    """Return what changes the bytes of a written message."""

    def poison(world, number):
        held = bytes(world.rows("select raw from alerts where id = %s", number)[0][0])
        world.rows("update alerts set raw = %s where id = %s", change(held), number)

    return poison


def both(*poisons):
    def poison(world, number):
        for each in poisons:
            each(world, number)

    return poison


@dataclass(frozen=True)
class Poison:
    """A way to spoil one message, and the name under which it ends."""

    act: object
    state: str
    outcome: str
    signed: bool = False  # only a signature looks at it


UNKNOWN_CHARSET = raw(lambda held: held.replace(b'charset="utf-8"', b'charset="x-nobody"'))
POISONS = {
    "address beyond ASCII": Poison(to("josé@reader.test"), "dropped", "refused_address"),
    "address with a line break": Poison(to("a\r\nb@reader.test"), "dropped", "refused_address"),
    "header too large": Poison(
        raw(lambda held: b"X-Long: " + b"x" * 200_000 + b"\r\n" + held),
        "dropped",
        "refused_message",
    ),
    "header that is none": Poison(
        raw(lambda held: b"no header\r\n" + held), "waiting", "failed", signed=True
    ),
    "body that makes the server hang up": Poison(
        raw(lambda held: HANG_UP + b"\r\n" + held), "waiting", "connection_lost"
    ),
    "body with a line too long": Poison(
        raw(lambda held: held + b"x" * 5_000 + b"\r\n"), "dropped", "refused_message"
    ),
    "webhook that nobody answers": Poison(
        to(f"webhook+http://127.0.0.1:{CLOSED}/hook"), "waiting", "receiver_away"
    ),
    "webhook without a port": Poison(
        to("webhook+http://127.0.0.1:99999/hook"), "dropped", "refused_address"
    ),
    "webhook with a body in an unknown charset": Poison(
        both(to(f"webhook+http://127.0.0.1:{CLOSED}/other"), UNKNOWN_CHARSET), "waiting", "failed"
    ),
    "Apprise service that nobody answers": Poison(
        to(f"json://127.0.0.1:{CLOSED}/"), "waiting", "later"
    ),
    "Apprise service that is none": Poison(to("nosuch://x"), "dropped", "refused_address"),
}


@pytest.mark.parametrize("name", POISONS)
def test_of_many_messages_one_is_poisoned_and_the_others_leave(world, mailhost, key, name):
    numbers = waiting(world, SOME)
    poison = POISONS[name]
    poison.act(world, numbers[3])
    sent = send(world, mailhost, key if poison.signed else None)
    assert sent.sent == SOME - 1
    assert len({recipient for recipient, _ in mailhost.got}) == SOME - 1
    found = world.rows("select id, state, last_outcome from alerts where state <> 'sent'")
    assert found == [(numbers[3], poison.state, poison.outcome)]


def test_one_poison_of_each_kind_does_not_keep_the_others(world, mailhost, key):
    numbers = waiting(world)
    for number, poison in zip(numbers[::7], POISONS.values(), strict=False):
        poison.act(world, number)
    sent = send(world, mailhost, key)
    assert sent.sent == MANY - len(POISONS)
    found = world.rows("select state, last_outcome from alerts where state <> 'sent' order by id")
    assert found == [(poison.state, poison.outcome) for poison in POISONS.values()]
    assert sum(sent.outcomes.values()) == MANY


def spoil_address(world):
    """Let one reader's address be one that no mail can be written to."""
    broken = f"x@{'a' * 70}.test"
    world.rows("insert into addresses (address, domain) values (%s, 'test')", broken)
    for table in ("deliveries", "subscriptions"):
        statement = f"update {table} set address = %s where address = %s"  # noqa: S608
        world.rows(statement, broken, readers()[3])
    return broken


def test_of_two_hundred_mails_one_cannot_be_written_and_the_others_leave(world, mailhost):
    world.watch(to=readers(), rhythm=Rhythm.HOURLY)
    world.publish()
    assert world.match().mails == 0
    broken = spoil_address(world)
    world.later(hours=1)
    assert world.compose() == MANY - 1
    world.rows("update alerts set next_try_at = '2000-01-01'")
    assert send(world, mailhost).sent == MANY - 1
    assert world.skips() == {"not_written": 1}
    asked = "select address, reason from deliveries where state <> 'written'"
    assert world.rows(asked) == [(broken, "not_written")]
    assert world.rows("select 1 from told where address = %s", broken) == []


def test_a_digest_goes_without_the_story_that_it_cannot_be_written_with(world):
    world.watch(rhythm=Rhythm.HOURLY)
    for number in range(5):
        world.publish(title=f"Transit {number}")
    world.match()
    # A year that the database knows and Python does not.
    statement = "update articles set published_at = %s where title = 'Transit 2'"
    world.rows(statement, "0044-03-15 12:00+00 BC")
    world.later(hours=1)
    assert world.compose() == 1
    text = bytes(world.rows("select raw from alerts")[0][0])
    told = {number for number in range(5) if b"Transit %d" % number in text}
    assert told == {0, 1, 3, 4}
    assert world.skips() == {"not_written": 1}
    world.rows(statement, "2026-11-02 08:00+00")
    with world.archive.transaction() as cursor:
        assert alerts.retry_failed(cursor, world.now) == (0, 1)
    assert world.compose() == 1
    assert b"Transit 2" in bytes(world.rows("select raw from alerts order by id")[1][0])


def test_a_wrong_sender_stops_the_writing_and_sets_nothing_aside(world):
    world.watch(rhythm=Rhythm.HOURLY)
    world.publish()
    world.match()
    world.later(hours=1)
    world.context = type(world.context)(sender="nobody", base="", secret=world.context.secret)
    with pytest.raises(WatchError):
        world.compose()
    assert world.rows("select state from deliveries") == [("waiting",)]


def test_a_dead_webhook_is_tried_once_in_a_pass_and_has_a_back_off_of_its_own(world, mailhost):
    hook = f"webhook+http://127.0.0.1:{CLOSED}/hook"
    world.watch(to=("ana@reader.test", hook))
    world.introduce()
    for number in range(5):
        world.publish(title=f"Transit {number}")
    world.match()
    sent = send(world, mailhost)
    assert sent.outcomes == {"sent": 5, "receiver_away": 1}
    waits = (
        "select count(*), sum(attempts), min(next_try_at) > now() from alerts where address = %s"
    )
    assert world.rows(waits, hook) == [(5, 1, True)]
    assert send(world, mailhost).outcomes == {}


def test_a_service_that_keeps_failing_is_left_for_this_pass(world, mailhost):
    service = f"json://127.0.0.1:{CLOSED}/"
    world.watch(to=("ana@reader.test", service))
    world.introduce()
    for number in range(6):
        world.publish(title=f"Transit {number}")
    world.match()
    assert send(world, mailhost).outcomes == {"sent": 6, "later": 3}


def test_without_a_mail_server_webhooks_still_get_theirs(world):
    hooks = 4
    hook = _Hook(hooks)
    world.watch(to=("ana@reader.test", hook.url))
    world.introduce()
    for number in range(hooks):
        world.publish(title=f"Transit {number}")
    world.match()
    sent = send(world, Server())
    hook.close()
    assert sent.outcomes == {"server_away": 1, "sent": hooks}


class _Hook:
    """A webhook that takes so many messages."""

    def __init__(self, count):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"webhook+http://127.0.0.1:{self.server.server_port}/"
        self.server.timeout = 10  # of each request that does not come
        self.thread = threading.Thread(target=self._serve, args=(count,))
        self.thread.start()

    def _serve(self, count):
        for _ in range(count):
            self.server.handle_request()

    def close(self):
        self.thread.join()
        self.server.server_close()


def test_a_server_that_hangs_up_at_every_mail_is_left_after_three(world, mailhost):
    waiting(world, 10)
    mailhost.hangs_up_at = b"Subject:"
    assert send(world, mailhost).outcomes == {"connection_lost": 3}
    assert mailhost.connections == 3


def test_a_server_that_does_not_take_our_sender_keeps_no_mail_from_waiting(world):
    waiting(world, 5)

    class Choosy(Server):
        async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
            return "550 5.7.1 not from you"

    with Choosy().up() as mailhost:
        assert send(world, mailhost).outcomes == {"sender_refused": 3}
    assert world.rows("select distinct state from alerts") == [("waiting",)]


@pytest.mark.parametrize(
    ("banner", "outcome"), [("554 no mail here", "sender_refused"), ("421 too busy", "server_away")]
)
def test_a_server_that_turns_us_away_at_the_door_refuses_no_message(world, banner, outcome):
    waiting(world, 3)

    class Closed(Server):
        async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
            return [banner]

        async def handle_HELO(self, server, session, envelope, hostname):  # noqa: N802
            return banner

    with Closed().up() as mailhost:
        assert send(world, mailhost).outcomes == {outcome: 1}
    assert world.rows("select distinct state from alerts") == [("waiting",)]


def test_an_address_beyond_ascii_is_mailed_where_the_server_can(world):
    world.watch(to=("josé@reader.test", "ana@reader.test"))
    world.publish()
    world.match()
    with Server(enable_SMTPUTF8=True).up() as mailhost:
        assert send(world, mailhost).sent == 2
    (mailed,) = [content for recipient, content in mailhost.got if recipient == "josé@reader.test"]
    assert "\r\nTo: josé@reader.test\r\n".encode() in mailed


@pytest.fixture
def call(database_url, tmp_path, monkeypatch):
    """Call a command on the archive; `smtp_port` names a mail server."""
    monkeypatch.setenv("KHABAR_DATABASE_URL", database_url)
    monkeypatch.setenv("KHABAR_HOME", str(tmp_path))

    def run(command, *arguments, smtp_port=None):
        if smtp_port is not None:
            monkeypatch.setenv("KHABAR_SMTP_URL", f"smtp://127.0.0.1:{smtp_port}")
        return CliRunner().invoke(command, list(arguments))

    return run


def test_an_address_that_the_mail_server_cannot_take_is_refused_in_words(call, mailhost):
    add = ("add", "x", "transit", "--to", "josé@reader.test")
    done = call(watch_command, *add, smtp_port=mailhost.port)
    assert "josé@reader.test cannot be mailed" in str(done.exception)
    assert "SMTPUTF8" in str(done.exception)
    assert call(watch_command, "list").stdout == ""
    with Server(enable_SMTPUTF8=True).up() as able:
        assert call(watch_command, *add, smtp_port=able.port).exit_code == 0


def test_a_mail_server_that_is_away_keeps_nobody_from_saving_a_watch(call):
    done = call(watch_command, "add", "x", "transit", "--to", "josé@reader.test", smtp_port=CLOSED)
    assert done.exit_code == 0
    assert "does not answer" in done.stderr


@pytest.mark.parametrize(
    "recipient", ["nosuch://token", "webhook+https://host:99999/", "webhook+http:///x"]
)
def test_a_receiver_that_cannot_be_is_refused_without_its_secret(call, recipient):
    done = call(watch_command, "add", "x", "transit", "--to", recipient)
    assert isinstance(done.exception, WatchError)
    assert "token" not in str(done.exception)


def test_bytes_that_are_no_text_are_no_address():
    with pytest.raises(WatchError, match="no mail address"):
        bare_address("jos\udce9@reader.test")


def test_two_domains_that_differ_by_a_sharp_s_stay_two():
    assert bare_address("a@straße.test") == "a@xn--strae-oqa.test"
    assert bare_address("a@STRASSE.test") == "a@strasse.test"
    assert bare_address("a@новости.test") == "a@xn--b1amnebsh.test"


def test_what_failed_is_seen_and_can_be_tried_again_or_dropped(world, mailhost, key, call):
    numbers = waiting(world, 5)
    POISONS["header that is none"].act(world, numbers[2])
    send(world, mailhost, key)
    with world.archive.transaction() as cursor:
        found = mail_health.state(cursor, world.now)
    assert not found["well"]
    assert found["failing"] == {"failed": 1}
    assert mail_health.lines(found)[0] == "mail: 1 waiting, 1 failed"
    shown = call(mail_command, "failed").stdout
    assert "failed: WatchError: the mail could not be signed" in shown
    assert "mail: 1 waiting, 1 failed" in call(mail_command, "list").stderr
    assert call(mail_command, "retry").stdout.startswith("due now: 1 mails")
    assert call(mail_command, "drop", str(numbers[2])).exit_code == 0
    assert call(mail_command, "drop", str(numbers[2])).exit_code == 1
    with world.archive.transaction() as cursor:
        assert mail_health.state(cursor, world.now)["well"]


def test_a_refused_connection_names_the_server_and_a_dead_hook_only_its_error():
    with Mailer(account(f"smtp://127.0.0.1:{CLOSED}"), "khabar@news.test") as mailer:
        attempt = mailer.send("ana@reader.test", b"x")
    assert attempt.outcome is Outcome.SERVER_AWAY
    hook = f"webhook+http://127.0.0.1:{CLOSED}/token"
    attempt = channels.send(hook, b"Subject: x\r\n\r\ny", b"s")
    assert attempt.outcome is Outcome.RECEIVER_AWAY
    assert attempt.said == "webhook: ConnectionRefusedError"


def test_status_is_not_well_while_a_mail_needs_a_person(world, mailhost, key, tmp_path):
    numbers = waiting(world, 3)
    world.rows("update alerts set made_at = now()")
    home = tmp_path / "house"
    home.mkdir()
    address = f"http://127.0.0.1:{CLOSED}"
    running = State(phase="ready", supervisor=house_state.identify(os.getpid()), address=address)
    house_state.write(home, running)
    settings = configuration.read({"KHABAR_HOME": str(home), "KHABAR_DATABASE_URL": world.url})
    assert status.collect(settings)["healthy"]
    POISONS["header that is none"].act(world, numbers[0])
    send(world, mailhost, key)
    found = status.collect(settings)
    assert not found["healthy"]
    assert found["mail"]["failing"] == {"failed": 1}
