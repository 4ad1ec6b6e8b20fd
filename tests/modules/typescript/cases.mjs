// The cases against errors.ts, on any runtime: node and browsers.
export function seen({ ApiError, ErrorType }, status, headers, body) {
  const error = ApiError.fromResponse(status, headers, body);
  if (error.status !== status || error.body !== body) throw new Error("status or body is lost");
  if (error.message.length > 1_100 || /[\n\r]/.test(error.message)) throw new Error("not one line");
  const { object, requestId, retryAfter } = error;
  const type = Object.values(ErrorType).find((name) => name === object?.type);
  const after = retryAfter instanceof Date ? retryAfter.toISOString().replace(".000", "") : retryAfter;
  const { message, type: sentType, code: sentCode, param } = object ?? {};
  return {
    object: object ? { message, type: sentType, code: sentCode, param: param ?? null } : null,
    code: error.code ?? null,
    type: type ?? null,
    request_id: requestId ?? null,
    retry_after: after ?? null,
    retry: error.retry,
    line: error.message,
  };
}

/** The body as bytes, and as text if it is text. */
function* bodies({ body, body_base64 }) {
  const bytes = Uint8Array.from(atob(body_base64 ?? ""), (char) => char.charCodeAt(0));
  yield body_base64 === undefined ? new TextEncoder().encode(body) : bytes;
  if (body !== undefined) yield body;
}

/** A record, a record of lists, fetch's Headers, and a Map, as far as each can hold the pairs. */
function* headerForms(pairs) {
  const lists = Object.create(null); // A header may be called __proto__.
  for (const [name, value] of pairs) (lists[name] ??= []).push(value);
  yield lists;
  if (Object.keys(lists).length === pairs.length) yield Object.fromEntries(pairs);
  const names = new Set(pairs.map(([name]) => name.toLowerCase()));
  if (names.size < pairs.length) return; // Headers would join the values.
  yield { get: (name) => pairs.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? null };
  // Headers takes no character above U+00FF.
  if (pairs.every(([, value]) => /^[\0-\xff]*$/.test(value))) yield new Headers(pairs);
}

/** The case with each mark of `repeat` replaced by its text, repeated. */
function expanded({ repeat = [], ...rest }) {
  const fill = (text, { mark, text: part, times }) => text.replaceAll(mark, part.repeat(times));
  const revive = (_, value) => (typeof value === "string" ? repeat.reduce(fill, value) : value);
  return JSON.parse(JSON.stringify(rest), revive);
}

function matches(got, want) {
  return Object.entries(want).every(([key, value]) => JSON.stringify(got[key]) === JSON.stringify(value));
}

/** One line for each case that fails. */
export function failures(module, cases) {
  const failed = [];
  for (const { name, reason, status, headers: pairs, allowed, ...response } of cases.map(expanded)) {
    const got = [];
    for (const body of bodies(response)) {
      for (const headers of headerForms(pairs)) {
        try {
          got.push(seen(module, status, headers, body));
        } catch (error) {
          got.push({ thrown: String(error) }); // Decoding is total: nothing may be thrown.
        }
      }
    }
    const wrong = got.find((outcome) => !allowed.some((want) => matches(outcome, want)));
    if (wrong) failed.push(`${name}: ${reason} Got ${JSON.stringify(wrong).slice(0, 600)}`);
  }
  return failed;
}
