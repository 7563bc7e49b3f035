/** Questions to the server, with the clocks, lens and version of the view; or to the answers of a published copy. */
import { epoch } from './epoch.svelte';
import type { paths } from './openapi';
import { answerOf, isPublished, keyOf } from './published';
import { view } from './view.svelte';

export type Asked = Record<string, string | number | boolean | readonly string[] | null | undefined>;

/** What the server said was wrong, and what to do. */
export class ApiError extends Error {
  constructor(readonly kind: string, message: string, readonly hint: string | null, readonly status: number) {
    super(message);
    this.name = 'ApiError';
  }
}

type Getting<Path extends keyof paths> = paths[Path] extends { get: { responses: { 200: { content: { 'application/json': infer Told } } } } } ? Told : never;
type Query<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Query } } } ? NonNullable<Query> : Record<never, never>;
type Place<Path extends keyof paths> = paths[Path] extends { get: { parameters: { path: infer Place } } } ? Place : Record<never, never>;
/** What the route takes, less the clocks, which the view gives; null leaves one of these out as well. */
type Question<Path extends keyof paths> = Place<Path> & { [Name in keyof Query<Path>]: Query<Path>[Name] | null };

/** What every question takes from the view, less what it is asked for otherwise: null leaves it out. */
function clocks(asked: Asked): Asked {
  return {
    at: 'at' in asked ? asked['at'] : view.at, known: 'known' in asked ? asked['known'] : view.known,
    lens: 'lens' in asked ? asked['lens'] : view.lens, exact: 'exact' in asked ? asked['exact'] : view.exact || null,
    version: 'version' in asked ? asked['version'] : isPublished() ? null : view.version ?? epoch.version,
  };
}

/** The URL of an answer as JSON, for links. */
export function urlOf(path: string, asked: Asked = {}): string {
  const rest: Asked = { ...asked, ...clocks(asked) };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  return keyOf(filled, kept(rest));
}

/**
 * Ask: `get('/api/tie', { left, right })`, `get('/api/documents/{id}', { id })`. Inside an effect it is asked again when
 * the clocks, the lens, the version or the ledger change. Raises `ApiError`; one that is given up, its `AbortError`.
 */
export async function get<Path extends keyof paths, Put extends Question<Path>>(path: Path, asked?: Put, signal?: AbortSignal): Promise<Getting<Path>>;
export async function get<Told>(path: string, asked?: Asked, signal?: AbortSignal): Promise<Told>;
export async function get(path: string, asked: Asked = {}, signal?: AbortSignal): Promise<unknown> {
  void epoch.count;
  const url = urlOf(path, asked);
  if (isPublished()) {
    const answer = await answerOf(url);
    if (answer === undefined) {
      throw new ApiError('not_published', 'This copy does not hold that.', 'Serve the ledger to see it: sides serve LEDGER.', 404);
    }
    return answer;
  }
  return answered(await asking(url, signal ? { signal } : {}));
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

function kept(asked: Asked): [string, string][] {
  return Object.entries(asked).flatMap(([name, value]) => (typeof value === 'object' ? (value ?? []).map(String) : value === undefined ? [] : [String(value)])
    .filter((one) => one !== '').map((one): [string, string] => [name, one]));
}
