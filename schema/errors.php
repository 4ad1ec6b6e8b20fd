<?php

// Generated from src/catalogue.rs by `cargo run --features cli -- emit`: do not edit.

declare(strict_types=1);

namespace Intelliprint;

/** The general category of an error. A newer server may send other names. */
enum ErrorType: string
{
    /** A parameter provided in the request was invalid, missing, or unknown. The param field will contain the name of the parameter that caused the error. */
    case InvalidRequestError = 'invalid_request_error';
    /** The API key provided was invalid or missing. */
    case AuthenticationError = 'authentication_error';
    /** The account doesn’t have adequate balance to cover the cost of the print job or has maxed out their credit limit. */
    case PaymentError = 'payment_error';
    /** The IP address has exceeded the rate limit. */
    case RateLimited = 'rate_limited';
    /** An internal server error occurred on Intelliprint’s side. */
    case InternalError = 'internal_error';
    /** This is only triggered by the SDKs when they are unable to connect to the Intelliprint API. */
    case NetworkError = 'network_error';
}

/** The specific error that occurred. A newer server may send other names: see tryFrom(). */
enum ErrorCode: string
{
    /** The value provided for a parameter was invalid. */
    case ParameterInvalid = 'parameter_invalid';
    /** A required parameter was missing from the request. */
    case ParameterMissing = 'parameter_missing';
    /** An unknown parameter was provided in the request. */
    case ParameterUnknown = 'parameter_unknown';
    /** The request body was too large (> 100 MiB). */
    case BodyTooLarge = 'body_too_large';
    /** The request body was incorrectly formatted (e.g. not a valid JSON object and not a multipart/form-data request). */
    case BodyIncorrectFormat = 'body_incorrect_format';
    /** No API key was provided in the request. */
    case NoApiKey = 'no_api_key';
    /** The API key provided was invalid or expired. */
    case InvalidApiKey = 'invalid_api_key';
    /** The account doesn’t have adequate balance to cover the cost of the print job or has maxed out their credit limit. */
    case PaymentError = 'payment_error';
    /** The requested resource was not found. */
    case NotFound = 'not_found';
    /** The IP address has exceeded the rate limit. */
    case RateLimited = 'rate_limited';
    /** An internal server error occurred on Intelliprint’s side. */
    case InternalError = 'internal_error';
    /** This is only triggered by the SDKs when they are unable to connect to the Intelliprint API. */
    case NetworkError = 'network_error';
    /** The API key provided was not authorised to access the requested resource. */
    case Forbidden = 'forbidden';
    /** The request was refused by the server. This is only triggered when the account has reached its limit for the requested resource. */
    case Refused = 'refused';

    // Type, HTTP status (null if only SDKs raise the code), retry rule, description and remedy.
    // prettier-ignore
    private const FACTS = [
        'parameter_invalid' => [ErrorType::InvalidRequestError, 400, 'never', 'The value provided for a parameter was invalid.', 'Correct the value of the parameter that param names, then send the request again.'],
        'parameter_missing' => [ErrorType::InvalidRequestError, 400, 'never', 'A required parameter was missing from the request.', 'Add the parameter that param names, then send the request again.'],
        'parameter_unknown' => [ErrorType::InvalidRequestError, 400, 'never', 'An unknown parameter was provided in the request.', 'Remove the parameter that param names, or correct its spelling. The message may suggest the name that was meant.'],
        'body_too_large' => [ErrorType::InvalidRequestError, 413, 'never', 'The request body was too large (> 100 MiB).', 'Send less in one request: compress the files, or split the job into several requests.'],
        'body_incorrect_format' => [ErrorType::InvalidRequestError, 422, 'never', 'The request body was incorrectly formatted (e.g. not a valid JSON object and not a multipart/form-data request).', 'Send one valid JSON object or a multipart/form-data request, and set the Content-Type header to match.'],
        'no_api_key' => [ErrorType::AuthenticationError, 401, 'never', 'No API key was provided in the request.', 'Send the API key with the request. If it is sent, check that no proxy removes it.'],
        'invalid_api_key' => [ErrorType::AuthenticationError, 401, 'never', 'The API key provided was invalid or expired.', 'Check that the key is complete and has not expired, or create a new one.'],
        'payment_error' => [ErrorType::PaymentError, 402, 'never', 'The account doesn’t have adequate balance to cover the cost of the print job or has maxed out their credit limit.', 'Top up the account’s balance or have its credit limit raised, then send the request again.'],
        'not_found' => [ErrorType::InvalidRequestError, 404, 'never', 'The requested resource was not found.', 'Check the method, the path and the ID. Check that the resource belongs to the account of the API key.'],
        'rate_limited' => [ErrorType::RateLimited, 429, 'after_delay', 'The IP address has exceeded the rate limit.', 'Wait, then send the request again. Wait longer after each further failure, and spread requests out.'],
        'internal_error' => [ErrorType::InternalError, 500, 'if_idempotent', 'An internal server error occurred on Intelliprint’s side.', 'Before sending the request again, find out whether it took effect: a blind retry can post the same letter twice. If the error persists, contact support.'],
        'network_error' => [ErrorType::NetworkError, null, 'if_idempotent', 'This is only triggered by the SDKs when they are unable to connect to the Intelliprint API.', 'Check the connection. Before sending the request again, find out whether it took effect: a blind retry can post the same letter twice.'],
        'forbidden' => [ErrorType::AuthenticationError, 403, 'never', 'The API key provided was not authorised to access the requested resource.', 'Use a key that is authorised to access the resource, or have this one authorised.'],
        'refused' => [ErrorType::InvalidRequestError, 403, 'never', 'The request was refused by the server. This is only triggered when the account has reached its limit for the requested resource.', 'Delete resources of this kind that are no longer needed, or have the account’s limit raised.'],
    ];

