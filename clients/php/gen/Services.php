<?php

// Generated from erpsync.v1; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/**
 * All services of the contract, each made when it is first asked for.
 */
abstract class Services
{
    /** @var array<class-string, \Erpsync\Service> */
    private array $services = [];

    protected function __construct(protected readonly \Erpsync\Connection $connection)
    {
    }

    /**
     * Who there is: tenants, their environments, the systems in them and their tokens. For operators
     * alone; no other token reaches it, and an operator's token reaches nothing else but server facts.
     *
     * Names are 1 to 64 visible ASCII characters. Every write carries a `request_id`; the same id and
     * content answers the same again (header `erpsync-replayed: true`), other content is refused with
     * REQUEST_ID_REUSED. A call is checked in this order: token (TOKEN_INVALID), right (SCOPE_MISSING),
     * identity (REQUEST_ID_REQUIRED), fields (FIELD_INVALID, all at once), what it names.
     *
     * Every list takes `page_size` (default 100, larger than 1,000 is lowered, negative is refused) and
     * `page_token` (of the answer before, with the same other fields; else PAGE_TOKEN_INVALID).
     */
    public function admin(): AdminService
    {
        return $this->services[AdminService::class] ??= new AdminService($this->connection);
    }

    /**
     * How much of each article lies where, how much of it is promised, and what may still be sold.
     *
     * `sellable = on_hand - reserved - committed_elsewhere`, shown never below zero. All quantities are
     * decimals in the article's base unit, at most 12 digits before the point and 6 after it. An absent
     * location is `main`.
     *
     * Of an article that is made of others (`CompositionService`) no stock is kept: a row about a packing is
     * counted in units of what is packed, and what is shown of it are the whole units that would make.
     *
     * A shop is told all this as it sees it: only the locations that are assigned to it (all, where none
     * are), `sellable` less the buffer that is kept back from it, and nothing sellable of an article that
     * is not for sale now. ERPs and tools are told levels as they are.
     */
    public function stock(): StockService
    {
        return $this->services[StockService::class] ??= new StockService($this->connection);
    }

    /**
     * Articles that are made of others: a box of 6 and its pieces share one stock, and a set can be sold as
     * long as all that is in it can.
     *
     * Stock is kept of what an article is made of, never of the article itself. What shops see of it is
     * derived, at each location: as many whole units as what lies there, or may be sold, would make. An
     * order of it promises what one unit was made of when the line was placed, all or nothing and summed
     * with whatever else the order asks for; a later composition does not change that. What an article is
     * made of may itself be made of others, and that of nothing more.
     */
    public function compositions(): CompositionService
    {
        return $this->services[CompositionService::class] ??= new CompositionService($this->connection);
    }

    /**
     * Documents that lower invoices. The ERP gives number and date; erpsync works out what each unit
     * comes to, so that any way of splitting an invoice adds up to it exactly. Once issued a credit note
     * never changes, but for being told how it was settled. It has no effect on stock.
     */
    public function creditNotes(): CreditNoteService
    {
        return $this->services[CreditNoteService::class] ??= new CreditNoteService($this->connection);
    }

    /**
     * What the ERP has invoiced. erpsync issues no numbers and computes no taxes: it checks that what is
     * said adds up and fits the order.
     */
    public function invoices(): InvoiceService
    {
        return $this->services[InvoiceService::class] ??= new InvoiceService($this->connection);
    }

    /**
     * What happened to the payments of orders. erpsync is no payment gateway: it keeps what is told, adds
     * it up, and hands it to the ERP.
     */
    public function payments(): PaymentService
    {
        return $this->services[PaymentService::class] ??= new PaymentService($this->connection);
    }

    /**
     * Goods on their way back. Goods and money are independent: a credit note may be caused by a return,
     * and need not be.
     */
    public function returns(): ReturnService
    {
        return $this->services[ReturnService::class] ??= new ReturnService($this->connection);
    }

    /** Goods that leave, and units that are taken off an order before they do. */
    public function shipments(): ShipmentService
    {
        return $this->services[ShipmentService::class] ??= new ShipmentService($this->connection);
    }

    /**
     * What was bought: orders come in from shops, reserve their units in the same instant, and are
     * followed line by line to their end.
     * A shop sees and changes its own orders alone: any other is NOT_FOUND to it, in the words for one that
     * does not exist, and left out where orders are listed or watched. ERPs and tools see all.
     */
    public function orders(): OrderService
    {
        return $this->services[OrderService::class] ??= new OrderService($this->connection);
    }

    /**
     * The work that waits for the ERP: each order is a task, and so is what shops tell of it afterwards.
     * At least once, and the tasks of one order one after the other; several orders in parallel. Whoever
     * takes tasks holds leases on them, and acknowledges, defers or refuses each; what is not answered in
     * time is handed out again.
     */
    public function inbox(): InboxService
    {
        return $this->services[InboxService::class] ??= new InboxService($this->connection);
    }

    /** What somebody should look at, although nothing was refused. */
    public function monitoring(): MonitoringService
    {
        return $this->services[MonitoringService::class] ??= new MonitoringService($this->connection);
    }

    /** Who leads which data: whose word about it counts. Where nobody leads, everybody's does. */
    public function ownership(): OwnershipService
    {
        return $this->services[OwnershipService::class] ??= new OwnershipService($this->connection);
    }

    /**
     * What came in, cannot be applied now, and must not get lost: facts that wait for something that is
     * not known yet, documents that do not tie out, tasks that nobody takes over. Facts that wait are
     * tried again by themselves when what they name arrives, or when there is more again of a prepayment that
     * they deduct; an order that does not add up is handed over once an amendment mends it.
     */
    public function parking(): ParkingService
    {
        return $this->services[ParkingService::class] ??= new ParkingService($this->connection);
    }

    /**
     * Units promised to a cart for a while, so that what a buyer has before them is not sold to another.
     * They count as `reserved` in the stock level. A reservation is held until it ends, and it ends
     * once: consumed, released or expired. Whoever comes later is refused with INVALID_STATE, whose
     * metadata tell how it ended. Units that become free serve back orders first, in the same instant.
     */
    public function reservations(): ReservationService
    {
        return $this->services[ReservationService::class] ??= new ReservationService($this->connection);
    }

    /**
     * Everything that changes in an environment, of every kind in one stream: for tools that copy,
     * audit or count. Shops and ERPs watch what they need through the slices' own services.
     */
    public function changes(): ChangeService
    {
        return $this->services[ChangeService::class] ??= new ChangeService($this->connection);
    }

    /** What this server is, and who the caller is to it. */
    public function serverInfo(): ServerInfoService
    {
        return $this->services[ServerInfoService::class] ??= new ServerInfoService($this->connection);
    }
}
