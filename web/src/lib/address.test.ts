import { describe, expect, it } from 'vitest';
import { format, HOME, parse, parseOpen } from './address';

describe('an address', () => {
  it('is read as it was written', () => {
    const address = { ...HOME, screen: 'dyad' as const, ids: ['hamas', 'syria'], at: '2014-03', known: '2014-06-01',
      lens: 'language=en,outlet=The Gazette & Co', exact: true, version: 12, since: '2011', until: '2013-05',
      open: 'tie:hamas~syria', more: { look: 'matrix', ego: 'iran' } };
    expect(parse(format(address))).toEqual(address);
  });

  it('stays readable', () => {
    expect(format({ ...HOME, screen: 'dyad', ids: ['hamas', 'syria'], at: '2014-03', open: 'tie:hamas~syria' }))
      .toBe('/dyad/hamas~syria?at=2014-03&open=tie:hamas~syria');
  });

  it('is the same after a # in a copy without a server', () => {
    expect(parse('file:///home/x/out/published.html#/actor/hamas?known=2014')).toEqual({ ...HOME, screen: 'actor', ids: ['hamas'], known: '2014' });
    expect(parse('file:///home/x/out/published.html')).toEqual(HOME);
  });

  it('leaves out what is no date, no version and no screen', () => {
    expect(parse('/nowhere/x?at=2014-13&known=yesterday&v=-1')).toEqual(HOME);
    expect(parse('/actor/%E0%A4%A')).toEqual({ ...HOME, screen: 'actor', ids: ['%E0%A4%A'] });
  });

  it('keeps ids with signs of their own', () => {
    const address = { ...HOME, screen: 'actor' as const, ids: ['a/b ~ c'] };
    expect(parse(format(address)).ids).toEqual(['a/b ', ' c']); // ids are slugs: a ~ always parts two
    expect(parse(format({ ...address, ids: ['ä/ö?#'] })).ids).toEqual(['ä/ö?#']);
  });

  it('tells what the panel is asked for', () => {
    expect(parseOpen('tie:hamas~syria')).toEqual({ kind: 'tie', ids: ['hamas', 'syria'] });
    expect(parseOpen('claim:c-1')).toEqual({ kind: 'claim', ids: ['c-1'] });
    for (const nothing of [null, '', 'tie:hamas', 'tie:~', 'place:x']) expect(parseOpen(nothing)).toBeNull();
  });
});
