/** Ties made others in thought: a tie of two actors with a sign, or none. In the address: "hamas~syria:-,iran~israel:0". */

export interface Edit { left: string; right: string; sign: 1 | 0 | -1 }

const SIGNS: Record<string, Edit['sign']> = { '+': 1, '-': -1, '0': 0 };

/** Read them; what is no edit is left out. */
export function parseEdits(text: string | undefined): Edit[] {
  return (text ?? '').split(',').flatMap((part) => {
    const found = /^([^~]+)~([^~]+):([+\-0])$/.exec(part);
    if (!found) return [];
    try {
      return [{ left: decodeURIComponent(found[1]!), right: decodeURIComponent(found[2]!), sign: SIGNS[found[3]!]! }];
    } catch {
      return [];
    }
  });
}

/** As text; null: none. */
export function formatEdits(edits: readonly Edit[]): string | null {
  const written = edits.map(({ left, right, sign }) => `${escaped(left)}~${escaped(right)}:${sign > 0 ? '+' : sign < 0 ? '-' : '0'}`);
  return written.length ? written.join(',') : null;
}

/** With one more, in the place of an earlier one of the same two. */
export function withEdit(edits: readonly Edit[], edit: Edit): Edit[] {
  return [...edits.filter((one) => !isSame(one, edit)), edit];
}

export function isSame(one: { left: string; right: string }, other: { left: string; right: string }): boolean {
  return (one.left === other.left && one.right === other.right) || (one.left === other.right && one.right === other.left);
}

/** What the server is asked. */
export function asRequest(edits: readonly Edit[]): { kind: 'set' | 'remove'; left: string; right: string; sign: 1 | -1 }[] {
  return edits.map(({ left, right, sign }) => ({ kind: sign === 0 ? 'remove' as const : 'set' as const, left, right, sign: sign === 0 ? 1 as const : sign }));
}

function escaped(id: string): string {
  return encodeURIComponent(id).replaceAll('~', '%7E');
}
