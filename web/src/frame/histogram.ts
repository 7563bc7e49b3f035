/** The geometry of the time slider: pure, so that it can be tested. Months are places of time. */

export interface Domain { from: number; until: number }

/** A bar for each month with claims, as one path over a width and height; the least bar is 2 pixels. */
export function barsPath(claims: readonly number[], domain: Domain, width: number, height: number): string {
  const step = width / (domain.until - domain.from), thickness = Math.max(1, step - (step > 3 ? 1 : 0));
  const [first, last] = inside(domain, claims.length);
  let most = 1;
  for (let month = first; month < last; month++) most = Math.max(most, claims[month]!);
  let path = '';
  for (let month = first; month < last; month++) {
    const count = claims[month]!;
    if (count === 0) continue;
    const tall = Math.max(2, (count / most) * (height - 2));
    path += `M${round((month - domain.from) * step)} ${height}v${round(-tall)}h${round(thickness)}v${round(tall)}z`;
  }
  return path;
}

/** The stretches of months that nobody tells of, as places. */
export function gaps(claims: readonly number[], until: number): Domain[] {
  const found: Domain[] = [];
  for (let month = 0; month < until; month++) {
    if (claims[month]) continue;
    const last = found.at(-1);
    if (last && last.until === month) last.until = month + 1; else found.push({ from: month, until: month + 1 });
  }
  return found;
}

/** Where years (or months, when near) are written: places of months with their words, at least `apart` pixels from each other. */
export function dateTicks(begin: number, domain: Domain, width: number, apart = 52): { month: number; words: string }[] {
  const step = width / (domain.until - domain.from);
  const every = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200].find((months) => months * step >= apart) ?? 2400;
  const found = [];
  for (let month = Math.ceil((begin + domain.from) / every) * every; month < begin + domain.until; month += every) {
    const year = Math.floor(month / 12), place = month - begin;
    found.push({ month: place, words: every >= 12 ? String(year) : `${year}-${String((month % 12) + 1).padStart(2, '0')}` });
  }
  return found;
}

/** What is looked at of time: the window with as much again about it, at least two years, within all time. */
export function domainAbout(window: Domain, months: number): Domain {
  const length = window.until - window.from;
  if (length >= months) return { from: 0, until: months };
  const margin = Math.max(length, (24 - length) / 2);
  const from = Math.max(0, Math.floor(window.from - margin)), until = Math.min(months, Math.ceil(window.until + margin));
  return { from, until: Math.max(until, from + 1) };
}

function inside(domain: Domain, length: number): [number, number] {
  return [Math.max(0, Math.floor(domain.from)), Math.min(length, Math.ceil(domain.until))];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
