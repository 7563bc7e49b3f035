/** Answers of the server that several screens share, as `sides.report.*_record` makes them. */
import type { Kind, Modality, State } from './encoding';

export interface Named { id: string; name: string }

/** A claim that counts, with its quote and where it stands. */
export interface Evidence {
  claim: string;
  quote: string;
  document: string;
  document_id: string;
  begin_char: number;
  end_char: number;
  outlets: string[];
  /** Documents that tell the same report share it. */
  report: string;
  published: string;
  source: string;
  target: string;
  third: string | null;
  type: string;
  sign: 1 | 0 | -1;
  modality: Modality;
  speaker: string;
  speaker_name: string | null;
  start: string | null;
  end: string | null;
  confidence: number;
  restatements: string[];
  counted_for: Record<string, string>;
  source_name?: string;
  target_name?: string;
  /** The words of the document before and after the quote. */
  before?: string;
  after?: string;
  /** Which reader made the claim, its version, and when it read the document. */
  reader?: string;
  reader_version?: string;
  read?: string | null;
  author?: string | null;
  url?: string | null;
  title?: string | null;
}

export interface Step {
  state: State; probability: number; first: string; last: string; is_contested: boolean; only_voices: string[];
  for: string[]; against: string[];
}

export interface Turn {
  direction: 'up' | 'down'; before: State; after: State; date: string; from: string; to: string;
  claims: { claim: string; shift: number }[];
}

export interface Tie {
  left: Named; right: Named; at: string | null; known: string | null; asked_about: string; state: State | null;
  probabilities: Partial<Record<State, number>>; now: Step | null; steps: Step[]; turns: Turn[];
  years: { year: number; state: State; probability: number }[];
  contributions: { claim: string; shift: number }[];
  disagreements: { year: number; claims: [string, string] }[];
  mediators: { actor: string; name: string; claims: string[] }[];
  counted: { actor: string; name: string; for: string; first: string; last: string; claims: number }[];
  ahead: string[]; denied: string[]; evidence: Evidence[];
}

export interface ActorRecord { id: string; name: string; kind: Kind }
