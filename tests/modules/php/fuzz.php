<?php

// Random responses, of which none may throw: fuzz.php SCHEMA_DIR FILE. Reads what fuzz.py wrote, and
// compares errors.php with errors.py.

declare(strict_types=1);

use Intelliprint\ApiError;

require __DIR__ . '/strict.php';

function seen(int $status, array $headers, string $body): array
{
    $error = ApiError::fromResponse($status, $headers, $body);
    if ($error->body() !== $body) {
        throw new LogicException('the body is lost');
    }
    $object = $error->errorObject();
    $after = $error->retryAfter();
    return [
        'object' => $object === null ? null : get_object_vars($object),
        'code' => $error->code()?->value,
        'request_id' => $error->requestId(),
        'retry_after' => is_object($after) ? $after->format('Y-m-d\TH:i:s\Z') : $after,
        'retry' => $error->retry(),
        'line' => $error->getMessage(),
    ];
}

/** Whether PHP's parser rightly rejects a body that Python's takes: see seeds.php. */
function isRejectedRightly(string $body, ?array $object): bool
{
    $isDeep = substr_count($body, '[') + substr_count($body, '{') > 500;
    return $object === null && ($isDeep || preg_match('/\\\\u[dD][89a-fA-F]/', $body) === 1);
}

$count = 0;
$rejected = 0;
foreach (new SplFileObject($argv[2]) as $line) {
    if ($line === '') {
        continue;
    }
    $response = json_decode($line, true, flags: JSON_THROW_ON_ERROR);
    $body = base64_decode($response['body'], true);
    $got = seen($response['status'], $response['headers'], $body);
    if ($got['object'] !== $response['seen']['object'] && isRejectedRightly($body, $got['object'])) {
        $rejected++;
    } elseif ($got !== $response['seen']) {
        echo "errors.php differs from errors.py: $line", json_encode($got, JSON_PARTIAL_OUTPUT_ON_ERROR), "\n";
        exit(1);
    }
    $count++;
}
echo "$count random responses pass, $rejected of which PHP rejects the body alone\n";
