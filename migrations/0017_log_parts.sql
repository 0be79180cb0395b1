-- Two writers of one revision must be a conflict whatever kinds they write, so what a revision
-- changed is counted, not keyed by its kind.
alter table log add column part int not null default 0;

update log
set part = counted.part
from (
    select environment, revision, kind, removed,
        row_number() over (partition by environment, revision order by kind, removed) - 1 as part
    from log
) as counted
where (log.environment, log.revision, log.kind, log.removed)
    = (counted.environment, counted.revision, counted.kind, counted.removed);

alter table log drop constraint log_pkey;
alter table log add constraint log_pkey primary key (environment, revision, part);

comment on column log.part is 'Which row of its revision, from 0; the first of a revision belongs to its only writer.';
