-- name: set
-- Begins work that may be undone alone.
savepoint apart

-- name: keep
-- Makes that work a part of its transaction.
release savepoint apart

-- name: undo
-- Undoes that work alone.
rollback to savepoint apart; release savepoint apart
