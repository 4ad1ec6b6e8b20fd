<?php

// What the cases do not show of errors.php: unit.php SCHEMA_DIR.

declare(strict_types=1);

use Intelliprint\ApiError;
use Intelliprint\ErrorCode;
use Intelliprint\ErrorObject;
use Intelliprint\ErrorType;

require __DIR__ . '/strict.php';

function same(mixed $expected, mixed $got): void
{
    if ($expected !== $got) {
        throw new LogicException(var_export($got, true) . ' is not ' . var_export($expected, true));
    }
}

$catalogue = json_decode(file_get_contents("$argv[1]/errors.json"), true, flags: JSON_THROW_ON_ERROR);
$body = '{"error":{"message":"m","type":"rate_limited","code":"rate_limited","param":"p"}}';

$tests = [
    'types and codes have the facts of the catalogue' => function () use ($catalogue) {
        $names = fn (array $values) => array_column($values, 'value');
        same(array_column($catalogue['types'], 'name'), $names(ErrorType::cases()));
        same(array_column($catalogue['codes'], 'name'), $names(ErrorCode::cases()));
        foreach ($catalogue['codes'] as $row) {
            $code = ErrorCode::from($row['name']);
            same($row['type']['value'], $code->errorType()->value);
            same($row['status']['value'], $code->httpStatus());
            same($row['retry']['value'], $code->retry());
            same($row['origin']['value'], $code->origin());
            same($row['description'], $code->description());
            same($row['remedy']['value'], $code->remedy());
        }
    },
    'every name has its description where an editor shows it' => function () use ($catalogue) {
        // A comment cannot hold its own end, and shows what nobody could see as an escape.
        $escapes = ['*/' => '*\/'];
        foreach (["\u{202e}" => '202e', "\u{200b}" => '200b', "\u{e0041}" => 'e0041'] as $hidden => $point) {
            $escapes[$hidden] = '\u{' . $point . '}';
        }
        foreach ([ErrorType::class => 'types', ErrorCode::class => 'codes'] as $enum => $kind) {
            foreach ($catalogue[$kind] as $row) {
                $case = new ReflectionEnumBackedCase($enum, $enum::from($row['name'])->name);
                $comment = $case->getDocComment();
                same(true, str_contains($comment, strtr($row['description'], $escapes)));
                same($row['withdrawn'] !== null, str_contains($comment, "\n     * @deprecated "));
            }
        }
    },
    'an unknown name is null' => function () {
        same(ErrorCode::NotFound, ErrorCode::tryFrom('not_found'));
        same([null, null], [ErrorCode::tryFrom('Not_Found'), ErrorType::tryFrom('not_found')]);
    },
    'no response is a network error with its cause' => function () {
        $cause = new Exception('reset');
        $error = ApiError::network($cause);
        same($cause, $error->getPrevious());
        same(ErrorCode::NetworkError, $error->code());
        same([null, null, null, null], [
            $error->status(), $error->body(), $error->requestId(), $error->retryAfter(),
        ]);
        $line = 'network_error (network_error): No response came from the Intelliprint API';
        same($line, $error->getMessage());
        same([true, false], [$error->mayRetry(true), $error->mayRetry(false)]);
        same(null, ApiError::network()->getPrevious());
    },
    'a letter is posted again only if the first was turned away' => function () {
        foreach ([429 => [true, true], 500 => [true, false], 403 => [false, false]] as $status => $may) {
            $error = ApiError::fromResponse($status, [], '');
            same($may, [$error->mayRetry(true), $error->mayRetry(false)]);
            same($status, $error->getCode());
        }
    },
    'bodies of any size and depth' => function () use ($body) {
        $large = '{"error":{"message":"' . str_repeat('m', 1 << 20) . '","type":"t","code":"c"}}';
        same(1 << 20, strlen(ErrorObject::fromJson($large)->message));
        $closed = '{"x":' . str_repeat('[', 100_000) . str_repeat(']', 100_000) . '}';
        foreach ([str_repeat('[', 1_000_000), str_repeat('{"a":', 1_000_000), $closed] as $deep) {
            same(null, ApiError::fromResponse(500, [], $deep)->errorObject());
        }
        $digits = '{"x":' . str_repeat('9', 1_000_000) . ',' . substr($body, 1);
        same('m', ErrorObject::fromJson($digits)->message);
    },
    'every cut and every changed byte keeps the bytes' => function () use ($body) {
        for ($at = 0; $at < strlen($body); $at++) {
            foreach (['', "\0", '"', '\\', '{', "\x80", "\xff"] as $byte) {
                $changed = substr_replace($body, $byte, $at, 1);
                $error = ApiError::fromResponse(400, [], $changed);
                same($changed, $error->body());
                same(true, strlen($error->getMessage()) < 500);
                same(1, preg_match('//u', $error->getMessage()));
            }
            same(null, ErrorObject::fromJson(substr($body, 0, $at)));
        }
    },
    'headers of PSR-7, flat ones, and odd ones' => function () {
        $id = fn (array $headers) => ApiError::fromResponse(400, $headers, '')->requestId();
        same('a', $id(['Host' => ['h'], 'Request-Id' => ['a', 'b']]));
        same('a', $id(['request-id' => 'a']));
        same('a', $id(['REQUEST-ID' => ' a ']));
        foreach ([[], [''], null, '', ' '] as $value) {
            same(null, $id(['Request-Id' => $value]));
        }
        same(null, $id(['Request-Id: a', [], new stdClass()]));
        $after = fn (mixed $value) => ApiError::fromResponse(429, ['Retry-After' => $value], '')->retryAfter();
        same([7, 7], [$after(7), $after(['7'])]);
        foreach (["Sun, 06 Nov 1994 08:49:37 GMT\0", "\0", "7\n8", [['7']]] as $value) {
            same(null, $after($value));
        }
        same('UTC', $after('Sun, 06 Nov 1994 08:49:37 GMT')->getTimezone()->getName());
    },
    'a day of a date has two digits, or a space and one' => function () {
        $dates = ['Sun Nov 06 08:49:37 1994', 'Sun Nov  6 08:49:37 1994'];
        $wrong = [
            'Sun Nov 6 08:49:37 1994', 'Wed Nov  16 08:49:37 1994', 'Sun,  6 Nov 1994 08:49:37 GMT',
        ];
        foreach ([...$dates, ...$wrong] as $text) {
            $error = ApiError::fromResponse(503, ['Retry-After' => $text], '');
            same(in_array($text, $dates, true), $error->retryAfter() !== null);
        }
    },
    'statuses of other kinds' => function () {
        foreach ([-1, 0, 499, 600, PHP_INT_MAX] as $status) {
            same('never', ApiError::fromResponse($status, [], '')->retry());
        }
    },
];
$only = $argv[2] ?? '';
foreach ($tests as $name => $test) {
    if (!str_contains($name, $only)) {
        continue;
    }
    try {
        $test();
    } catch (Throwable $error) {
        echo "FAILED: $name: $error\n";
        exit(1);
    }
}
echo count($tests), " tests pass\n";
