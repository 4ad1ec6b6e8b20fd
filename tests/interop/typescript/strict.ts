// A server or a contract test: the names are exactly those of this version.
import type { ErrorCode, ErrorObject, ErrorResponse } from "./generated/error.schema";

export const absent: ErrorResponse = {
  error: { message: "Too many requests from this IP address", type: "rate_limited", code: "rate_limited" },
};
export const unset: ErrorResponse = { error: { ...absent.error, param: null } };
export const named: ErrorResponse = { error: { ...absent.error, param: "postage.service" } };

export function paramOf({ param }: ErrorObject): string {
  // @ts-expect-error It may be absent or null.
  param.length;
  return param ?? "(none)";
}

export function wait({ code }: ErrorObject): number {
  if (code === "rate_limited") {
    const narrowed: "rate_limited" = code;
    return narrowed.length;
  }
  const rest: Exclude<ErrorCode, "rate_limited"> = code;
  // @ts-expect-error There is no such code.
  return rest === "quota_exhausted" ? 1 : 0;
}

// @ts-expect-error An unknown code cannot be written either.
export const unknown: ErrorObject = { ...absent.error, code: "quota_exhausted" };

// @ts-expect-error A code is required.
export const partial: ErrorObject = { message: "Too many requests", type: "rate_limited" };
