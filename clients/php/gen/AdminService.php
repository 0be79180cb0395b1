<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Generator;

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
final class AdminService extends \Erpsync\Service
{
    /**
     * Creates a tenant. Refused with NAME_IN_USE if one of that name is there.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function createTenant(CreateTenantRequest $request, ?float $timeout = null): CreateTenantResponse
    {
        return $this->call('erpsync.v1.AdminService/CreateTenant', $request, CreateTenantResponse::class, $timeout ?? 10.0);
    }

    /**
     * All tenants by name.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listTenants(ListTenantsRequest $request, ?float $timeout = null): ListTenantsResponse
    {
        return $this->call('erpsync.v1.AdminService/ListTenants', $request, ListTenantsResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listTenants, each page asked for when it is reached.
     *
     * @return Generator<int, Tenant>
     */
    public function listTenantsAll(ListTenantsRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listTenants($request, $timeout);
            foreach ($page->tenants as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }

    /**
     * Creates an environment of a tenant, empty. Refused with NOT_FOUND (the tenant) or NAME_IN_USE.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function createEnvironment(CreateEnvironmentRequest $request, ?float $timeout = null): CreateEnvironmentResponse
    {
        return $this->call('erpsync.v1.AdminService/CreateEnvironment', $request, CreateEnvironmentResponse::class, $timeout ?? 10.0);
    }

    /**
     * Sets what an environment permits. Refused with NOT_FOUND.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function updateEnvironment(UpdateEnvironmentRequest $request, ?float $timeout = null): UpdateEnvironmentResponse
    {
        return $this->call('erpsync.v1.AdminService/UpdateEnvironment', $request, UpdateEnvironmentResponse::class, $timeout ?? 10.0);
    }

    /**
     * Environments by tenant and name, with what they permit.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listEnvironments(ListEnvironmentsRequest $request, ?float $timeout = null): ListEnvironmentsResponse
    {
        return $this->call('erpsync.v1.AdminService/ListEnvironments', $request, ListEnvironmentsResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listEnvironments, each page asked for when it is reached.
     *
     * @return Generator<int, EnvironmentInfo>
     */
    public function listEnvironmentsAll(ListEnvironmentsRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listEnvironments($request, $timeout);
            foreach ($page->environments as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }

    /**
     * Creates a system in an environment. Refused with NOT_FOUND or NAME_IN_USE; the name `operator`
     * is taken everywhere.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function createSystem(CreateSystemRequest $request, ?float $timeout = null): CreateSystemResponse
    {
        return $this->call('erpsync.v1.AdminService/CreateSystem', $request, CreateSystemResponse::class, $timeout ?? 10.0);
    }

    /**
     * Systems by tenant, environment and name.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listSystems(ListSystemsRequest $request, ?float $timeout = null): ListSystemsResponse
    {
        return $this->call('erpsync.v1.AdminService/ListSystems', $request, ListSystemsResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listSystems, each page asked for when it is reached.
     *
     * @return Generator<int, SystemInfo>
     */
    public function listSystemsAll(ListSystemsRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listSystems($request, $timeout);
            foreach ($page->systems as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }

    /**
     * Creates a token of a system, and shows its secret this once. It may call what the kind of its
     * system may, or less, as its scope says. Refused with NOT_FOUND.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function createToken(CreateTokenRequest $request, ?float $timeout = null): CreateTokenResponse
    {
        return $this->call('erpsync.v1.AdminService/CreateToken', $request, CreateTokenResponse::class, $timeout ?? 10.0);
    }

    /**
     * Tokens in the order of their creation, without their secrets.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listTokens(ListTokensRequest $request, ?float $timeout = null): ListTokensResponse
    {
        return $this->call('erpsync.v1.AdminService/ListTokens', $request, ListTokensResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listTokens, each page asked for when it is reached.
     *
     * @return Generator<int, TokenInfo>
     */
    public function listTokensAll(ListTokensRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listTokens($request, $timeout);
            foreach ($page->tokens as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }

    /**
     * Gives a token a new secret, and shows it this once; the one before stays good for a while, so that
     * nobody has to be changed at the same moment. Of two changes in a row the older secret ends at once.
     * Refused with NOT_FOUND, or INVALID_STATE where the token has ended.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function rotateToken(RotateTokenRequest $request, ?float $timeout = null): RotateTokenResponse
    {
        return $this->call('erpsync.v1.AdminService/RotateToken', $request, RotateTokenResponse::class, $timeout ?? 10.0);
    }

    /**
     * Makes a token worthless within 5 s, on open streams too. Revoking twice is the same as once.
     * Refused with NOT_FOUND.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function revokeToken(RevokeTokenRequest $request, ?float $timeout = null): RevokeTokenResponse
    {
        return $this->call('erpsync.v1.AdminService/RevokeToken', $request, RevokeTokenResponse::class, $timeout ?? 10.0);
    }

    /**
     * Declares that the database was restored from an older copy: a new incarnation begins, every
     * environment's revisions jump ahead so that none is used twice, and readers take a snapshot.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function declareRestore(DeclareRestoreRequest $request, ?float $timeout = null): DeclareRestoreResponse
    {
        return $this->call('erpsync.v1.AdminService/DeclareRestore', $request, DeclareRestoreResponse::class, $timeout ?? 10.0);
    }
}
