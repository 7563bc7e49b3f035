import { describe, expect, it } from 'vitest';
import { Points } from './points';

describe('places in a text', () => {
  it('are the same where no character is wide', () => {
    const points = new Points('Hamas and Syria: حماس');
    expect([points.length, points.unit(0), points.unit(17), points.slice(17, 21)]).toEqual([21, 0, 17, 'حماس']);
  });

  it('are counted in code points, as Python does', () => {
    const text = 'a😀b👨‍👩‍👧𐤀c';
    const points = new Points(text), letters = [...text];
    expect(points.length).toBe(letters.length);
    for (let begin = 0; begin <= letters.length; begin += 1) {
      for (let end = begin; end <= letters.length; end += 1) expect(points.slice(begin, end)).toBe(letters.slice(begin, end).join(''));
    }
  });

  it('take a lone surrogate for the one code point that it is', () => {
    const points = new Points('x\ud83dy\ude00😀z');
    expect([points.length, points.slice(2, 3), points.slice(4, 5), points.slice(5, 6)]).toEqual([6, 'y', '😀', 'z']);
  });

  it('stay within the text', () => {
    expect(new Points('😀').slice(-5, 9)).toBe('😀');
  });
});
