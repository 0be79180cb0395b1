alter table orders add column documents int not null default 0;

comment on column orders.documents is 'How many shipments, invoices and credit notes it has: one that changes nothing else of the order is told to its watchers all the same.';
