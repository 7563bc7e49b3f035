/** What the server would work out of a question is worked out here, in a copy, of what it answered when it was published. */

interface Months { first: string; states: string[]; probabilities: number[][] }
interface Shares { state: string | null; probabilities: Record<string, number>; months: Months | null }
interface TieLike extends Shares {
  left: { id: string }; right: { id: string }; at: string | null; asked_about: string; now: { first: string } | null;
  steps: { first: string }[]; contributions: unknown[]; layers: Shares[];
}
interface ChangesLike {
  since: string; until: string | null;
  turns: { left: { id: string }; right: { id: string }; turn: { date: string } }[];
  appeared: { left: { id: string }; right: { id: string }; date: string }[];
}

/** All that a search can find. */
export interface Index {
  version: number;
  actors: { id: string; name: string; kind: string; documents: number; names: string[] }[];
  quotes: { quote: string }[];
  documents: { title: string | null; name: string; outlets: string[]; text: string }[];
}

/** Characters of a text that are shown on either side of the words. */
const AROUND = 60;

/**
 * A tie as at another date, and from the side of the actor who was named first: its states are those of the month. What
 * moved the state then is not in the copy, and left out. Undefined for a date beyond those months.
 */
export function tieAt(answer: unknown, left: string, at: string | null): unknown {
  const tie = answer as TieLike;
  const turned = tie.left.id === left ? tie : { ...tie, left: tie.right, right: tie.left };
  if (at === null || at === tie.at) return turned;
  const day = monthNumber(at, true);
  if (tie.months !== null && (day < monthNumber(tie.months.first) || day >= monthNumber(tie.months.first) + tie.months.probabilities.length)) return undefined;
  const past = tie.steps.filter((step) => monthNumber(step.first) <= day);
  return { ...turned, ...sharesAt(tie, day), at, asked_about: at, now: past.at(-1) ?? tie.steps[0] ?? null,
    contributions: [], layers: tie.layers.map((layer) => ({ ...layer, ...sharesAt(layer, day) })) };
}

/** The turns and the new dyads from `since` until (and without) `until`, of all actors or of those that are named. */
export function changesIn(answer: unknown, asked: URLSearchParams): unknown {
  const { since, until, ...all } = answer as ChangesLike;
  const from = asked.get('since') ?? since, to = asked.get('until') ?? until;
  const actors = asked.getAll('actor');
  const isAsked = (one: { left: { id: string }; right: { id: string } }, date: string) =>
    date >= from.slice(0, date.length) && (to === null || firstDay(date) < firstDay(to))
    && actors.every((actor) => one.left.id === actor || one.right.id === actor);
  return { ...all, since: from, until: to, turns: all.turns.filter((one) => isAsked(one, one.turn.date)),
    appeared: all.appeared.filter((one) => isAsked(one, one.date)) };
}

/** What the words stand in: actors by any of their names, quotes, documents; of each kind at most so many. */
export function found(index: Index, words: string, most: number): unknown {
  const wanted = folded(words);
  const holds = (text: string | null) => wanted !== '' && text !== null && folded(text).includes(wanted);
  const actors = index.actors.flatMap(({ names, ...actor }) => {
    const matched = names.filter(holds).sort((one, other) => one.length - other.length)[0];
    return matched === undefined ? [] : [{ ...actor, matched }];
  });
  const rank = (one: { matched: string; documents: number }) => (folded(one.matched).startsWith(wanted) ? 0 : 1e9) - one.documents;
  actors.sort((one, other) => rank(one) - rank(other));
  const quotes = index.quotes.filter((one) => holds(one.quote));
  const documents = index.documents.flatMap(({ text, ...one }) => {
    const place = placed(text, words);
    return place.begin_char !== null || [one.title, one.name, ...one.outlets].some(holds) ? [{ ...one, ...place }] : [];
  });
  return { version: index.version, query: words, actors: actors.slice(0, most), quotes: quotes.slice(0, most),
    documents: documents.slice(0, most), totals: { actors: actors.length, quotes: quotes.length, documents: documents.length } };
}

/** Where words stand in a text first, counted in characters as the server does, with what is around them. */
function placed(text: string, words: string): { begin_char: number | null; end_char: number | null; excerpt: string | null } {
  const at = text.toLowerCase().indexOf(words.toLowerCase());
  if (at < 0) return { begin_char: null, end_char: null, excerpt: null };
  const characters = [...text], begin = [...text.slice(0, at)].length, end = begin + [...words].length;
  const around = characters.slice(Math.max(0, begin - AROUND), end + AROUND).join('');
  return { begin_char: begin, end_char: end, excerpt: around.split(/\s+/).filter(Boolean).join(' ') };
}

function sharesAt({ months, state, probabilities }: Shares, day: number): Partial<Shares> {
  if (months === null) return { state, probabilities };
  const row = months.probabilities[Math.max(0, Math.min(months.probabilities.length - 1, day - monthNumber(months.first)))]!;
  return { state: months.states[row.indexOf(Math.max(...row))]!,
    probabilities: Object.fromEntries(months.states.map((name, column) => [name, row[column]!])) };
}

function firstDay(date: string): string {
  return date + '-01-01'.slice(date.length - 4);
}

/** The number of a date's first month, or of its last. */
function monthNumber(date: string, last = false): number {
  const [year, month] = date.split('-').map(Number) as [number, number | undefined];
  return 12 * year + (month ?? (last ? 12 : 1)) - 1;
}

function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}
