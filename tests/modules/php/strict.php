<?php

// Loads errors.php of the folder that the script's first argument names. Every warning is an exception.

declare(strict_types=1);

error_reporting(E_ALL);
set_error_handler(function (int $level, string $message): bool {
    throw new ErrorException($message);
});
require "$argv[1]/errors.php";
