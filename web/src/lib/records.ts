/** Answers of the server by the names of their schemas. */
import type { components } from './openapi';

type Schemas = components['schemas'];
export type Evidence = Schemas['EvidenceAnswer'];
export type Tie = Schemas['TieAnswer'];
export type Step = Schemas['StepAnswer'];
export type Turn = Schemas['TurnAnswer'];
export type Named = Schemas['Named'];
export type Ledger = Schemas['LedgerAnswer'];
export type Changes = Schemas['ChangesAnswer'];
export type Camps = Schemas['CampsAnswer'];
export type Search = Schemas['SearchAnswer'];
/** The network over all time, in columns (see `Courses`). Places count from 0; months from `begin`. */
export type Network = Schemas['NetworkAnswer'];
