import { describe, expect, it } from 'vitest';
import { CONTESTED, FORECAST } from '../../lib/encoding';
import type { Network } from '../../lib/records';
import { filterOf, hiddenActors, hullsOf, passed, sceneOf, wholesOf } from './scene';

const network: Network = {
  version: 1, known: null, lens: 'all', exact: false, begin: 24000, months: 10, horizon: 8,
  actors: { id: ['a', 'b', 'c', 'd'], name: ['A', 'B', 'C', 'D'], kind: ['state', 'organization', 'organ', 'person'], parent: [-1, -1, 1, -1], x: [0, 1, 0, 1], y: [0, 0, 1, 1], claims: [4, 16, 0, 1] },
  ties: { left: [0, 0, 1], right: [1, 3, 2], claims: [3, 1, 1], offset: [0, 1, 2, 3], month: [0, 0, 0], code: [1, 5, 4] },
  parts: [{ part: 2, whole: 1, since: 2, until: 5 }],
  blocs: [{ id: 'x', name: 'X', members: [{ actor: 0, since: null, until: 4 }, { actor: 1, since: 2, until: null }, { actor: 3, since: null, until: null }] }],
  histogram: { claims: [], documents: [] },
};
const none = filterOf(undefined);

describe('what is drawn', () => {
  it('leaves out what the legend hides, and nothing else', () => {
    const filter = filterOf('hostile,contested,kind-person');
    expect([1, 5, 5 | CONTESTED, 64, 4 | FORECAST].map((code) => passed(code, filter))).toEqual([0, 5, 0, 64, 4 | FORECAST]);
    expect([1, 5 | CONTESTED].map((code) => passed(code, none))).toEqual([1, 5 | CONTESTED]);
    expect([...hiddenActors(network, filter, new Uint16Array(3), undefined)]).toEqual([0, 0, 0, 1]);
  });

  it('keeps of an ego view those with whom a tie is drawn', () => {
    expect([...hiddenActors(network, none, Uint16Array.of(1, 0, 4), 0)]).toEqual([0, 0, 1, 1]);
    expect([...hiddenActors(network, filterOf('kind-state'), Uint16Array.of(1, 5, 4), 0)]).toEqual([0, 0, 1, 0]);
  });

  it('has blocs and parts as of the month', () => {
    const all = new Uint8Array(4);
    expect(hullsOf(network, 3, all, none).map((one) => one.members)).toEqual([[0, 1, 3]]);
    expect(hullsOf(network, 1, all, none)).toEqual([]);
    expect(hullsOf(network, 4, all, none)).toEqual([]);
    expect(hullsOf(network, 3, Uint8Array.of(1, 0, 0, 0), none)).toEqual([]);
    expect(hullsOf(network, 3, all, filterOf('kind-bloc'))).toEqual([]);
    expect([1, 3, 5].map((month) => wholesOf(network, month)[2])).toEqual([-1, 1, -1]);
  });

  it('is larger the more is said', () => {
    const scene = sceneOf(network, 3, new Uint16Array(3), new Int16Array(4), new Uint8Array(4), none);
    expect([...scene.actors.size]).toEqual([0.5, 1, 0, 0.25]);
    expect([...scene.actors.kind]).toEqual([0, 1, 2, 5]);
  });
});
