<?php

declare(strict_types=1);

namespace Erpsync;

use SensitiveParameter;

/**
 * A connection to one server, in the name of one system.
 *
 *     $shop = Client::open('https://erpsync.example:7443', $token);
 *     $level = $shop->stock()->getStock(new GetStockRequest(sku: 'MUG'))->level;
 *
 * Every service of the API is a method of it. Nothing is sent before the first call.
 */
final class Client extends V1\Services
{
    /**
     * @param string $address `http://host:port` in plain text, or `https://host:port` with TLS.
     * @param string $token Of a system: `esk_…`.
     * @throws \InvalidArgumentException Where the address or the token is none.
     * @throws \RuntimeException Where this PHP cannot speak to servers.
     */
    public static function open(
        string $address,
        #[SensitiveParameter] string $token,
        ?Options $options = null,
    ): self {
        if ($token === '') {
            throw new \InvalidArgumentException('no token was given (is the variable set?)');
        }
        $options ??= new Options();
        return new self(new Connection(new Http($address, $token, $options), $options));
    }

    /** The same server, in the name of another system; with an empty token, of nobody. */
    public function with(#[SensitiveParameter] string $token): self
    {
        return new self($this->connection->with($token));
    }
}
