import { describe, expect, it } from 'vitest';
import type { Evidence, Tie } from '../lib/records';
import { axis, bands, drawnClaims, edges, gapsOf, moved, placeOf, runs, sharesOf, windowOf, zoomed } from './river';

const months = { first: '2014-01', states: [], probabilities: [[0.5, 0.1, 0.2, 0.1, 0.1], [0, 0, 0, 0, 1], [0, 0, 0, 0.4, 0.6], [1, 0, 0, 0, 0]] } as unknown as NonNullable<Tie['months']>;
const begin = 12 * 2014;
const claim = (happened: string, published: string, sign = 1) => ({ claim: happened + published, happened, published, sign }) as unknown as Evidence;

describe('bands', () => {
  it('lie one on the other, hostile below and friendly above, and add up to one', () => {
    const found = edges([0.5, 0.1, 0.2, 0.1, 0.1]);
    expect(found).toEqual([...found].sort((one, two) => one - two));
    expect(found[5]! - found[0]!).toBeCloseTo(1);
    expect(found[2]).toBeCloseTo(-0.1);
    expect(edges([0, 0, 0, 0, 1])).toEqual([-0, -0, -0, 0, 0, 1]);
  });

  it('are five paths over the months that are known', () => {
    const found = bands(months, begin - 5, begin + 99, (month) => month - begin, (value) => value);
    expect(found.map((one) => one.state)).toEqual(['hostile', 'strained', 'neutral', 'friendly', 'allied']);
    for (const one of found) expect(one.path).toMatch(/^M0\.5,/);
    expect(bands(months, begin + 1, begin + 1, (month) => month, (value) => value)[4]!.path).not.toContain('NaN');
  });
});

describe('months', () => {
  it('are told from the columns', () => {
    expect(sharesOf(months, begin + 3)?.[0]).toBe(1);
    expect(sharesOf(months, begin + 4)).toBeNull();
    expect(runs(months, begin, begin + 9).map(({ from, until, state }) => [from - begin, until - begin, state])).toEqual([[0, 1, 'hostile'], [1, 3, 'allied'], [3, 4, 'hostile']]);
  });

  it('hold dates as precisely as they are given', () => {
    expect(placeOf('2014')).toBe(begin + 6);
    expect(placeOf('2014-03')).toBe(begin + 2.5);
    expect(Math.floor(placeOf('2014-03-31'))).toBe(begin + 2);
  });

  it('of which nothing is told for a year are gaps', () => {
    const evidence = [claim('2014-02', '2014-03'), claim('2016', '2017'), claim('2014-06', '2014-07')];
    expect(gapsOf(evidence, begin, begin + 47)).toEqual([{ from: begin + 6, until: begin + 24 }, { from: begin + 36, until: begin + 48 }]);
    expect(gapsOf([], begin, begin + 10)).toEqual([]);
  });
});

describe('the window', () => {
  const whole = { from: begin, until: begin + 120 };
  it('zooms and moves within all time', () => {
    expect(zoomed(whole, whole, 0.5, begin + 60)).toEqual({ from: begin + 30, until: begin + 90 });
    expect(zoomed({ from: begin, until: begin + 60 }, whole, 4, begin)).toEqual(whole);
    expect(moved({ from: begin, until: begin + 12 }, whole, -5)).toEqual({ from: begin, until: begin + 12 });
    expect(moved({ from: begin, until: begin + 12 }, whole, 500)).toEqual({ from: begin + 108, until: begin + 120 });
  });
  it('is that of the address, never empty', () => {
    expect(windowOf(whole, null, null)).toEqual(whole);
    expect(windowOf(whole, '2015', '2015-03')).toEqual({ from: begin + 12, until: begin + 14 });
    expect(windowOf(whole, '2015', '2014')).toEqual({ from: begin + 12, until: begin + 13 });
  });
  it('has an axis that fits', () => {
    expect(axis({ from: begin, until: begin + 12 }, 800).map((one) => one.words).slice(0, 2)).toEqual(['2014', '2014-02']);
    expect(axis(whole, 390).length).toBeLessThan(7);
  });
});

describe('claims', () => {
  it('are drawn one by one while they fit, and counted without loss when they do not', () => {
    const domain = { from: begin, until: begin + 24 };
    const few = drawnClaims([claim('2014-05', '2015-05'), claim('2010', '2011')], domain, 600);
    expect(few.singles).toHaveLength(1);
    const many = Array.from({ length: 5000 }, (_, at) => claim(`2014-${String((at % 12) + 1).padStart(2, '0')}`, '2015-06-01', (at % 3) - 1));
    const binned = drawnClaims(many, domain, 600);
    expect(binned.singles).toBeNull();
    expect(binned.bins!.reduce((sum, one) => sum + one.up + one.down + one.flat, 0)).toBe(5000);
    expect(binned.bins!.reduce((sum, one) => sum + one.published, 0)).toBe(5000);
    expect(binned.size).toBe(1);
  });
});
