import { expect, it } from 'vitest';
import { formatLens, lensWords, parseLens } from './lens';

it('a lens is read as it was written', () => {
  const choices = { outlet: ['Barada, Mirror', 'The Gazette'], language: ['en'] };
  expect(formatLens(choices)).toBe('language=en,outlet=Barada\\, Mirror,outlet=The Gazette');
  expect(parseLens(formatLens(choices))).toEqual(choices);
  expect(lensWords(choices)).toBe('2 outlets, language en');
  expect(formatLens({})).toBeNull();
  expect(parseLens('nonsense,=x,outlet=')).toEqual({});
});
