/** Seeded scenes of three sizes, like those that research/drawing.md measures with. */
import { ALLIED, CERTAINTY_SHIFT, CONTESTED, DENIED, FADED, FORECAST, HOSTILE, POSSIBLE, STRAINED, TURN }
  from "../src/graph/marks";
import { KINDS, type Hull, type Scene } from "../src/graph/port";

export const SIZES = { S: [150, 600], M: [800, 4000], L: [2000, 20000] } as const;
export type Size = keyof typeof SIZES;

const CAMPS = 6;
const NAMES = ["Levant Front", "Northern Council", "حركة الشمال", "Army of the Coast", "Ministry of Defence",
  "תנועת הדרום", "People's Guard", "Harbour Union", "J. Marrow", "The River Accord", "Eastern Brigades",
  "قوات الوادي (Valley Forces)"];

/** Numbers between 0 and 1 in a fixed row (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A code, mostly friendly inside a camp and mostly hostile across; 10 % are split, 40 % dashed or dotted. */
export function codeOf(random: () => number, isInside: boolean): number {
  const isFriendly = random() < (isInside ? 0.85 : 0.2);
  const state = random() < 0.12 ? 3 : isFriendly ? (random() < 0.5 ? ALLIED : 4) : random() < 0.5 ? HOSTILE : STRAINED;
  const looks = random();
  const look = looks < 0.1 ? CONTESTED : looks < 0.3 ? DENIED : looks < 0.5 ? POSSIBLE : looks < 0.54 ? FORECAST : 0;
  return state | (Math.floor(random() * 3) << CERTAINTY_SHIFT) | look | (random() < 0.15 ? FADED : 0) |
    (random() < 0.02 ? TURN : 0);
}

export function sceneOf(size: Size, seed = 7): Scene {
  const random = seeded(seed);
  const [count, tieCount] = SIZES[size];
  const [x, y] = [new Float32Array(count), new Float32Array(count)];
  const camp = new Int16Array(count);
  const kind = new Uint8Array(count);
  const whole = new Int32Array(count).fill(-1);
  const share = new Float32Array(count);
  const groups = Math.max(8, Math.round(count / 14));
  const members: number[][] = Array.from({ length: groups }, () => []);
  const centres = members.map((_, group) => {
    const angle = ((group % CAMPS) / CAMPS) * 2 * Math.PI + (random() - 0.5) * 0.9;
    const away = 0.25 + 0.65 * Math.sqrt(random());
    return [Math.cos(angle) * away, Math.sin(angle) * away * 0.8] as const;
  });
  const label = Array.from({ length: count }, (_, actor) => {
    const group = Math.floor(random() * groups);
    const spread = 0.5 / Math.sqrt(groups);
    x[actor] = centres[group]![0] + (random() + random() - 1) * spread;
    y[actor] = centres[group]![1] + (random() + random() - 1) * spread;
    camp[actor] = random() < 0.06 ? -1 : group % CAMPS;
    kind[actor] = random() < 0.3 ? 0 : Math.floor(random() * KINDS.length);
    share[actor] = random() ** 4;
    if (members[group]!.length && random() < 0.12 && whole[members[group]![0]!] === -1) {
      whole[actor] = members[group]![0]!;
      const near = (from: number) => from + (random() - 0.5) * 0.1;
      [x[actor], y[actor]] = [near(x[whole[actor]!]!), near(y[whole[actor]!]!)];
    }
    members[group]!.push(actor);
    return `${NAMES[Math.floor(random() * NAMES.length)]!} ${actor}`;
  });
  const [left, right] = [new Uint32Array(tieCount), new Uint32Array(tieCount)];
  const code = new Uint16Array(tieCount);
  const seen = new Set<number>();
  for (let tie = 0; tie < tieCount;) {
    const a = Math.floor(random() ** 1.6 * count);
    const own = members.find((each) => each.includes(a))!;
    const b = random() < 0.5 ? own[Math.floor(random() * own.length)]! : Math.floor(random() * count);
    const pair = Math.min(a, b) * count + Math.max(a, b);
    if (a === b || seen.has(pair)) continue;
    seen.add(pair);
    [left[tie], right[tie]] = [Math.min(a, b), Math.max(a, b)];
    code[tie] = codeOf(random, camp[a] === camp[b]);
    tie++;
  }
  const hulls: Hull[] = members.slice(0, size === "S" ? 3 : 12).map((each, bloc) => ({
    id: `bloc-${bloc}`, label: `Bloc ${bloc + 1}`, members: each,
  }));
  return { actors: { x, y, kind, camp, label, whole, size: share }, ties: { left, right, code }, hulls };
}
