<?php

// {{header}}

declare(strict_types=1);

namespace Intelliprint;

/** The general category of an error. A newer server may send other names. */
enum ErrorType: string
{
    // {{types}}
}

/** The specific error that occurred. A newer server may send other names: see tryFrom(). */
enum ErrorCode: string
{
    // {{codes}}

    // Type, HTTP status (null if only SDKs raise the code), retry rule, description and remedy.
    // prettier-ignore
    private const FACTS = [
        // {{facts}}
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
