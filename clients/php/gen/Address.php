<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Where something goes, or who pays. All fields at most 255 bytes. */
final class Address extends Message
{
    public function __construct(
        /** The person. */
        public string $name = '',
        /** The company. */
        public string $company = '',
        /** Street and number. */
        public string $street = '',
        /** The second line of the street. */
        public string $streetExtra = '',
        /** The postal code. */
        public string $postalCode = '',
        /** The city. */
        public string $city = '',
        /** The state or region. */
        public string $region = '',
        /** ISO 3166-1, two capital letters. */
        public string $countryCode = '',
        /** An address for mail. */
        public string $email = '',
        /** A number to call. */
        public string $phone = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('name', '', 'string'),
            $in->one('company', '', 'string'),
            $in->one('street', '', 'string'),
            $in->one('streetExtra', '', 'string'),
            $in->one('postalCode', '', 'string'),
            $in->one('city', '', 'string'),
            $in->one('region', '', 'string'),
            $in->one('countryCode', '', 'string'),
            $in->one('email', '', 'string'),
            $in->one('phone', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('name', $this->name, '', 'string');
        $out->one('company', $this->company, '', 'string');
        $out->one('street', $this->street, '', 'string');
        $out->one('streetExtra', $this->streetExtra, '', 'string');
        $out->one('postalCode', $this->postalCode, '', 'string');
        $out->one('city', $this->city, '', 'string');
        $out->one('region', $this->region, '', 'string');
        $out->one('countryCode', $this->countryCode, '', 'string');
        $out->one('email', $this->email, '', 'string');
        $out->one('phone', $this->phone, '', 'string');
    }
}
