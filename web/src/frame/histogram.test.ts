import { describe, expect, it } from 'vitest';
import { barsPath, dateTicks, domainAbout, gaps } from './histogram';

describe('the time slider', () => {
  it('hatches every month that nobody tells of, and no other', () => {
    expect(gaps([0, 0, 3, 0, 1, 0, 0], 6)).toEqual([{ from: 0, until: 2 }, { from: 3, until: 4 }, { from: 5, until: 6 }]);
    expect(gaps([], 0)).toEqual([]);
  });

  it('draws no bar for nothing, and none too low to be seen', () => {
    expect(barsPath([0, 1000, 1], { from: 0, until: 3 }, 30, 22)).toBe('M10 22v-20h9v20zM20 22v-2h9v2z');
  });

  it('writes dates that do not touch', () => {
    const ticks = dateTicks(12 * 2000 + 5, { from: 0, until: 240 }, 800);
    for (const [at, tick] of ticks.entries()) if (at) expect((tick.month - ticks[at - 1]!.month) * (800 / 240)).toBeGreaterThanOrEqual(52);
    expect(ticks[0]).toEqual({ month: 19, words: '2002' });
  });

  it('looks at the window with time about it', () => {
    expect(domainAbout({ from: 100, until: 112 }, 300)).toEqual({ from: 88, until: 124 });
    expect(domainAbout({ from: 0, until: 1 }, 300)).toEqual({ from: 0, until: 13 });
    expect(domainAbout({ from: 0, until: 300 }, 300)).toEqual({ from: 0, until: 300 });
  });
});
