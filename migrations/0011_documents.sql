-- Invoices and credit notes keep charges and taxes as orders do; our ids are unique over all kinds.
alter table order_charge rename to document_charge;
alter table document_charge rename column order_id to document_id;
alter table order_tax rename to document_tax;
alter table document_tax rename column order_id to document_id;

comment on table document_charge is 'What orders, invoices and credit notes charge beside goods; numbered from 0 within the document.';
comment on table document_tax is 'Taxes of lines, of charges, and of whole orders, invoices and credit notes (part line, charge or total; place is the line or charge).';
