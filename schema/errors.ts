// Generated from src/catalogue.rs by `cargo run --features cli -- emit`: do not edit.
// The errors of the Intelliprint API: every type and code, a decoder and an error class.
// Needs `lib` ES2022 and no package. `ApiError.fromResponse` takes any failed response.

/** The general category of an error. A newer server may send other names. */
export const ErrorType = {
  /** A parameter provided in the request was invalid, missing, or unknown. The param field will contain the name of the parameter that caused the error. */
  InvalidRequestError: "invalid_request_error",
  /** The API key provided was invalid or missing. */
  AuthenticationError: "authentication_error",
  /** The account doesn’t have adequate balance to cover the cost of the print job or has maxed out their credit limit. */
  PaymentError: "payment_error",
  /** The IP address has exceeded the rate limit. */
  RateLimited: "rate_limited",
  /** An internal server error occurred on Intelliprint’s side. */
  InternalError: "internal_error",
  /** This is only triggered by the SDKs when they are unable to connect to the Intelliprint API. */
  NetworkError: "network_error",
} as const;
// `string & {}` is any string, and lets editors complete the known names.
export type KnownErrorType = (typeof ErrorType)[keyof typeof ErrorType];
export type ErrorType = KnownErrorType | (string & {});

/** The specific error that occurred. A newer server may send other names. */
export const ErrorCode = {
  /** The value provided for a parameter was invalid. */
  ParameterInvalid: "parameter_invalid",
  /** A required parameter was missing from the request. */
  ParameterMissing: "parameter_missing",
  /** An unknown parameter was provided in the request. */
  ParameterUnknown: "parameter_unknown",
  /** The request body was too large (> 100 MiB). */
  BodyTooLarge: "body_too_large",
  /** The request body was incorrectly formatted (e.g. not a valid JSON object and not a multipart/form-data request). */
  BodyIncorrectFormat: "body_incorrect_format",
  /** No API key was provided in the request. */
  NoApiKey: "no_api_key",
  /** The API key provided was invalid or expired. */
  InvalidApiKey: "invalid_api_key",
  /** The account doesn’t have adequate balance to cover the cost of the print job or has maxed out their credit limit. */
  PaymentError: "payment_error",
  /** The requested resource was not found. */
  NotFound: "not_found",
  /** The IP address has exceeded the rate limit. */
  RateLimited: "rate_limited",
  /** An internal server error occurred on Intelliprint’s side. */
  InternalError: "internal_error",
  /** This is only triggered by the SDKs when they are unable to connect to the Intelliprint API. */
  NetworkError: "network_error",
  /** The API key provided was not authorised to access the requested resource. */
  Forbidden: "forbidden",
  /** The request was refused by the server. This is only triggered when the account has reached its limit for the requested resource. */
  Refused: "refused",
} as const;
export type KnownErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];
export type ErrorCode = KnownErrorCode | (string & {});

/** Whether the request may be sent again. `if_idempotent`: only if it cannot act twice. */
export type Retry = "never" | "after_delay" | "if_idempotent";

export interface ErrorCodeFacts {
  readonly type: KnownErrorType;
  /** The status of a response with this code, or undefined if only SDKs raise the code. */
  readonly status: number | undefined;
  readonly retry: Retry;
  readonly origin: "api" | "sdk";
  readonly description: string;
  /** How to fix the error. */
  readonly remedy: string;
}

