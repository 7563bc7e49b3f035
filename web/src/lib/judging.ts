/** Judgements: what the server is asked before and when one is made. */
import { send } from './api';
import type { CorrectionAsked, DecisionAsked, Judged, Preview, WithdrawalAsked } from './records';
import { view } from './view.svelte';

type Unsigned<Asked> = Omit<Asked, 'who' | 'why'>;
/** One judgement that nobody has signed yet. */
export type Judging = { correction: Unsigned<CorrectionAsked> } | { decision: Unsigned<DecisionAsked> } | { withdrawal: Unsigned<WithdrawalAsked> };

/** What it would change, at the date and under the lens that are looked at; judgements are made on the newest version. */
export function preview(judging: Judging): Promise<Preview> {
  return send('POST', '/api/preview', judging, { at: view.at, known: view.known, lens: view.lens, exact: view.exact || null });
}

/** Make it. */
export function judge(judging: Judging, who: string, why: string): Promise<Judged> {
  const signed = { who, why };
  if ('correction' in judging) return send('POST', '/api/corrections', { ...judging.correction, ...signed });
  if ('decision' in judging) return send('POST', '/api/decisions', { ...judging.decision, ...signed });
  return send('POST', '/api/withdraw', { ...judging.withdrawal, ...signed });
}

export interface Difference { field: string; before: string; after: string }

const FIELDS = ['source_name', 'type', 'target_name', 'third_name', 'sign', 'layer', 'modality', 'speaker_name', 'start', 'end'] as const;
type Told = { [Field in (typeof FIELDS)[number]]?: string | number | null };

/** The fields in which a claim differs before and after. */
export function differences(before: Told, after: Told): Difference[] {
  return FIELDS.filter((field) => before[field] !== after[field])
    .map((field) => ({ field: field.replace('_name', ''), before: String(before[field] ?? 'none'), after: String(after[field] ?? 'none') }));
}
