import { describe, expect, it } from 'vitest';
import { across, apart, chance, range, through, topOf, worded } from './curve';

const point = (days: number, probability: number, high = probability) => ({ days, probability, low: 0, high, base_rate: 0, like_rate: 0, recurrence_rate: 0 });

describe('a chance in words', () => {
  it('has more places where it is small, and is never said to be nothing or certain', () => {
    expect([0.456, 0.0123, 0.0002, 0, 0.9999, 0.996, 1].map(chance)).toEqual(['46 %', '1.2 %', 'below 0.1 %', 'below 0.1 %', 'above 99.9 %', '99.6 %', '100 %']);
    expect(range(0.028, 0.45)).toBe('2.8 to 45 %');
    expect(range(0.0001, 0.05)).toBe('0 to 5.0 %');
  });
});

describe('the curve', () => {
  it('has a scale that holds the interval', () => {
    expect(topOf([point(7, 0.01), point(30, 0.04, 0.12)])).toBe(0.2);
    expect(topOf([point(7, 0.9, 1)])).toBe(1);
  });

  it('goes by ratios of days', () => {
    const x = across([point(7, 0), point(28, 0), point(112, 0)], 0, 100);
    expect([7, 28, 112].map((days) => Math.round(x(days)))).toEqual([0, 50, 100]);
    expect(across([point(30, 0)], 0, 100)(30)).toBe(50);
    expect(through([[0, 1], [2, 3.25]])).toBe('M0.0 1.0L2.0 3.3');
  });

  it('keeps its labels apart and within the drawing', () => {
    expect(apart([10, 11, 50], 14, [0, 100])).toEqual([10, 24, 50]);
    expect(apart([98, 97, 99], 14, [0, 100])).toEqual([86, 72, 100]);
  });

  it('words the ticks that have room, and always the one asked about', () => {
    expect(worded([0, 10, 50], 20, 1)).toEqual([false, true, true]);
    expect(worded([0, 30, 60], 20, 1)).toEqual([true, true, true]);
  });
});
