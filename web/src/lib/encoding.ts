/** What things look like, in words, glyphs and colours. One place, so that canvas, panel and legend never differ. */
import { CERTAINTY_SHIFT, CONTESTED, DENIED, FADED, FORECAST, POSSIBLE, STATE as STATE_BITS, TURN } from '../graph/marks';
import { KINDS } from '../graph/port';

export { KINDS, CERTAINTY_SHIFT, CONTESTED, DENIED, FADED, FORECAST, POSSIBLE, STATE_BITS, TURN };

export const STATES = ['hostile', 'strained', 'neutral', 'friendly', 'allied'] as const;
export type State = (typeof STATES)[number];
export type Kind = (typeof KINDS)[number];
export const MODALITIES = ['asserted', 'negated', 'possible', 'planned', 'demanded', 'forecast', 'conditional'] as const;
export type Modality = (typeof MODALITIES)[number];

export interface Look {
  /** Null: nothing told yet that counts toward a state. */
  state: State | null;
  /** 0: less than half sure, 1: less than four in five, 2: surer. */
  certainty: 0 | 1 | 2;
  isContested: boolean;
  isPossible: boolean;
  isDenied: boolean;
  isFaded: boolean;
  isTurn: boolean;
  isForecast: boolean;
}

export function look(code: number): Look {
  return {
    state: STATES[(code & STATE_BITS) - 1] ?? null,
    certainty: Math.min(2, (code >> CERTAINTY_SHIFT) & 3) as 0 | 1 | 2,
    isContested: (code & CONTESTED) !== 0, isPossible: (code & POSSIBLE) !== 0, isDenied: (code & DENIED) !== 0,
    isFaded: (code & FADED) !== 0, isTurn: (code & TURN) !== 0, isForecast: (code & FORECAST) !== 0,
  };
}

/** A tie's look in words, for readers and tooltips. */
export function lookWords(code: number): string {
  const { state, certainty, isContested, isPossible, isDenied, isFaded, isForecast } = look(code);
  const parts = [state ?? (isDenied || isPossible ? 'no state is told' : 'nothing is told')];
  if (state) parts.push(['less than 50 % sure', '50 to 80 % sure', 'more than 80 % sure'][certainty]!);
  if (isContested) parts.push('contested');
  if (isPossible) parts.push('only said to be possible, planned or expected');
  if (isDenied) parts.push('only denied');
  if (isForecast) parts.push('forecast');
  else if (isFaded) parts.push('nothing heard for two years');
  return parts.join(', ');
}

/** The side of a state: 1 friendly, -1 hostile, 0 neither. */
export function signOf(state: string | null | undefined): 1 | 0 | -1 {
  return state === 'friendly' || state === 'allied' ? 1 : state === 'hostile' || state === 'strained' ? -1 : 0;
}

const SIGNS = {
  friendly: { words: 'friendly', glyph: '+', colour: 'var(--friendly)' },
  neutral: { words: 'neutral', glyph: '=', colour: 'var(--neutral)' },
  hostile: { words: 'hostile', glyph: '−', colour: 'var(--hostile)' },
};

/** What a sign (1, 0, -1) looks like: its word, its glyph, and the custom property that holds its colour. */
export function signLook(sign: number): { words: string; glyph: string; colour: string } {
  return sign > 0 ? SIGNS.friendly : sign < 0 ? SIGNS.hostile : SIGNS.neutral;
}

const MODALITY_WORDS: Record<Modality, string> = {
  asserted: 'said to be so', negated: 'denied', possible: 'possible', planned: 'planned', demanded: 'demanded',
  forecast: 'forecast', conditional: 'on a condition',
};
const MODALITY_GLYPHS: Record<Modality, string> = {
  asserted: '!', negated: '¬', possible: '?', planned: '→', demanded: '→', forecast: '→', conditional: '?',
};
/** How a claim is put: in words, with a glyph. */
export function modalityLook(modality: string): { words: string; glyph: string } {
  return { words: MODALITY_WORDS[modality as Modality] ?? modality, glyph: MODALITY_GLYPHS[modality as Modality] ?? '?' };
}


/** "RAPPROCHEMENT" as words: "rapprochement". */
export function typeWords(type: string): string {
  return type.toLowerCase().replaceAll('_', ' ');
}

/** A share as whole percents; what is not nothing or all is not said to be. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return '<1 %';
  if (share < 1 && share >= 0.995) return '>99 %';
  return `${Math.round(100 * share)} %`;
}

/** "1 claim", "2 claims", "2 dyads". */
export function counted(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
