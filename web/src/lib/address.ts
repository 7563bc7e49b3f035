/** Where in the app one is: everything that a permalink holds. */
import { isPartialDate } from './months';

export const SCREENS = ['network', 'dyad', 'actor', 'sources', 'balance', 'outlook', 'forecasts', 'documents', 'document',
  'review', 'reads'] as const;
export type Screen = (typeof SCREENS)[number];

export interface Address {
  screen: Screen;
  /** What the screen is about: the two actors of a dyad, an actor, a document. */
  ids: string[];
  /** The two clocks, as partial ISO dates; null: the latest. */
  at: string | null;
  known: string | null;
  /** Whose word counts, as `Lens.parse` reads it; null: everybody's. */
  lens: string | null;
  /** Whether parts are kept apart from their wholes. */
  exact: boolean;
  /** The version of the ledger; null: as it is now. */
  version: number | null;
  /** The window of time. */
  since: string | null;
  until: string | null;
  /** What the evidence panel shows: "tie:hamas~syria", "claim:ID", "actor:ID", "bloc:ID". */
  open: string | null;
  /** What else a screen keeps in its address ("ego=hamas", "look=matrix"), by names of its own. */
  more: Record<string, string>;
}

export const HOME: Address = Object.freeze({
  screen: 'network', ids: [], at: null, known: null, lens: null, exact: false, version: null, since: null, until: null,
  open: null, more: {},
});

const OWN = new Set(['at', 'known', 'lens', 'exact', 'v', 'since', 'until', 'open']);

/** Read a URL: the path after the host, or after `#` in a copy that opens without a server. What it cannot read is left out. */
export function parse(href: string): Address {
  const url = new URL(href, 'http://localhost');
  const inner = url.hash.startsWith('#/') ? new URL(url.hash.slice(1), 'http://localhost') : url;
  const [first = '', second = ''] = inner.pathname.split('/').filter(Boolean);
  const screen = (SCREENS as readonly string[]).includes(first) ? (first as Screen) : 'network';
  const query = inner.searchParams;
  const date = (name: string) => {
    const text = query.get(name);
    return text !== null && isPartialDate(text) ? text : null;
  };
  const version = query.get('v');
  return {
    screen,
    ids: screen === first && second ? second.split('~').map(decoded) : [],
    at: date('at'), known: date('known'), lens: query.get('lens') || null, exact: query.get('exact') === 'true',
    version: version !== null && /^\d{1,15}$/.test(version) ? Number(version) : null,
    since: date('since'), until: date('until'), open: query.get('open') || null,
    more: Object.fromEntries([...query].filter(([name]) => !OWN.has(name))),
  };
}

/** The address as a path with its query: "/dyad/hamas~syria?at=2014-03". */
export function format(address: Address): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string | number | null) => { if (value !== null && value !== '') query.set(name, String(value)); };
  put('at', address.at);
  put('known', address.known);
  put('lens', address.lens);
  put('exact', address.exact ? 'true' : null);
  put('v', address.version);
  put('since', address.since);
  put('until', address.until);
  put('open', address.open);
  for (const name of Object.keys(address.more).sort()) if (!OWN.has(name)) put(name, address.more[name] ?? null);
  const ids = address.ids.map((id) => encodeURIComponent(id)).join('~');
  const search = query.toString().replaceAll('%7E', '~').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%3D', '=');
  return `/${address.screen}${ids ? `/${ids}` : ''}${search ? `?${search}` : ''}`;
}

/** What the panel is asked to show: its kind and ids. Null if it is nothing that can be shown. */
export function parseOpen(open: string | null): { kind: 'tie' | 'claim' | 'actor' | 'bloc'; ids: string[] } | null {
  const found = /^(tie|claim|actor|bloc):(.+)$/.exec(open ?? '');
  if (!found) return null;
  const kind = found[1] as 'tie' | 'claim' | 'actor' | 'bloc';
  const ids = kind === 'tie' ? found[2]!.split('~') : [found[2]!];
  return ids.length === (kind === 'tie' ? 2 : 1) && ids.every(Boolean) ? { kind, ids } : null;
}

function decoded(text: string): string {
  try { return decodeURIComponent(text); } catch { return text; }
}