    public function errorType(): ErrorType
    {
        return self::FACTS[$this->value][0];
    }

    /** The status of a response with this code, or null if only SDKs raise it. */
    public function httpStatus(): ?int
    {
        return self::FACTS[$this->value][1];
    }

    /** @return 'never'|'after_delay'|'if_idempotent' */
    public function retry(): string
    {
        return self::FACTS[$this->value][2];
    }

    /** @return 'api'|'sdk' */
    public function origin(): string
    {
        return $this->httpStatus() === null ? 'sdk' : 'api';
    }

    public function description(): string
    {
        return self::FACTS[$this->value][3];
    }

    /** How to fix the error. */
    public function remedy(): string
    {
        return self::FACTS[$this->value][4];
    }
}

/** The error object of a response, with the names as sent. */
final class ErrorObject
{
    public function __construct(
        public readonly string $message,
        public readonly string $type,
        public readonly string $code,
        public readonly ?string $param = null,
    ) {
        // Strict types: a value that is not a string throws.
    }

    /** Returns the error object of a response body, or null if the body is not one. */
    public static function fromJson(string $json): ?self
    {
        $start = str_starts_with($json, "\u{FEFF}") ? 3 : 0;
        // As arrays, because an object's property cannot start with a NUL.
        $error = json_decode(substr($json, $start), true)['error'] ?? null;
        $fields = [$error['message'] ?? null, $error['type'] ?? null, $error['code'] ?? null];
        try {
            return new self(...[...$fields, $error['param'] ?? null]);
        } catch (\TypeError) {
            return null;
        }
    }
}

/** A failed call: what the response said, also if a proxy sent it, or that none came. */
final class ApiError extends \RuntimeException
{
    // Controls, and what reorders text or shows nothing.
    private const HIDDEN =
        '/[\x00-\x1F\x7F-\x{9F}\x{AD}\x{34F}\x{61C}\x{115F}\x{1160}\x{17B4}\x{17B5}\x{180B}-\x{180F}' .
        '\x{200B}-\x{200F}\x{2028}-\x{202E}\x{2060}-\x{206F}\x{3164}\x{FEFF}\x{FFA0}' .
        '\x{FFF0}-\x{FFFB}\x{1BCA0}-\x{1BCA3}\x{1D173}-\x{1D17A}\x{E0000}-\x{E0FFF}]/u';

    private function __construct(
        private readonly ?int $status,
        private readonly ?string $requestId,
        private readonly int|\DateTimeImmutable|null $retryAfter,
        private readonly ?ErrorObject $errorObject,
        private readonly ?string $body,
        ?\Throwable $cause = null,
    ) {
        parent::__construct($this->line(), $status ?? 0, $cause);
    }

    /**
     * Makes the error of a response. This never fails, whatever the response holds.
     *
     * @param array<string|string[]> $headers by name, such as PSR-7's getHeaders() returns
     */
    public static function fromResponse(int $status, array $headers, string $body): self
    {
        $requestId = self::header($headers, 'request-id');
        $retryAfter = self::parseRetryAfter(self::header($headers, 'retry-after') ?? '');
        return new self($status, $requestId, $retryAfter, ErrorObject::fromJson($body), $body);
    }

    /** Makes the error of a call to which no response came. */
    public static function network(?\Throwable $cause = null): self
    {
        $message = 'No response came from the Intelliprint API';
        $object = new ErrorObject($message, 'network_error', 'network_error');
        return new self(null, null, null, $object, null, $cause);
    }

    /** The HTTP status, or null if no response came. */
    public function status(): ?int
    {
        return $this->status;
    }

    /** The header Request-Id. Support asks for it. */
    public function requestId(): ?string
    {
        return $this->requestId;
    }

    /** The header Retry-After: seconds, at most 86,400, or a date. */
    public function retryAfter(): int|\DateTimeImmutable|null
    {
        return $this->retryAfter;
    }

