<?php

// Generated from erpsync/v1/ownership.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Generator;

/** Who leads which data: whose word about it counts. Where nobody leads, everybody's does. */
final class OwnershipService extends \Erpsync\Service
{
    /**
     * Says which system leads a data set at a location, or that none does. From then on what others
     * state of it is refused with NOT_LEADING_SYSTEM, which names the leader, and counted; what they
     * tell of goods that came or went counts until the leader's statement contains it. Setting what is
     * set already changes nothing. Refused with FIELD_INVALID (the leader of stock must be an ERP),
     * REQUEST_ID_REQUIRED, REQUEST_ID_REUSED or NOT_FOUND (no such system in this environment).
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function setOwnership(SetOwnershipRequest $request, ?float $timeout = null): SetOwnershipResponse
    {
        return $this->call('erpsync.v1.OwnershipService/SetOwnership', $request, SetOwnershipResponse::class, $timeout ?? 10.0);
    }

    /**
     * Who leads. NOT_FOUND where nobody does.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function getOwnership(GetOwnershipRequest $request, ?float $timeout = null): GetOwnershipResponse
    {
        return $this->call('erpsync.v1.OwnershipService/GetOwnership', $request, GetOwnershipResponse::class, $timeout ?? 10.0);
    }

    /**
     * All that is led, by data set and location, in pages.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listOwnership(ListOwnershipRequest $request, ?float $timeout = null): ListOwnershipResponse
    {
        return $this->call('erpsync.v1.OwnershipService/ListOwnership', $request, ListOwnershipResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listOwnership, each page asked for when it is reached.
     *
     * @return Generator<int, Ownership>
     */
    public function listOwnershipAll(ListOwnershipRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listOwnership($request, $timeout);
            foreach ($page->ownerships as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }
}
