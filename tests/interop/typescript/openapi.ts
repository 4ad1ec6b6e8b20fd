// The same from openapi.json, whose enums are strict.
import type { components } from "./generated/openapi";
import type { operations } from "./generated/referrer";

type ErrorCode = components["schemas"]["ErrorCode"];
type ErrorObject = components["schemas"]["ErrorObject"];
// From the document that refers to openapi.json by file.
type NotFound = operations["listPrints"]["responses"][404]["content"]["application/json"];

export const absent: NotFound = {
  error: { message: "No such resource exists", type: "invalid_request_error", code: "not_found" },
};
export const unset: components["schemas"]["ErrorResponse"] = { error: { ...absent.error, param: null } };

export function paramOf({ param }: ErrorObject): string {
  // @ts-expect-error It may be absent or null.
  param.length;
  return param ?? "(none)";
}

export function wait({ code }: ErrorObject): number {
  if (code === "rate_limited") return 1;
  const rest: Exclude<ErrorCode, "rate_limited"> = code;
  // @ts-expect-error There is no such code.
  return rest === "quota_exhausted" ? 1 : 0;
}