    /** The error object, or null if the body is not one. */
    public function errorObject(): ?ErrorObject
    {
        return $this->errorObject;
    }

    /** The code if this version knows it. The error object has every name as sent. */
    public function code(): ?ErrorCode
    {
        return $this->errorObject ? ErrorCode::tryFrom($this->errorObject->code) : null;
    }

    /** The body as it was given, or null if no response came. */
    public function body(): ?string
    {
        return $this->body;
    }

    /**
     * Whether the request may be sent again: by the code if known, else by the status.
     *
     * @return 'never'|'after_delay'|'if_idempotent'
     */
    public function retry(): string
    {
        $byStatus = match (true) {
            $this->status === 429 => 'after_delay',
            $this->status === 408, intdiv($this->status ?? 0, 100) === 5 => 'if_idempotent',
            default => 'never',
        };
        return $this->code()?->retry() ?? $byStatus;
    }

    /**
     * Returns true if the request may be sent again. After internal_error the letter may already
     * be on its way, so a POST must not be repeated.
     */
    public function mayRetry(bool $idempotent): bool
    {
        $retry = $this->retry();
        return $retry === 'after_delay' || ($idempotent && $retry === 'if_idempotent');
    }

    /** Returns the first header of this name, or null if it is absent or empty. */
    private static function header(array $headers, string $wanted): ?string
    {
        foreach ($headers as $name => $value) {
            if (strtolower((string) $name) === $wanted) {
                $first = is_array($value) ? reset($value) : $value;
                $text = is_scalar($first) ? trim((string) $first, " \t") : '';
                return $text === '' ? null : $text;
            }
        }
        return null;
    }

    private static function parseRetryAfter(string $text): int|\DateTimeImmutable|null
    {
        if (preg_match('/^[0-9]+$/D', $text)) {
            return (int) min((float) $text, 86_400);
        }
        // The three formats of RFC 9110. The parser alone would accept more, and throws for a NUL.
        $text = preg_replace('/^(\w+ \w+)  (\d) /', '$1 0$2 ', $text);
        $value = str_replace("\0", '', "$text UTC");
        foreach (['D, d M Y H:i:s \G\M\T', 'l, d-M-y H:i:s \G\M\T', 'D M d H:i:s Y'] as $format) {
            $date = \DateTimeImmutable::createFromFormat("!$format e", $value);
            if ($date && $date->format($format) === $text) {
                return $date;
            }
        }
        return null;
    }

    /** Returns one line of at most about 1,000 characters with what support asks for. */
    private function line(): string
    {
        $object = $this->errorObject;
        if ($object !== null) {
            $what = self::cut($object->code, 64) . ' (' . self::cut($object->type, 64) . '): ';
            $what .= self::cut($object->message, 400);
        } else {
            $text = 'a body of ' . strlen($this->body) . ' bytes: ' . self::cut($this->body, 400);
            $text = $this->body === '' ? 'an empty body' : $text;
            $what = "not an Intelliprint error, but $text";
        }
        $labels = [];
        $texts = ['param' => $object?->param, 'request id' => $this->requestId];
        foreach (array_filter($texts, 'is_string') as $label => $text) {
            $labels[] = "$label: " . self::cut($text, 120);
        }
        $prefix = $this->status === null ? '' : "HTTP $this->status: ";
        return $prefix . $what . ($labels === [] ? '' : ' [' . implode('; ', $labels) . ']');
    }

    /** Returns the text's first characters on one line, and a count of the omitted bytes. */
    private static function cut(string $text, int $limit): string
    {
        $shown = '';
        for ($at = 0; $at < strlen($text); $at += strlen($character)) {
            $lead = ord($text[$at]);
            $length = 1 + (int) ($lead >= 0xc0) + (int) ($lead >= 0xe0) + (int) ($lead >= 0xf0);
            $character = substr($text, $at, $length);
            // A byte that is not part of a character stands alone.
            $character = preg_match('//u', $character) ? $character : $text[$at];
            $piece = self::visible($character);
            $limit -= $piece === $character ? 1 : strlen($piece);
            if ($limit < 0) {
                return "{$shown}… (+" . strlen($text) - $at . ' bytes)';
            }
            $shown .= $piece;
        }
        return $shown;
    }

    private static function visible(string $character): string
    {
        $isHidden = preg_match(self::HIDDEN, $character);
        if ($isHidden !== 1) {
            // The match fails for a byte that is not UTF-8.
            return $isHidden === 0 ? $character : sprintf('\x%02x', ord($character));
        }
        $length = strlen($character);
        $point = ord($character) & (0xff >> ($length > 1 ? $length + 1 : 1));
        for ($at = 1; $at < $length; $at++) {
            $point = ($point << 6) | (ord($character[$at]) & 0x3f);
        }
        return ["\t" => '\t', "\r" => '\r', "\n" => '\n'][$character] ?? sprintf('\u{%x}', $point);
    }
}
