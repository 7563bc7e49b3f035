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
export type Balance = Schemas['BalanceAnswer'];
export type BalanceOverTime = Schemas['BalanceOverTimeAnswer'];
export type BalancePoint = Schemas['PointAnswer'];
export type IndexTold = Schemas['IndexAnswer'];
export type TieOfBalance = Schemas['TieAnswerOfBalance'];
export type WhatIf = Schemas['WhatIfAnswer'];
export type Sources = Schemas['SourcesAnswer'];
export type DocumentRow = Schemas['DocumentRow'];
export type Document = Schemas['DocumentAnswer'];
export type DocumentClaim = Schemas['ReadClaim'];
export type DocumentMention = Schemas['MentionAnswer'];
export type Correction = Schemas['CorrectionAnswer'];
export type Case = Schemas['CaseAnswer'];
export type Suggestion = Schemas['SuggestionAnswer'];
export type Standing = Schemas['ActorStandingAnswer'];
export type Judgement = Schemas['JudgementAnswer'];
export type Preview = Schemas['PreviewAnswer'];
export type Choices = Schemas['ChoicesAnswer'];
export type CorrectionAsked = Schemas['CorrectionAsked'];
export type DecisionAsked = Schemas['DecisionAsked'];
export type WithdrawalAsked = Schemas['WithdrawalAsked'];
export type Judged = Schemas['Judged'];
export type Run = Schemas['RunAnswer'];
export type Documents = Schemas['DocumentsAnswer'];
