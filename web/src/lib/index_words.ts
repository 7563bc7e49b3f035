/** Words of the balance of a network. */
import { letterOf } from '../graph/theme';
import type { IndexTold, TieOfBalance } from './records';

/** The index, or the bounds between which it lies. */
export function indexWords(told: IndexTold): string {
  return told.proven ? String(told.index) : `${told.lower} to ${told.index}`;
}

export const KIND_OF_TIE_WORDS: Record<TieOfBalance['kind'], string> = {
  every: 'strained in every optimum', some: 'strained in some optima', bearing: 'load-bearing', slack: 'slack',
};

/** What the index would do if a tie were of the other sign. */
export function changeWords(tie: TieOfBalance): string {
  const most = tie.proven ? '' : ' (a bound)';
  return tie.change < 0 ? `falls by ${-tie.change}${most}` : tie.change > 0 ? `rises by ${tie.change}${most}` : `stays${most}`;
}

/** A camp by its number, the first is 1, as the letter that drawings show. */
export function campWords(camp: number | null): string {
  return camp === null ? 'not determined' : `camp ${letterOf(camp - 1)}`;
}
