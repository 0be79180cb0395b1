<?php

declare(strict_types=1);

namespace Erpsync\Tests;

use Erpsync\Duration;
use Erpsync\Message;
use Erpsync\Tests\Kinds\Class_;
use Erpsync\Tests\Kinds\Colour;
use Erpsync\Tests\Kinds\Kinds;
use Erpsync\Tests\Kinds\Return_;
use Erpsync\Timestamp;
use Erpsync\Unreadable;
use Erpsync\Unwritable;

/** That a message is written so, and read again is the same. */
function written(string $json, Kinds $message): void
{
    same($json, $message->toJson());
    same(var_export($message, true), var_export(Kinds::fromJson($json), true), $json);
}

test('every kind, one of it', function (): void {
    written('{}', new Kinds());
    written('{"truth":true}', new Kinds(truth: true));
    written('{"small":-7}', new Kinds(small: -7));
    written('{"large":"7"}', new Kinds(large: 7));
    written('{"text":"MUG"}', new Kinds(text: 'MUG'));
    written('{"raw":"AP8+Pw=="}', new Kinds(raw: "\x00\xff>?"));
    same("\x00\xff>?", Kinds::fromJson('{"raw":"AP8-Pw"}')->raw, 'the other alphabet of base64, without padding');
    written('{"colour":"COLOUR_DEEP_BLUE"}', new Kinds(colour: Colour::DeepBlue));
    written('{"nested":{"nested":{"small":1}}}', new Kinds(nested: new Kinds(nested: new Kinds(small: 1))));
    written('{"time":"2026-11-25T23:53:54.943733762Z"}', new Kinds(time: new Timestamp(1795650834, 943733762)));
    written('{"length":"-1.500s"}', new Kinds(length: new Duration(-1, -500_000_000)));
});

test('what is there and is its default, where absent is something else', function (): void {
    written('{"maybeTruth":false}', new Kinds(maybeTruth: false));
    written('{"maybeSmall":0}', new Kinds(maybeSmall: 0));
    written('{"maybeLarge":"0"}', new Kinds(maybeLarge: 0));
    written('{"maybeText":""}', new Kinds(maybeText: ''));
    written('{"maybeRaw":""}', new Kinds(maybeRaw: ''));
    written('{"maybeColour":"COLOUR_UNSPECIFIED"}', new Kinds(maybeColour: Colour::Unspecified));
    written('{"time":"1970-01-01T00:00:00Z"}', new Kinds(time: new Timestamp(0)));
    written('{"length":"0s"}', new Kinds(length: new Duration(0)));
    written('{"nested":{}}', new Kinds(nested: new Kinds()));
});

test('many of a kind, defaults among them', function (): void {
    written('{"truths":[true,false]}', new Kinds(truths: [true, false]));
    written('{"smalls":[0,-1]}', new Kinds(smalls: [0, -1]));
    written('{"larges":["0","-1"]}', new Kinds(larges: [0, -1]));
    written('{"texts":["","b"]}', new Kinds(texts: ['', 'b']));
    written('{"raws":["","YQ=="]}', new Kinds(raws: ['', 'a']));
    written('{"colours":["COLOUR_UNSPECIFIED","COLOUR_RED"]}', new Kinds(colours: [Colour::Unspecified, Colour::Red]));
    written('{"times":["1970-01-01T00:00:01Z"]}', new Kinds(times: [new Timestamp(1)]));
    written('{"lengths":["1s"]}', new Kinds(lengths: [new Duration(1)]));
    written('{"many":[{},{"small":1}]}', new Kinds(many: [new Kinds(), new Kinds(small: 1)]));
    same('{"texts":["a","b"]}', (new Kinds(texts: [3 => 'a', 9 => 'b']))->toJson(), 'a list has no keys');
});

test('maps, also by keys that look like numbers', function (): void {
    written('{"textsByText":{"b":"","a":"x"}}', new Kinds(textsByText: ['b' => '', 'a' => 'x']));
    written('{"textsByText":{"0":"x","1":"y"}}', new Kinds(textsByText: ['0' => 'x', '1' => 'y']));
    written('{"kindsByLarge":{"-5":{"small":1}}}', new Kinds(kindsByLarge: [-5 => new Kinds(small: 1)]));
    written('{"coloursBySmall":{"7":"COLOUR_RED"}}', new Kinds(coloursBySmall: [7 => Colour::Red]));
});

test('at most one of a oneof', function (): void {
    written('{"chosenTruth":false}', $truth = new Kinds(chosenTruth: false));
    written('{"chosenText":""}', $text = new Kinds(chosenText: ''));
    written('{"chosenKinds":{}}', $kinds = new Kinds(chosenKinds: new Kinds()));
    same(['chosenTruth', 'chosenText', 'chosenKinds'], [$truth->choice(), $text->choice(), $kinds->choice()]);
    same(null, (new Kinds())->choice());
    $both = new Kinds(many: [new Kinds(chosenText: 'a', chosenTruth: true)]);
    $why = thrown(Unwritable::class, fn () => $both->toJson());
    same('many[0].choice: at most one of it may be there, not chosenTruth and chosenText', $why->getMessage());
});

