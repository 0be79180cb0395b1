<?php

// Generated from erpsync/v1/server_info.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** What this server is, and who the caller is to it. */
final class ServerInfoService extends \Erpsync\Service
{
    /**
     * Version, limits, and what the token stands for. Never refused to a good token.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function getServerInfo(GetServerInfoRequest $request, ?float $timeout = null): GetServerInfoResponse
    {
        return $this->call('erpsync.v1.ServerInfoService/GetServerInfo', $request, GetServerInfoResponse::class, $timeout ?? 10.0);
    }
}
