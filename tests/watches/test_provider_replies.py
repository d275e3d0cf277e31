"""What big providers really answer, and whose fault that is."""

import pytest

from watches.delivery.outcomes import Outcome
from watches.delivery.replies import Stage, judge_reply

OURS = [
    # Gmail
    (Stage.MESSAGE, "550 5.7.1 [192.0.2.1 12] Our system has detected that this message is "
     "likely unsolicited mail. To reduce the amount of spam sent to Gmail, it has been blocked."),
    (Stage.MESSAGE, "550 5.7.26 This mail has been blocked because the sender is unauthenticated. "
     "Gmail requires all senders to authenticate with either SPF or DKIM."),
    (Stage.MESSAGE, "550 5.7.26 Unauthenticated email from news.test is not accepted due to "
     "domain's DMARC policy."),
    (Stage.MESSAGE, "550 5.7.25 The IP address sending this message does not have a PTR record "
     "setup, or the corresponding forward DNS entry does not match the sending IP."),
    (Stage.RECIPIENT, "550 5.4.5 Daily user sending limit exceeded. For more information on Gmail "
     "sending limits go to support"),
    (Stage.SENDER, "530 5.7.0 Authentication Required. For more information, go to support"),
    # Microsoft
    (Stage.SENDER, "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please "
     "contact your provider since part of their network is on our block list (S3150)."),
    (Stage.RECIPIENT, "550 5.7.606 Access denied, banned sending IP [192.0.2.1]"),
    (Stage.RECIPIENT, "550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using "
     "Spamhaus. To request removal from this list see"),
    (Stage.MESSAGE, "550 5.7.509 Access denied, sending domain news.test does not pass DMARC "
     "verification and has a DMARC policy of reject."),
    (Stage.MESSAGE, "550 5.7.515 Access denied, sending domain news.test doesn't meet the required "
     "authentication level."),
    (Stage.RECIPIENT, "550 5.7.64 TenantAttribution; Relay Access Denied"),
    (Stage.MESSAGE, "554 5.2.252 SendAsDenied; khabar@news.test not allowed to send as"),
    (Stage.MESSAGE, "550 5.7.708 Service unavailable. Access denied, traffic not accepted from "
     "this IP."),
    (Stage.MESSAGE, "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException; Failed to "
     "process message due to a permanent exception: not allowed to send as"),
    # Yahoo, AOL
    (Stage.MESSAGE, "554 5.7.9 Message not accepted for policy reasons. See postmaster"),
    (Stage.SENDER, "553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.1, because the "
     "ip is in Spamhaus's list"),
    (Stage.MESSAGE, "554 Message not allowed - [PH01] Email not accepted for policy reasons."),
    # GMX, WEB.DE, T-Online, iCloud
    (Stage.SENDER, "554 gmx.net (mxgmx017) Nemesis ESMTP Service not available. No SMTP service. "
     "IP address is black listed."),
    (Stage.MESSAGE, "550 Requested action not taken: mailbox unavailable. Reject due to policy "
     "restrictions. For explanation visit"),
    (Stage.RECIPIENT, "554 IP=192.0.2.1 - A problem occurred. Ask your postmaster for help or to "
     "contact tobr@rx.t-online.de for reset."),
    (Stage.MESSAGE, "550 5.7.0 Blocked - see support (CS01)"),
    (Stage.MESSAGE, "554 5.7.1 [HM08] Message rejected due to local policy."),
    # Mail.ru, Yandex
    (Stage.MESSAGE, "550 spam message rejected. Please visit help or report details to abuse."),
    (Stage.RECIPIENT, "550 Access from ip address 192.0.2.1 blocked."),
    (Stage.MESSAGE, "554 5.7.1 [2] Message rejected under suspicion of SPAM"),
    (Stage.SENDER, "553 5.7.1 Sender address rejected: not owned by auth user."),
    (Stage.MESSAGE, "550 5.7.1 Email rejected per DMARC policy for news.test"),
    # Postfix, exim, Proofpoint, Mimecast, Barracuda, Amazon, Sendgrid, Mailgun
    (Stage.RECIPIENT, "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using "
     "b.barracudacentral.org"),
    (Stage.RECIPIENT, "450 4.7.1 Client host rejected: cannot find your hostname"),
    (Stage.RECIPIENT, "550 5.7.1 Client host rejected: cannot find your reverse hostname"),
    (Stage.RECIPIENT, "550-Verification failed for <khabar@news.test> 550 Sender verify failed"),
    (Stage.RECIPIENT, "554 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.1"),
    (Stage.RECIPIENT, "550 Administrative prohibition - envelope blocked"),
    (Stage.MESSAGE, "550 Rejected by header based manually Blocked Senders: khabar@news.test"),
    (Stage.MESSAGE, "554 Message rejected: Email address is not verified. The following identities "
     "failed the check in region EU-WEST-1: khabar@news.test"),
    (Stage.MESSAGE, "454 Throttling failure: Daily message quota exceeded."),
    (Stage.SENDER, "550 The from address does not match a verified Sender Identity."),
    (Stage.RECIPIENT, "550 5.7.1 Relaying denied. Proper authentication required."),
    (Stage.RECIPIENT, "550 SPF check failed: 192.0.2.1 is not allowed to send mail for news.test"),
    (Stage.MESSAGE, "421 4.7.0 Our system has detected an unusual rate of unsolicited mail"),
]  # fmt: skip
MISSING = [
    (Stage.RECIPIENT, "550 5.1.1 The email account that you tried to reach does not exist. Please "
     "try double-checking the recipient's email address for typos or unnecessary spaces."),
    (Stage.RECIPIENT, "550 5.2.1 The email account that you tried to reach is inactive."),
    (Stage.RECIPIENT, "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)."),
    (Stage.RECIPIENT, "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ana@reader.test not "
     "found by SMTP address lookup"),
    (Stage.RECIPIENT, "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)"),
    (Stage.RECIPIENT, "550 5.1.1 <ana@reader.test>: Email address could not be found, or was "
     "misspelled (G8)"),
    (Stage.RECIPIENT, "552 1 Requested mail action aborted, mailbox not found"),
    (Stage.MESSAGE, "554 delivery error: dd This user doesn't have a yahoo.com account "
     "(ana@yahoo.com) [0]"),
    (Stage.RECIPIENT, "554 30 Sorry, your message to ana@aol.com cannot be delivered. This mailbox "
     "is disabled (554.30)."),
    (Stage.RECIPIENT, "550 Requested action not taken: mailbox unavailable"),
    (Stage.RECIPIENT, "550 Message was not accepted -- invalid mailbox. Local mailbox ana@mail.ru "
     "is unavailable: user not found"),
    (Stage.RECIPIENT, "550 5.7.1 No such user!"),
    (Stage.RECIPIENT, "550 5.1.1 <ana@reader.test>: Recipient address rejected: User unknown in "
     "virtual mailbox table"),
    (Stage.RECIPIENT, "550 No Such User Here"),
    (Stage.RECIPIENT, "550 Unrouteable address"),
    (Stage.RECIPIENT, "550 #5.1.0 Address rejected."),
    (Stage.RECIPIENT, "511 sorry, no mailbox here by that name (#5.1.1 - chkuser)"),
    (Stage.RECIPIENT, "550 5.2.1 <ana@reader.test>: This account has been suspended"),
]  # fmt: skip
FULL = [
    (Stage.RECIPIENT, "552 5.2.2 The email account that you tried to reach is over quota and "
     "inactive."),
    (Stage.RECIPIENT, "452 4.2.2 The recipient's inbox is out of storage space."),
    (Stage.MESSAGE, "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException"),
    (Stage.MESSAGE, "552 5.2.2 Mailbox size limit exceeded"),
    (Stage.RECIPIENT, "552 Quota exceeded. The recipients mailbox is full."),
    (Stage.RECIPIENT, "422 4.2.2 The recipient has exceeded their storage limit"),
    (Stage.RECIPIENT, "552 Mailbox is full / Blocks limit exceeded / Inode limit exceeded"),
]  # fmt: skip
OPERATORS = {Outcome.SENDER_REFUSED, Outcome.MISCONFIGURED, Outcome.LATER}


@pytest.mark.parametrize(("stage", "reply"), OURS)
def test_what_is_ours_drops_nothing_and_blames_no_reader(stage, reply):
    code, _, words = reply.partition(" ")
    found = judge_reply(stage, int(code[:3]), words)
    assert found in OPERATORS
    assert code[0] != "5" or found is not Outcome.LATER


@pytest.mark.parametrize(("stage", "reply"), MISSING)
def test_a_mailbox_that_is_not_there_is_known_by_each_providers_words(stage, reply):
    code, _, words = reply.partition(" ")
    assert judge_reply(stage, int(code), words) is Outcome.REFUSED_ADDRESS


@pytest.mark.parametrize(("stage", "reply"), FULL)
def test_a_full_mailbox_is_known_by_each_providers_words(stage, reply):
    code, _, words = reply.partition(" ")
    assert judge_reply(stage, int(code), words) is Outcome.MAILBOX_FULL
