import { describe, expect, it } from 'vitest';
import { asRequest, formatEdits, parseEdits, withEdit } from './edits';

describe('edits of ties', () => {
  it('are read as they were written', () => {
    const edits = [{ left: 'hamas', right: 'syria', sign: -1 as const }, { left: 'a,b~c:d', right: 'é %', sign: 0 as const }];
    expect(parseEdits(formatEdits(edits)!)).toEqual(edits);
    expect(formatEdits(edits.slice(0, 1))).toBe('hamas~syria:-');
    expect(formatEdits([])).toBeNull();
  });

  it('leave out what is none', () => {
    expect(parseEdits('hamas~syria,x:+,~b:-,a~b:2,%E0%A4%A~b:+')).toEqual([]);
    expect(parseEdits(undefined)).toEqual([]);
  });

  it('of the same two take the place of each other', () => {
    const one = { left: 'a', right: 'b', sign: 1 as const }, other = { left: 'b', right: 'a', sign: 0 as const };
    expect(withEdit([one], other)).toEqual([other]);
    expect(asRequest([other])).toEqual([{ kind: 'remove', left: 'b', right: 'a', sign: 1 }]);
  });
});
