/** The screens: what they are called, and the key that goes there. */
import type { Component } from 'svelte';
import type { Screen } from '../lib/address';
import Actor from '../screens/Actor.svelte';
import Balance from '../screens/Balance.svelte';
import Document from '../screens/Document.svelte';
import Documents from '../screens/Documents.svelte';
import Dyad from '../screens/Dyad.svelte';
import Forecasts from '../screens/Forecasts.svelte';
import Network from '../screens/Network.svelte';
import Outlook from '../screens/Outlook.svelte';
import Reads from '../screens/Reads.svelte';
import Review from '../screens/Review.svelte';
import Sources from '../screens/Sources.svelte';

/** Those that the navigation lists. */
export const LISTED: readonly { screen: Screen; words: string; key: string }[] = [
  { screen: 'network', words: 'Network', key: 'n' },
  { screen: 'dyad', words: 'Dyad', key: 'd' },
  { screen: 'actor', words: 'Actor', key: 'a' },
  { screen: 'sources', words: 'Sources', key: 's' },
  { screen: 'balance', words: 'Balance', key: 'b' },
  { screen: 'outlook', words: 'Outlook', key: 'o' },
  { screen: 'forecasts', words: 'Forecasts', key: 'f' },
  { screen: 'documents', words: 'Documents', key: 'r' },
  { screen: 'review', words: 'Review', key: 'v' },
  { screen: 'reads', words: 'Reads', key: 'i' },
];

export const COMPONENTS: Record<Screen, Component> = {
  network: Network, dyad: Dyad, actor: Actor, sources: Sources, balance: Balance, outlook: Outlook,
  forecasts: Forecasts, documents: Documents, document: Document, review: Review, reads: Reads,
};
