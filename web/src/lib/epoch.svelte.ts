/** Which state of the ledger answers are asked of. All questions of a page name one version, so that none mixes two. */
class Epoch {
  /** The version that the page took up; null: not known yet. */
  version: number | null = $state(null);
  /** Raised, everything that is shown is asked for again. */
  count = $state(0);
}

export const epoch = new Epoch();
