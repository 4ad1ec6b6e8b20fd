<?php

// Compares errors.php with the crate on each seed: seeds.php SCHEMA_DIR VERDICTS SEEDS_DIR.

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
$differing = [];
foreach ($verdicts as $name => $verdict) {
    $object = ApiError::fromResponse(400, [], file_get_contents("$argv[3]/$name"))->errorObject();
    if ($verdict != ($object === null ? null : get_object_vars($object))) {
        $differing[] = $name;
    }
}
$count = count($verdicts);
echo "$count seeds, ", count($differing), ' verdicts differ: ', implode(', ', $differing), "\n";
exit($differing === DIFFERENCES && $count >= 163 ? 0 : 1);
