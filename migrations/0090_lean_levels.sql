-- Most levels have nothing moved beyond their statement and no open orders that the ERP knows: lists that are
-- empty take no room, and cost nothing to read and write.
alter table stock_level
    alter column ledger_numbers drop not null,
    alter column ledger_quantities drop not null,
    alter column beyond_systems drop not null,
    alter column beyond_systems drop default,
    alter column beyond_revisions drop not null,
    alter column beyond_revisions drop default,
    alter column beyond_acknowledged drop not null,
    alter column beyond_acknowledged drop default,
    alter column beyond_fulfilled drop not null,
    alter column beyond_fulfilled drop default,
    alter column acknowledged_revisions drop not null,
    alter column acknowledged_revisions drop default,
    alter column acknowledged_units drop not null,
    alter column acknowledged_units drop default;

comment on column stock_level.ledger_numbers is 'Numbers of the movements kept apart beyond the statement, rising; 0: it has none; at most 256; null: there are none, as in the other lists.';
