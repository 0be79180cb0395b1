<?php

declare(strict_types=1);

// Plays the scenario of ../../conformance through the client, as its users have it.

use Erpsync\Client;
use Erpsync\Message;
use Erpsync\Refusal;

require __DIR__ . '/../autoload.php';

/** Something is not as the table has it. */
final class Wrong extends RuntimeException
{
}

final class Player
{
    private const NO_ENTRIES = [null, 'snapshotBegin', 'snapshotEnd', 'goingAway', 'heartbeat'];

    /** @var array<string, Client> */
    private array $clients = [];
    /** @var array<string, string> */
    private array $kept = [];

    public function __construct()
    {
        $tokens = ['stranger' => 'esk_0_0'];
        foreach (['erp', 'shop', 'shop-b', 'tool'] as $who) {
            $tokens[$who] = getenv('ERPSYNC_' . strtoupper(strtr($who, '-', '_')) . '_TOKEN');
        }
        foreach ($tokens as $who => $token) {
            $this->clients[$who] = Client::open(getenv('ERPSYNC_ADDRESS'), $token);
        }
        $this->clients['nobody'] = $this->clients['stranger']->with('');
    }

    public function play(stdClass $step): void
    {
        if (isset($step->line)) {
            self::line($step->line);
            return;
        }
        $refusal = null;
        try {
            [$answer, $last] = match (true) {
                isset($step->call) => $this->call($step, $step->call),
                isset($step->list) => $this->list($step, $step->list),
                isset($step->watch) => $this->watch($step, $step->watch),
                isset($step->raw_stream) => $this->rawStream($step, $step->raw_stream),
            };
        } catch (Refusal $caught) {
            $refusal = $caught;
        }
        if (isset($step->refused)) {
            self::compareRefusal($this->filled($step->refused), $refusal);
            return;
        }
        if ($refusal !== null) {
            throw new Wrong("refused with $refusal->reason: {$refusal->getMessage()}");
        }
        if (isset($step->expect)) {
            self::compare('the answer', $this->filled($step->expect), $answer);
        }
        foreach ($step->keep ?? [] as $name => $path) {
            $value = $last;
            foreach (explode('.', $path) as $part) {
                $value = ((array) $value)[$part] ?? throw new Wrong("there is no $path to keep as $name");
            }
            $this->kept[$name] = $value;
        }
    }

    private function call(stdClass $step, string $method): array
    {
        $answer = self::said($this->ask($step, $method));
        return [$answer, $answer];
    }

    private function list(stdClass $step, string $method): array
    {
        $items = array_map(self::said(...), iterator_to_array($this->ask($step, $method, 'All'), false));
        return [$items, $items];
    }

    private function watch(stdClass $step, string $method): array
    {
        $entries = [];
        $message = null;
        foreach ($this->ask($step, $method) as $message) {
            foreach (self::entries($message) as $entry) {
                $entries[] = $entry;
                $count = count($entries);
                if ($count === ($step->cut_after ?? 0)) {
                    self::line('cut');
                }
                if ($count === ($step->meanwhile->after ?? 0)) {
                    $this->call($step->meanwhile, $step->meanwhile->call);
                }
            }
            if (count($entries) >= $step->take) {
                break;
            }
        }
        if (count($entries) !== $step->take) {
            throw new Wrong(count($entries) . " entries have come, not $step->take");
        }
        return [$entries, self::said($message)];
    }

    private function rawStream(stdClass $step, string $method): array
    {
        $messages = [];
        foreach ($this->ask($step, $method, 'Once') as $message) {
            $messages[] = self::said($message);
        }
        return [$messages, end($messages)];
    }

    /** Calls the method by which users call it. */
    private function ask(stdClass $step, string $name, string $way = ''): Message|Generator
    {
        [$service, $method] = explode('.', $name);
        $services = new ReflectionClass(Erpsync\V1\Services::class);
        foreach ($services->getMethods(ReflectionMethod::IS_PUBLIC) as $accessor) {
            if ((string) $accessor->getReturnType() === "Erpsync\\V1\\$service") {
                $of = $accessor->invoke($this->clients[$step->as]);
                $request = $this->request(new ReflectionMethod($of, lcfirst($method)), $this->filled($step->request));
                return $of->{lcfirst($method) . $way}($request);
            }
        }
        throw new Wrong("there is no $service");
    }

