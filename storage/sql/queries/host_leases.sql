-- name: claim
-- Take hosts that nobody holds, or that are held no longer; in one order, so that two who want the same hosts never wait in a ring.
insert into host_leases (host, holder, run, expires)
select host, %(holder)s, %(run)s, now() + %(seconds)s * interval '1 second' from unnest(%(hosts)s::text[]) as wanted (host) order by host
on conflict (host) do update set holder = excluded.holder, run = excluded.run, expires = excluded.expires
    where host_leases.expires <= now() or host_leases.holder = excluded.holder

-- name: held_by
-- By whom, and for whom, one of these hosts is held.
select host, holder, run from host_leases where host = any(%(hosts)s) and expires > now() order by host limit 1

-- name: renew
-- Hold on to hosts; nobody may have taken them meanwhile.
update host_leases set expires = now() + %(seconds)s * interval '1 second' where holder = %(holder)s

-- name: release
-- Give hosts back.
delete from host_leases where holder = %(holder)s

-- name: drop_expired
-- Forget leases of which nobody will hear again.
delete from host_leases where expires < now() - interval '1 day'
