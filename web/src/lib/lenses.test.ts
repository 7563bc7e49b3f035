import { describe, expect, it } from 'vitest';
import { formatLenses, parseLenses, switched } from './lenses';

describe('several lenses', () => {
  it('are read as they were written', () => {
    const lenses = ['outlet=Harbour Wire', 'language=ar,outlet=The Gazette\\, Evening', 'author=A; B'];
    expect(parseLenses(formatLenses(lenses)!)).toEqual(lenses);
    expect(formatLenses([])).toBeNull();
  });

  it('count once, and leave out what is none', () => {
    expect(parseLenses('outlet=A;outlet=A;colour=red;;')).toEqual(['outlet=A']);
  });

  it('are chosen and let go', () => {
    expect(switched(['outlet=A'], 'outlet=B')).toEqual(['outlet=A', 'outlet=B']);
    expect(switched(['outlet=A', 'outlet=B'], 'outlet=A')).toEqual(['outlet=B']);
  });
});
