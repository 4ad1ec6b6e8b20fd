<?php

// Runs the cases against errors.php: conformance.php SCHEMA_DIR CASES.

declare(strict_types=1);

use Intelliprint\ApiError;
use Intelliprint\ErrorType;

require __DIR__ . '/strict.php';

function seen(int $status, array $headers, string $body): array
{
    $error = ApiError::fromResponse($status, $headers, $body);
    $object = $error->errorObject();
    // No assert(): Debian's php.ini compiles it out.
    if ($error->status() !== $status || $error->body() !== $body) {
        throw new LogicException('the status or the body is lost');
    }
    $after = $error->retryAfter();
    return [
        'object' => $object === null ? null : get_object_vars($object),
        'code' => $error->code()?->value,
        'type' => $object === null ? null : ErrorType::tryFrom($object->type)?->value,
        'request_id' => $error->requestId(),
        'retry_after' => is_object($after) ? $after->format('Y-m-d\TH:i:s\Z') : $after,
        'retry' => $error->retry(),
        'line' => $error->getMessage(),
    ];
}

/** The case with each mark of `repeat` replaced by its text, repeated. */
function expanded(array $case): array
{
    $repeats = $case['repeat'] ?? [];
    $marks = array_column($repeats, 'mark');
    $texts = array_map(fn (array $repeat) => str_repeat($repeat['text'], $repeat['times']), $repeats);
    array_walk_recursive($case, function (&$value) use ($marks, $texts): void {
        $value = is_string($value) ? str_replace($marks, $texts, $value) : $value;
    });
    return $case;
}

/** Headers as curl's header callback collects them, and as PSR-7 has them. */
function headerForms(array $pairs): iterable
{
    $psr7 = [];
    foreach ($pairs as [$name, $value]) {
        $known = array_filter(array_keys($psr7), fn ($key) => strcasecmp((string) $key, $name) === 0);
        $psr7[reset($known) ?: $name][] = $value;
    }
    yield $psr7;
    if (count($psr7) === count($pairs)) {
        yield array_map(fn (array $values) => $values[0], $psr7);
    }
}

$cases = json_decode(file_get_contents($argv[2]), true, flags: JSON_THROW_ON_ERROR)['cases'];
if (count($cases) < 150) {
    exit('too few cases');
}
$failed = 0;
foreach (array_map('expanded', $cases) as $case) {
    $body = $case['body'] ?? base64_decode($case['body_base64'], true);
    foreach (headerForms($case['headers']) as $headers) {
        try {
            $got = seen($case['status'], $headers, $body);
        } catch (Throwable $error) { // Decoding is total: nothing may be thrown.
            $got = ['thrown' => (string) $error];
        }
        $passes = false;
        foreach ($case['allowed'] as $want) {
            $passes = $passes || array_intersect_key($got, $want) === array_replace(array_intersect_key($got, $want), $want)
                && array_diff_key($want, $got) === [];
        }
        if (!$passes) {
            $failed++;
            echo "$case[name]: $case[reason] Got ", substr(json_encode($got, JSON_PARTIAL_OUTPUT_ON_ERROR), 0, 600), "\n";
            break;
        }
    }
}
echo $failed === 0 ? count($cases) . " cases pass\n" : '';
exit($failed === 0 ? 0 : 1);