test('64 bits to their edges, as text and as numbers', function (): void {
    written('{"large":"9223372036854775807"}', new Kinds(large: PHP_INT_MAX));
    written('{"large":"-9223372036854775808"}', new Kinds(large: PHP_INT_MIN));
    same(PHP_INT_MAX, Kinds::fromJson('{"large":9223372036854775807}')->large);
    same(PHP_INT_MIN, Kinds::fromJson('{"large":-9223372036854775808}')->large);
    same(2147483647, Kinds::fromJson('{"small":"2147483647"}')->small);
    foreach (['"9223372036854775808"', '9223372036854775808', '"1.0"', '1.5', '""', '"+1"', '"01"', '"-0"', 'true', '"a"'] as $bad) {
        thrown(Unreadable::class, fn () => Kinds::fromJson("{\"large\":$bad}"));
    }
    foreach (['2147483648', '-2147483649', '"1 "'] as $bad) {
        $why = thrown(Unreadable::class, fn () => Kinds::fromJson("{\"many\":[{\"small\":$bad}]}"));
        contains('many[0].small is not a whole number of -2147483648 to 2147483647', $why->getMessage());
    }
});

test('texts of all scripts, and none that are no UTF-8', function (): void {
    written('{"text":"Füße 靴 👟 \"\\\\\b\f\n\r\t\u0000/"}', new Kinds(text: "Füße 靴 👟 \"\\\x08\f\n\r\t\0/"));
    same('靴👟é', Kinds::fromJson('{"text":"\u9774\ud83d\udc5f\u00e9"}')->text);
    $why = thrown(Unwritable::class, fn () => (new Kinds(nested: new Kinds(texts: ['a', "M\xfcG"])))->toJson());
    same('nested.texts[1]: is not UTF-8: "M\ufffdG"', $why->getMessage());
});

test('a colour that is newer than this client stays what it is', function (): void {
    $kinds = Kinds::fromJson('{"colour":"COLOUR_PUCE","colours":["COLOUR_RED","COLOUR_PUCE"]}');
    same('COLOUR_PUCE', $kinds->colour);
    same([Colour::Red, 'COLOUR_PUCE'], $kinds->colours);
    same('{"colour":"COLOUR_PUCE","colours":["COLOUR_RED","COLOUR_PUCE"]}', $kinds->toJson());
});

test('what is absent, null or newer than this client', function (): void {
    $kinds = Kinds::fromJson('{"truth":null,"text":null,"time":null,"texts":null,"textsByText":null,"new":{"a":[1]}}');
    same('{}', $kinds->toJson());
    same(null, $kinds->time);
});

test('what is something else is refused, and named', function (): void {
    foreach (
        [
            '[]x' => 'not JSON',
            '[1]' => 'the answer is not an object: [1]',
            '{"truth":1}' => 'truth is not true or false: 1',
            '{"text":5}' => 'text is not a text: 5',
            '{"raw":"a?"}' => 'raw is not bytes in base64: "a?"',
            '{"colour":1}' => 'colour is not a name: 1',
            '{"nested":[1]}' => 'nested is not an object: [1]',
            '{"texts":{"a":"b"}}' => 'texts is not a list: {"a":"b"}',
            '{"texts":["a",null]}' => 'texts[1] is not a text: null',
            '{"textsByText":{"a":1}}' => 'textsByText[a] is not a text: 1',
            '{"kindsByLarge":{"a":{}}}' => 'a key of kindsByLarge is not a whole number',
            '{"nested":{"time":"yesterday"}}' => 'nested.time is not a time: "yesterday"',
            '{"length":"1"}' => 'length is not a duration: "1"',
        ] as $json => $message
    ) {
        contains($message, thrown(Unreadable::class, fn () => Kinds::fromJson($json))->getMessage());
    }
});

test('what has another type than its list says is refused, and named', function (): void {
    foreach (
        [
            'texts[0]: is not a text, but int' => new Kinds(texts: [5]),
            'smalls[0]: is not a whole number, but string' => new Kinds(smalls: ['5']),
            'larges[1]: is not a whole number, but float' => new Kinds(larges: [1, 1.5]),
            'truths[0]: is not true or false, but int' => new Kinds(truths: [1]),
            'many[0]: is not a message, but array' => new Kinds(many: [[]]),
            'times[0]: is not a time, but string' => new Kinds(times: ['now']),
            'a key of kindsByLarge: is not a whole number, but string' => new Kinds(kindsByLarge: ['a' => new Kinds()]),
        ] as $message => $kinds
    ) {
        same($message, thrown(Unwritable::class, fn () => $kinds->toJson())->getMessage());
    }
});

test('every class of the contract is found, and reads and writes nothing', function (): void {
    $files = glob(__DIR__ . '/../gen/*.php');
    same(true, count($files) > 300);
    foreach ($files as $file) {
        $class = 'Erpsync\\V1\\' . basename($file, '.php');
        same(true, class_exists($class), $class);
        if (is_subclass_of($class, Message::class)) {
            same('{}', $class::fromJson('{}')->toJson(), $class);
        }
    }
});

test('names that are words of PHP', function (): void {
    $class = new Class_(return: new Return_(namespace: 'a', list: ['b']), class: 'c');
    same('{"return":{"namespace":"a","list":["b"]},"class":"c"}', $class->toJson());
    same($class->toJson(), Class_::fromJson($class->toJson())->toJson());
});

test('json_encode writes the same', function (): void {
    same('{"a":[{"large":"7"}]}', json_encode(['a' => [new Kinds(large: 7)]]));
});
