-- How often an environment's lane has saved something that has no revision. Together with the newest revision
-- this tells a server whether anybody else has written since it looked.
create table lane (
    environment int not null primary key,
    quiet_batches bigint not null
);