// prettier-ignore
export const ERROR_CODES: Readonly<Record<KnownErrorCode, ErrorCodeFacts>> = {
  parameter_invalid: { type: "invalid_request_error", status: 400, retry: "never", origin: "api", description: "The value provided for a parameter was invalid.", remedy: "Correct the value of the parameter that param names, then send the request again." },
  parameter_missing: { type: "invalid_request_error", status: 400, retry: "never", origin: "api", description: "A required parameter was missing from the request.", remedy: "Add the parameter that param names, then send the request again." },
  parameter_unknown: { type: "invalid_request_error", status: 400, retry: "never", origin: "api", description: "An unknown parameter was provided in the request.", remedy: "Remove the parameter that param names, or correct its spelling. The message may suggest the name that was meant." },
  body_too_large: { type: "invalid_request_error", status: 413, retry: "never", origin: "api", description: "The request body was too large (> 100 MiB).", remedy: "Send less in one request: compress the files, or split the job into several requests." },
  body_incorrect_format: { type: "invalid_request_error", status: 422, retry: "never", origin: "api", description: "The request body was incorrectly formatted (e.g. not a valid JSON object and not a multipart/form-data request).", remedy: "Send one valid JSON object or a multipart/form-data request, and set the Content-Type header to match." },
  no_api_key: { type: "authentication_error", status: 401, retry: "never", origin: "api", description: "No API key was provided in the request.", remedy: "Send the API key with the request. If it is sent, check that no proxy removes it." },
  invalid_api_key: { type: "authentication_error", status: 401, retry: "never", origin: "api", description: "The API key provided was invalid or expired.", remedy: "Check that the key is complete and has not expired, or create a new one." },
  payment_error: { type: "payment_error", status: 402, retry: "never", origin: "api", description: "The account doesn’t have adequate balance to cover the cost of the print job or has maxed out their credit limit.", remedy: "Top up the account’s balance or have its credit limit raised, then send the request again." },
  not_found: { type: "invalid_request_error", status: 404, retry: "never", origin: "api", description: "The requested resource was not found.", remedy: "Check the method, the path and the ID. Check that the resource belongs to the account of the API key." },
  rate_limited: { type: "rate_limited", status: 429, retry: "after_delay", origin: "api", description: "The IP address has exceeded the rate limit.", remedy: "Wait, then send the request again. Wait longer after each further failure, and spread requests out." },
  internal_error: { type: "internal_error", status: 500, retry: "if_idempotent", origin: "api", description: "An internal server error occurred on Intelliprint’s side.", remedy: "Before sending the request again, find out whether it took effect: a blind retry can post the same letter twice. If the error persists, contact support." },
  network_error: { type: "network_error", status: undefined, retry: "if_idempotent", origin: "sdk", description: "This is only triggered by the SDKs when they are unable to connect to the Intelliprint API.", remedy: "Check the connection. Before sending the request again, find out whether it took effect: a blind retry can post the same letter twice." },
  forbidden: { type: "authentication_error", status: 403, retry: "never", origin: "api", description: "The API key provided was not authorised to access the requested resource.", remedy: "Use a key that is authorised to access the resource, or have this one authorised." },
  refused: { type: "invalid_request_error", status: 403, retry: "never", origin: "api", description: "The request was refused by the server. This is only triggered when the account has reached its limit for the requested resource.", remedy: "Delete resources of this kind that are no longer needed, or have the account’s limit raised." },
};

/** The error object of a response, with the names as sent. */
export interface ErrorObject {
  /** This is a friendly human-readable description of the error. */
  readonly message: string;
  /** This is the general category of the error. */
  readonly type: ErrorType;
  /** This is a unique code for the specific error that occurred. */
  readonly code: ErrorCode;
  /** This is the parameter that caused the error, if applicable. This can be unset if the error is not related to a specific parameter. */
  readonly param?: string | undefined;
}

/** Returns the error object of a response body, or undefined if the body is not one. */
export function parseErrorResponse(body: string | Uint8Array): ErrorObject | undefined {
  try {
    const text = typeof body === "string" ? body : utf8.decode(body);
    const { error } = JSON.parse(text.replace(/^\uFEFF/, "")) as { error: Record<string, unknown> };
    const { message, type, code, param } = error;
    if (isText(message) && isText(type) && isText(code) && (param == null || isText(param))) {
      return { message, type, code, param: param ?? undefined };
    }
  } catch {
    // Not UTF-8, not JSON, or nothing that has fields.
  }
  return undefined;
}

/** `fetch`'s headers, axios's, or a plain object. */
export type HeadersLike = { get(name: string): unknown } | Readonly<Record<string, unknown>>;

/** A failed call: what the response said, also if a proxy sent it, or that none came. */
export class ApiError extends Error {
  /** The HTTP status, or undefined if no response came. */
  readonly status: number | undefined;
  /** The header `Request-Id`. Support asks for it. */
  readonly requestId: string | undefined;
  /** The header `Retry-After`: seconds, at most 86,400, or a date. */
  readonly retryAfter: number | Date | undefined;
  /** The error object, or undefined if the body is not one. */
  readonly object: ErrorObject | undefined;
  /** The code if this version knows it. `object` has every name as sent. */
  readonly code: KnownErrorCode | undefined;
  /** Whether the request may be sent again: by the code if known, else by the status. */
  readonly retry: Retry;
  /** The body as it was given, or undefined if no response came. */
  readonly body: string | Uint8Array | undefined;

  static {
    this.prototype.name = "ApiError";
  }

  protected constructor(parts: Partial<ApiError>, options?: ErrorOptions) {
    super(describe(parts), options);
    this.status = parts.status;
    this.requestId = parts.requestId;
    this.retryAfter = parts.retryAfter;
    this.object = parts.object;
    this.code = Object.values(ErrorCode).find((code) => code === parts.object?.code);
    this.retry = this.code ? ERROR_CODES[this.code].retry : retryByStatus(parts.status);
    this.body = parts.body;
    // Loggers print what is enumerable, and a body may be of any size.
    Object.defineProperty(this, "body", { enumerable: false });
  }

  /** Makes the error of a response. This never throws, whatever the response holds. */
  static fromResponse(status: number, headers: HeadersLike, body: string | Uint8Array): ApiError {
    const requestId = header(headers, "request-id");
    const retryAfter = parseRetryAfter(header(headers, "retry-after"));
    return new ApiError({ status, requestId, retryAfter, object: parseErrorResponse(body), body });
  }

