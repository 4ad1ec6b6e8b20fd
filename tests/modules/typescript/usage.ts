// What callers write: each line compiles, or fails where it says so.
import type { AxiosResponse } from "axios";
import type { IncomingMessage } from "node:http";
import { ApiError, ERROR_CODES, ErrorCode, ErrorType, parseErrorResponse } from "./errors.js";
import type { ErrorObject, HeadersLike, KnownErrorCode, Retry } from "./errors.js";

// Any name may arrive, and only those of this version are known.
export const newer: ErrorCode = "quota_exhausted";
export const newerType: ErrorType = "quota_error";
export const known: KnownErrorCode = ErrorCode.NotFound;
export const literal: "not_found" = ErrorCode.NotFound;
// @ts-expect-error This version does not know it.
export const unknown: KnownErrorCode = "quota_exhausted";
// @ts-expect-error A code is a string all the same.
export const number: ErrorCode = 7;
// @ts-expect-error Nobody changes a name.
ErrorCode.NotFound = "found";
// @ts-expect-error Nor a fact.
ERROR_CODES.not_found.status = 200;

// The headers of every client.
export const fetched = (response: Response, body: string): ApiError =>
  ApiError.fromResponse(response.status, response.headers, body);
export const byAxios = (response: AxiosResponse<string>): ApiError =>
  ApiError.fromResponse(response.status, response.headers, response.data);
export const byNode = (message: IncomingMessage, body: Buffer): ApiError =>
  ApiError.fromResponse(message.statusCode ?? 0, message.headers, body);
export const plain: HeadersLike = { "request-id": "req_1", "set-cookie": ["a"], host: undefined };
// @ts-expect-error A text is not headers.
export const text: HeadersLike = "request-id: req_1";
// @ts-expect-error Parsed JSON is not a body.
ApiError.fromResponse(400, {}, { error: {} });
// @ts-expect-error fromResponse and network alone make one.
new ApiError({});

export function advise(error: ApiError): string {
  switch (error.code) {
    case "rate_limited": {
      const after: number | Date | undefined = error.retryAfter;
      return `wait until ${String(after)}`;
    }
    case ErrorCode.NotFound:
      return ERROR_CODES[error.code].remedy;
    case undefined:
      // Newer than this version, or not from the API.
      return error.object?.code === "quota_exhausted" ? "wait until tomorrow" : "ask support";
    default: {
      const rest: Exclude<KnownErrorCode, "rate_limited" | "not_found"> = error.code;
      const rule: Retry = ERROR_CODES[rest].retry;
      return rule;
    }
  }
}

export function paramOf(body: Uint8Array): string {
  const object: ErrorObject | undefined = parseErrorResponse(body);
  // @ts-expect-error The body may be no error object, and param may be absent.
  object.param.length;
  return object?.param ?? "(none)";
}

export const mock: ErrorObject = { message: "m", type: ErrorType.RateLimited, code: "rate_limited" };
