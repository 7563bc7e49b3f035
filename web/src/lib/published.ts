/** A published copy: answers come in scripts beside the page, and nothing is asked of a server. See `sides.web.publish`. */
import { changesIn, found, type Index, tieAt } from './copied';

/** What a copy is of, and in which of its files which answer stands. */
export interface Copy {
  at: string | null;
  known: string | null;
  lens: string | null;
  exact: boolean;
  version: number;
  /** The first month that is told of. */
  first: string | null;
  /** The dates that `camps` and their like are kept for, sorted. */
  dates: string[];
  places: Record<string, number>;
  /** What each path takes where it is not told. */
  defaults: Record<string, Record<string, string>>;
}

declare global {
  interface Window {
    sidesCopy?: Copy;
    /** Called by the files of a copy, with each answer in them. */
    sidesData?: (key: string, answer: unknown) => void;
  }
}

const answers = new Map<string, unknown>();
const files = new Map<number, Promise<void>>();

export function isPublished(): boolean {
  return typeof window !== 'undefined' && window.sidesCopy !== undefined;
}

/** The name under which an answer is kept: the path, and what was asked, sorted by name. */
export function keyOf(path: string, asked: readonly [string, string][]): string {
  const query = new URLSearchParams([...asked].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))).toString();
  return query ? `${path}?${query}` : path;
}

/** The answer to a question, as the server would have given it; undefined where the copy does not hold it. */
export async function answerOf(url: string): Promise<unknown> {
  const copy = window.sidesCopy!;
  const { pathname: path, searchParams: asked } = new URL(url, 'http://localhost');
  const at = asked.get('at');
  for (const name of ['known', 'lens', 'exact', 'version'] as const) {
    const wanted = asked.get(name);
    if (wanted !== null && wanted !== String(copy[name])) return undefined;
    asked.delete(name);
  }
  asked.delete('at');
  asked.delete('wait');
  for (const [name, usual] of Object.entries(copy.defaults[path] ?? {})) {
    if (asked.get(name) === usual && asked.getAll(name).length === 1) asked.delete(name);
  }
  if (path === '/api/search') {
    return found((await held(copy, path)) as Index, asked.get('q') ?? '', Number(asked.get('most') ?? 8));
  }
  if (path === '/api/changes' && copy.first !== null) return changesIn(await held(copy, keyOf(path, [['since', copy.first]])), asked);
  if (path === '/api/tie' || path === '/api/tie/now') { // the whole has what is asked about now
    const [left = '', right = ''] = [asked.get('left') ?? '', asked.get('right') ?? ''].sort();
    const answer = await held(copy, keyOf('/api/tie', [['at', 'now'], ['left', left], ['right', right]]));
    return answer === undefined ? undefined : tieAt(answer, asked.get('left')!, at ?? copy.at);
  }
  const key = (when: string | null) => keyOf(path, [...asked, ...(when === null ? [] : [['at', when] as [string, string]])]);
  if (key(null) in copy.places) return held(copy, key(null));
  if (at === null || at === copy.at || (copy.at === null && at === copy.dates.at(-1))) return held(copy, key('now'));
  const day = copy.dates.findLast((date) => date <= at && key(date) in copy.places);
  return held(copy, key(day ?? at));
}

async function held(copy: Copy, key: string): Promise<unknown> {
  const place = copy.places[key];
  if (place === undefined) return undefined;
  if (!files.has(place)) files.set(place, load(`./data/${place}.js`));
  await files.get(place);
  return structuredClone(answers.get(key));
}

/** Browsers let a page from a file fetch nothing, but load a script that lies beside it. */
function load(file: string): Promise<void> {
  window.sidesData ??= (key, answer) => { answers.set(key, answer); };
  return new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = file;
    script.onload = () => { done(); };
    script.onerror = () => { failed(new Error(`The file ${file} of this copy is missing.`)); };
    document.head.append(script);
  });
}