  /** Makes the error of a call to which no response came. */
  static network(cause?: unknown): ApiError {
    const message = "No response came from the Intelliprint API";
    const object = { message, type: ErrorType.NetworkError, code: ErrorCode.NetworkError };
    return new ApiError({ object }, { cause });
  }

  /**
   * Returns true if the request may be sent again. After `internal_error` the letter may already
   * be on its way, so a POST must not be repeated.
   */
  mayRetry(idempotent: boolean): boolean {
    return this.retry === "after_delay" || (idempotent && this.retry === "if_idempotent");
  }
}

function retryByStatus(status = 0): Retry {
  if (status === 429) return "after_delay";
  return status === 408 || (status >= 500 && status <= 599) ? "if_idempotent" : "never";
}

/** Returns the first value of a header, or undefined if the header is absent or empty. */
function header(headers: HeadersLike, name: string): string | undefined {
  try {
    const value: unknown =
      typeof headers.get === "function"
        ? headers.get.call(headers, name)
        : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
    const first: unknown = Array.isArray(value) ? value[0] : value;
    const text = typeof first === "string" || typeof first === "number" ? String(first) : "";
    return text.replace(/^[ \t]+|(?<![ \t])[ \t]+$/g, "") || undefined;
  } catch {
    return undefined;
  }
}

function parseRetryAfter(text = ""): number | Date | undefined {
  if (/^\d+$/.test(text)) return Math.min(Number(text), 86_400);
  // The two older formats of RFC 9110 become the newer one. Date.parse alone accepts far more.
  const fixed = text
    .replace(
      /^(Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day, (\d\d)-(\w{3})-(\d\d) /,
      (_, day: string, date: string, month: string, year: string) =>
        `${day.slice(0, 3)}, ${date} ${month} ${year < "70" ? "20" : "19"}${year} `,
    )
    .replace(/^(\w{3} \w{3}) {2}(\d) /, "$1 0$2 ")
    .replace(/^(\w{3}) (\w{3}) (\d\d) ([\d:]+) (\d{4})$/, "$1, $3 $2 $5 $4 GMT");
  const date = new Date(fixed);
  return date.toUTCString() === fixed && fixed.length === 29 ? date : undefined;
}

/** Returns one line of at most about 1,000 characters with what support asks for. */
function describe({ status, requestId, object, body = "" }: Partial<ApiError>): string {
  const bytes = bytesOf(body);
  let what = "not an Intelliprint error, but an empty body";
  if (object) {
    const names = `${excerpt(object.code, 64)} (${excerpt(object.type, 64)})`;
    what = `${names}: ${excerpt(object.message, 400)}`;
  } else if (bytes.length > 0) {
    const size = String(bytes.length);
    what = `not an Intelliprint error, but a body of ${size} bytes: ${excerpt(bytes, 400)}`;
  }
  const labels = Object.entries({ param: object?.param, "request id": requestId })
    .filter(([, text]) => text !== undefined)
    .map(([name, text = ""]) => `${name}: ${excerpt(text, 120)}`);
  const prefix = status === undefined ? "" : `HTTP ${String(status)}: `;
  return prefix + what + (labels.length > 0 ? ` [${labels.join("; ")}]` : "");
}

/** Returns the text's first characters on one line, and a count of the omitted bytes. */
function excerpt(text: string | Uint8Array, limit: number): string {
  const bytes = bytesOf(text);
  let [shown, width, at] = ["", 0, 0];
  while (at < bytes.length) {
    const lead = Number(bytes[at]);
    let size = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    let piece = `\\x${lead.toString(16)}`;
    try {
      piece = utf8.decode(bytes.subarray(at, at + size)).replace(HIDDEN, visible);
    } catch {
      size = 1; // A byte that is not UTF-8.
    }
    width += Array.from(piece).length;
    if (width > limit) return `${shown}… (+${String(bytes.length - at)} bytes)`;
    shown += piece;
    at += size;
  }
  return shown;
}

// Controls, and what reorders text or shows nothing, except the variation selectors of emoji.
const HIDDEN = /(?![\uFE00-\uFE0F])[\p{Cc}\p{Zl}\p{Zp}\p{DI}\uFFF9-\uFFFB]/u;

function visible(char: string): string {
  const short = { "\t": "\\t", "\r": "\\r", "\n": "\\n" }[char];
  return short ?? `\\u{${Number(char.codePointAt(0)).toString(16)}}`;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && !/\p{Surrogate}/u.test(value);
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === "string" ? new TextEncoder().encode(text) : text;
}

// Every runtime has both, but lib ES2022 declares neither.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new (label: string, flags: object) => { decode(b: Uint8Array): string };
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
