<?php

// Generated from erpsync/v1/compositions.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Generator;

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
final class CompositionService extends \Erpsync\Service
{
    /**
     * Says what articles are made of, 1 to 1,000 rows. Each row ends as APPLIED, UNCHANGED (a newer
     * version of the same), DUPLICATE (said before), STALE (something newer is known) or REFUSED; one bad
     * row does not stop the others. Rows are refused with FIELD_INVALID, SOURCE_VERSION_REUSED,
     * ARTICLE_HAS_STOCK (of its own), COMPOSITION_TOO_DEEP (also where it would be a part of itself), or
     * COMPOSITION_LIMIT. Refused as a whole with FIELD_INVALID (no rows, too many) or REQUEST_ID_REQUIRED.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function setCompositions(SetCompositionsRequest $request, ?float $timeout = null): SetCompositionsResponse
    {
        return $this->call('erpsync.v1.CompositionService/SetCompositions', $request, SetCompositionsResponse::class, $timeout ?? 10.0);
    }

    /**
     * What one article is made of. NOT_FOUND where that was never said.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function getComposition(GetCompositionRequest $request, ?float $timeout = null): GetCompositionResponse
    {
        return $this->call('erpsync.v1.CompositionService/GetComposition', $request, GetCompositionResponse::class, $timeout ?? 10.0);
    }

    /**
     * All of them by sku, in pages.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listCompositions(ListCompositionsRequest $request, ?float $timeout = null): ListCompositionsResponse
    {
        return $this->call('erpsync.v1.CompositionService/ListCompositions', $request, ListCompositionsResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listCompositions, each page asked for when it is reached.
     *
     * @return Generator<int, Composition>
     */
    public function listCompositionsAll(ListCompositionsRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listCompositions($request, $timeout);
            foreach ($page->compositions as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }
}
