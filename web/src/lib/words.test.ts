import { describe, expect, it } from 'vitest';
import { csv } from './csv';
import { CONTESTED, look, lookWords, percent } from './encoding';
import { dateWords, firstMonth, isoMonth, isPartialDate, lastMonth } from './months';

describe('dates', () => {
  it('are read only where they exist', () => {
    for (const good of ['2014', '2014-02', '2016-02-29', '0001']) expect(isPartialDate(good)).toBe(true);
    for (const bad of ['', '14', '2014-0', '2014-13', '2014-02-30', '2015-02-29', '2014-02-1', '0000', 'x2014']) expect(isPartialDate(bad)).toBe(false);
  });

  it('stay as partial as they are', () => {
    expect(dateWords('2014')).toBe('2014');
    expect(dateWords('2014-02')).toBe('Feb 2014');
    expect(dateWords('2014-02-03')).toBe('3 Feb 2014');
    expect([firstMonth('2014'), lastMonth('2014')].map(isoMonth)).toEqual(['2014-01', '2014-12']);
    expect(isoMonth(firstMonth('2014-07-09'))).toBe('2014-07');
  });
});

describe('a look', () => {
  it('is told from its code', () => {
    expect(look(5 | (2 << 3) | CONTESTED)).toMatchObject({ state: 'allied', certainty: 2, isContested: true, isFaded: false });
    expect(look(0).state).toBeNull();
    expect(lookWords(1 | CONTESTED)).toBe('hostile, less than 50 % sure, contested');
  });
});

describe('a table as CSV', () => {
  it('quotes what needs it and disarms formulas', () => {
    expect(csv([{ a: 'x,"y"', b: 1.5, c: null }, { a: '=1+1', b: -2, c: true }])).toBe('a,b,c\r\n"x,""y""",1.5,\r\n\'=1+1,-2,true\r\n');
  });
});

describe('a share', () => {
  it('is never said to be nothing or all when it is not', () => {
    expect([0, 0.001, 0.5, 0.999, 1].map(percent)).toEqual(['0 %', '<1 %', '50 %', '>99 %', '100 %']);
  });
});
