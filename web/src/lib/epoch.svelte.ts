/** Which state of the ledger answers are asked of. All questions of a page name one version, so that none mixes two. */
/** The server names its newest version in the page, so that the first questions can. */
const named = globalThis.document?.querySelector<HTMLMetaElement>('meta[name=sides-version]')?.content ?? '';

class Epoch {
  /** The version that the page took up; null: not known yet. */
  version: number | null = $state(/^\d+$/.test(named) ? Number(named) : null);
  /** Raised, everything that is shown is asked for again. */
  count = $state(0);
}

export const epoch = new Epoch();
