<?php

// Compares errors.php with the crate on each seed: seeds.php SCHEMA_DIR VERDICTS SEEDS_DIR. The crate's
// line for each seed is in lines.json, beside VERDICTS.

declare(strict_types=1);

use Intelliprint\ApiError;

require "$argv[1]/errors.php";

// Where PHP's parser rightly differs: the last of two equal members counts, a lone surrogate is
// rejected also where nobody reads it, and 512 levels of nesting are the limit.
const DIFFERENCES = [
    'member-duplicate-escaped.json',
    'member-duplicate-message.json',
    'member-duplicate-param-null.json',
    'nesting-closed.json',
    'string-surrogate-in-ignored.json',
];

$verdicts = json_decode(file_get_contents($argv[2]), true, flags: JSON_THROW_ON_ERROR);
$lines = json_decode(file_get_contents(dirname($argv[2]) . '/lines.json'), true, flags: JSON_THROW_ON_ERROR);
$differing = [];
foreach ($verdicts as $name => $verdict) {
    $seed = file_get_contents("$argv[3]/$name");
    $error = ApiError::fromResponse(400, ['Request-Id' => 'req_1'], $seed);
    $object = $error->errorObject();
    if ($verdict != ($object === null ? null : get_object_vars($object))) {
        $differing[] = $name;
    } elseif ($error->getMessage() !== $lines[$name]) {
        echo "$name: {$error->getMessage()} is not $lines[$name]\n";
        exit(1);
    }
}
$count = count($verdicts);
echo "$count seeds, ", count($differing), ' verdicts differ: ', implode(', ', $differing), "\n";
exit($differing === DIFFERENCES && $count >= 163 ? 0 : 1);
