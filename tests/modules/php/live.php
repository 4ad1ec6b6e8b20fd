<?php

// curl over real sockets, by the lines of schema/php.md.
// live.php SCHEMA_DIR EXAMPLE_SERVER_URL LOCAL_SERVER_URL. The example server must be fresh.

declare(strict_types=1);

namespace Live;

use Intelliprint\ApiError;
use Intelliprint\ErrorCode;

[, $schema, $example, $local] = $argv;
set_include_path($schema);

final class Slept extends \Exception
{
}

function sleep(int $seconds): void
{
    throw new Slept((string) $seconds);
}

function check(bool $isTrue): void
{
    if (!$isTrue) {
        throw new \LogicException('the check on this line fails');
    }
}

/** The exception and what is printed. */
function failure(string $url, string $key = 'key_full'): array
{
    ob_start();
    try {
        listPrints($url, $key);
    } catch (ApiError | Slept $error) {
        return [$error, ob_get_clean()];
    }
    throw new \LogicException('no failure');
}

// In this namespace, so that the lines call sleep() above.
$lines = explode('```', explode("```php\n<?php\n", file_get_contents("$schema/php.md"))[1])[0];
eval("namespace Live;\n" . str_replace('new RuntimeException', 'new \RuntimeException', $lines));

check(listPrints($example, 'key_full') === []);
[$error, $printed] = failure($example, 'key_wrong');
check($error->code() === ErrorCode::InvalidApiKey && $error->status() === 401 && $printed === '');
check(str_starts_with($error->requestId(), 'req_'));
[$error, $printed] = failure("$local/proxy");
check($printed === "Not from the API, but a proxy: <html><h1>502 Bad Gateway</h1></html>\n");
check($error->code() === null && $error->retry() === 'if_idempotent');
[$error, $printed] = failure("$local/unknown");
check($printed === "A newer code: quota_exhausted Too many prints\n");
check($error->requestId() === 'req_1' && $error->retryAfter() === 7);
[$error] = failure('http://127.0.0.1:9');
check($error->code() === ErrorCode::NetworkError && $error->getPrevious() !== null);
for ($count = 0; $count < 60; $count++) {
    try {
        listPrints($example, 'key_full');
    } catch (Slept $slept) {
        break;
    }
}
[$error] = failure($example);
check($error instanceof Slept && $error->getMessage() >= 1 && $error->getMessage() <= 60);
echo "curl and the page's lines pass\n";
