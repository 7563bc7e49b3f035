/** Questions to the server, with the clocks, lens and version of the view; or to the answers of a published copy. */
import { answerOf, isPublished, keyOf } from './published';
import { view } from './view.svelte';

export type Asked = Record<string, string | number | boolean | null | undefined>;

/** What the server said was wrong, and what to do. */
export class ApiError extends Error {
  constructor(readonly kind: string, message: string, readonly hint: string | null, readonly status: number) {
    super(message);
    this.name = 'ApiError';
  }
}

/** What every question takes from the view. A key given as null in a call is left out of it. */
export function clocks(): Asked {
  return { at: view.at, known: view.known, lens: view.lens, exact: view.exact || null, version: view.version };
}

/** The URL of an answer as JSON, for links. */
export function urlOf(path: string, asked: Asked = {}): string {
  return keyOf(path, kept({ ...clocks(), ...asked }));
}

/** Ask. Raises `ApiError`; a question that is given up by its signal raises the signal's `AbortError`. */
export async function get<T>(path: string, asked: Asked = {}, signal?: AbortSignal): Promise<T> {
  const url = urlOf(path, asked);
  if (isPublished()) {
    const answer = await answerOf(url);
    if (answer === undefined) {
      throw new ApiError('not_published', 'This copy does not hold that.', 'Serve the ledger to see it: sides serve LEDGER.', 404);
    }
    return answer as T;
  }
  return answered<T>(await asking(url, signal ? { signal } : {}));
}

/** Send. `form` bodies go as they are, others as JSON. */
export async function send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, asked: Asked = {}): Promise<T> {
  if (isPublished()) throw new ApiError('read_only', 'This copy cannot be changed.', 'Serve the ledger to change it.', 403);
  const isForm = body instanceof FormData;
  return answered<T>(await asking(keyOf(path, kept(asked)), {
    method,
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    ...(isForm || body === undefined ? {} : { headers: { 'content-type': 'application/json' } }),
  }));
}

async function asking(url: string, how: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { credentials: 'same-origin', ...how });
  } catch (error) {
    if (how.signal?.aborted) throw error;
    throw new ApiError('unreachable', 'The server does not answer.', 'Is `sides serve` still running?', 0);
  }
}

async function answered<T>(response: Response): Promise<T> {
  const text = await response.text();
  let answer: unknown;
  try {
    answer = text === '' ? null : JSON.parse(text);
  } catch {
    throw new ApiError('not_json', `The server's answer could not be read (${response.status}).`, null, response.status);
  }
  if (response.ok) return answer as T;
  const told = (answer as { error?: { kind?: string; message?: string; hint?: string | null } } | null)?.error;
  throw new ApiError(told?.kind ?? 'error', told?.message ?? `The server answered ${response.status}.`, told?.hint ?? null, response.status);
}

function kept(asked: Asked): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(asked)) {
    if (value !== null && value !== undefined && value !== '') found[name] = String(value);
  }
  return found;
}