    private function request(ReflectionMethod $method, stdClass $json): Message
    {
        $class = (string) $method->getParameters()[0]->getType();
        $request = $class::fromJson(json_encode($json));
        // What the message did not take would be missed by nobody.
        self::compare('the request', $json, self::said($request));
        return $request;
    }

    private static function entries(Message $message): array
    {
        if (in_array($message->event(), self::NO_ENTRIES, true)) {
            return [];
        }
        foreach (get_object_vars($message->{$message->event()}) as $value) {
            // Their one repeated field.
            if (is_array($value)) {
                return array_map(self::said(...), $value);
            }
        }
        return [];
    }

    private static function said(Message $message): stdClass
    {
        return json_decode($message->toJson());
    }

    /** With what was kept in place of `${name}`. */
    private function filled(mixed $value): mixed
    {
        if (is_array($value) || $value instanceof stdClass) {
            $filled = array_map($this->filled(...), (array) $value);
            return is_array($value) ? $filled : (object) $filled;
        }
        $fill = fn (array $it): string => $this->kept[$it[1]] ?? throw new Wrong("$it[1] was not kept");
        return is_string($value) ? preg_replace_callback('/\$\{(\w+)\}/', $fill, $value) : $value;
    }

    private static function compareRefusal(stdClass $expected, ?Refusal $refusal): void
    {
        if ($refusal === null) {
            throw new Wrong('was to be refused with ' . json_encode($expected));
        }
        $fields = array_map(fn ($it) => $it->path, $refusal->fields);
        $missing = array_diff($expected->fields ?? [], $fields);
        if ($missing !== []) {
            throw new Wrong('not among the fields at fault: ' . implode(', ', $missing) . '; ' . implode(', ', $fields));
        }
        unset($expected->fields);
        self::compare('the refusal', $expected, (object) [
            'code' => $refusal->statusCode->value,
            'reason' => $refusal->reason,
            'metadata' => (object) $refusal->metadata,
        ]);
    }

    /** `$expected` must be there; what is absent has its default. */
    private static function compare(string $where, mixed $expected, mixed $seen): void
    {
        $isDefault = fn (mixed $it): bool => in_array(
            $it instanceof stdClass ? (array) $it : $it,
            [null, '', '0', 0, false, []],
            true,
        );
        $wrong = fn (): Wrong => new Wrong("$where is " . self::shown($seen) . ', not ' . self::shown($expected));
        if ($expected === '*' || $isDefault($expected)) {
            if ($isDefault($seen) === ($expected === '*')) {
                throw $wrong();
            }
        } elseif (is_array($expected) || $expected instanceof stdClass) {
            if (gettype($expected) !== gettype($seen) || (is_array($seen) && count($expected) !== count($seen))) {
                throw $wrong();
            }
            foreach ((array) $expected as $name => $value) {
                self::compare("$where.$name", $value, ((array) $seen)[$name] ?? null);
            }
        } elseif ($seen !== $expected) {
            throw $wrong();
        }
    }

    private static function shown(mixed $value): string
    {
        return json_encode($value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
    }

    private static function line(string $what): void
    {
        $curl = curl_init(getenv('ERPSYNC_LINE') . "/$what");
        curl_setopt_array($curl, [CURLOPT_POSTFIELDS => '', CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 30]);
        if (curl_exec($curl) === false || curl_getinfo($curl, CURLINFO_RESPONSE_CODE) !== 200) {
            throw new Wrong("the line did not $what: " . curl_error($curl));
        }
    }
}

$player = new Player();
$failed = false;
foreach (json_decode(file_get_contents(getenv('ERPSYNC_SCENARIO')))->steps as $step) {
    try {
        $player->play($step);
        echo "ok $step->name\n";
    } catch (Throwable $why) {
        $failed = true;
        echo "not ok $step->name: " . ($why instanceof Wrong ? '' : $why::class . ': ') . $why->getMessage() . "\n";
    }
}
exit($failed ? 1 : 0);
