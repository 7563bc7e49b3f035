import { describe, expect, it } from 'vitest';
import { blocks } from './segments';

const told = (text: string, marks: { begin: number; end: number }[]) =>
  blocks(text, marks).flatMap((block) => block.segments.map((one) => [text.slice(one.begin, one.end), one.marks, one.begins]));

describe('a text cut at its marks', () => {
  it('shows each of the marks that overlap, the inner one first', () => {
    expect(told('abcdefgh', [{ begin: 1, end: 6 }, { begin: 2, end: 4 }, { begin: 3, end: 8 }])).toEqual([
      ['a', [], []], ['b', [0], [0]], ['c', [1, 0], [1]], ['d', [2, 1, 0], [2]], ['ef', [2, 0], []], ['gh', [2], []]]);
  });

  it('lists marks of one place together', () => {
    expect(told('abc', [{ begin: 0, end: 3 }, { begin: 0, end: 3 }])).toEqual([['abc', [0, 1], [0, 1]]]);
  });

  it('leaves out marks that make no sense', () => {
    expect(told('abc', [{ begin: 2, end: 2 }, { begin: 1, end: 9 }, { begin: -1, end: 2 }])).toEqual([['abc', [], []]]);
    expect(blocks('', [])).toEqual([]);
  });

  it('loses nothing of long texts, in which each mark begins once', () => {
    for (const text of ['word '.repeat(20_000), 'x😀'.repeat(30_000), 'One line.\n'.repeat(5_000), `${'y'.repeat(50_000)}\nz`]) {
      const marks = Array.from({ length: 400 }, (_, at) => ({ begin: at * 97, end: at * 97 + 5 + (at % 700) })).filter(({ end }) => end <= text.length);
      const found = blocks(text, marks);
      expect(found.map(({ begin, end }) => text.slice(begin, end)).join('')).toBe(text);
      expect(found.flatMap((block) => block.segments).map(({ begin, end }) => text.slice(begin, end)).join('')).toBe(text);
      expect(found.flatMap((block) => block.segments.flatMap((one) => one.begins)).sort((one, other) => one - other)).toEqual(marks.map((_, at) => at));
      for (const block of found) {
        expect(block.end - block.begin).toBeLessThanOrEqual(12_001);
        expect(text.slice(block.begin, block.begin + 1)).not.toMatch(/[\udc00-\udfff]/);
      }
    }
  });
});
