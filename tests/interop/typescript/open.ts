// A client: any code may come, and an editor completes the codes of this version.
import type { ErrorCode, ErrorObject, ErrorResponse } from "./generated/error.open.schema";

// With plain `string`, the union would become `string`, and an editor would complete nothing.
export type OpenErrorCode = ErrorCode | (string & {});

export const unknown: ErrorResponse = {
  error: { message: "No quota is left", type: "quota_error", code: "quota_exhausted", param: null },
};

export function paramOf({ param }: ErrorObject): string {
  // @ts-expect-error It may be absent or null.
  param.length;
  return param ?? "(none)";
}

export function wait(error: ErrorObject): number {
  const code: OpenErrorCode = error.code;
  switch (code) {
    case "rate_limited":
      return 1;
    case "quota_exhausted": // Newer than this version.
      return 2;
    default:
      return 0;
  }
}

// completions.mjs asks for the completions of this string.
export const typed: OpenErrorCode = "";

// @ts-expect-error A code is a string.
export const partial: ErrorObject = { message: "No quota is left", type: "quota_error", code: 7 };
