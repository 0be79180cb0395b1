-- Incidents that concern an order are seen by its own shop alone.
alter table incident
    add column order_id bigint;

update incident
set order_id = case kind
        when 'over_shipped' then subject::bigint
        when 'shipped_beyond_order' then (
            select shipment.order_id
            from shipment
            where shipment.environment = incident.environment and shipment.id = subject::bigint
        )
        when 'over_credited' then (
            select return.order_id
            from return
            where return.environment = incident.environment and return.id = subject::bigint
        )
    end
where kind in ('over_shipped', 'shipped_beyond_order', 'over_credited');

comment on column incident.order_id is 'The order that it concerns; null: none.';
