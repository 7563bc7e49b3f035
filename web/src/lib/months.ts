/** Partial ISO dates (2021, 2021-06, 2021-06-15) and month numbers (12 * year + month - 1). */

const PARTIAL = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export type Precision = 'day' | 'month' | 'year';

/** Whether the text is a year, a month or a day that exists. */
export function isPartialDate(text: string): boolean {
  const found = PARTIAL.exec(text);
  if (!found || Number(found[1]) === 0) return false;
  const month = found[2] === undefined ? 1 : Number(found[2]);
  const day = found[3] === undefined ? 1 : Number(found[3]);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(Number(found[1]), month);
}

/** How many days a month (1 to 12) has. */
export function daysOf(year: number, month: number): number {
  return [31, year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** To what a partial date is given. */
export function precisionOf(date: string): Precision {
  return date.length > 7 ? 'day' : date.length > 4 ? 'month' : 'year';
}

/** The first month that a partial date may mean. */
export function firstMonth(date: string): number {
  return 12 * Number(date.slice(0, 4)) + (date.length > 4 ? Number(date.slice(5, 7)) - 1 : 0);
}

/** The last month that a partial date may mean: a year, its December. */
export function lastMonth(date: string): number {
  return 12 * Number(date.slice(0, 4)) + (date.length > 4 ? Number(date.slice(5, 7)) - 1 : 11);
}

/** A month as a partial date: "2021-06". */
export function isoMonth(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}

/** A month for people: "Jun 2021". */
export function monthWords(month: number): string {
  return `${NAMES[month % 12]} ${Math.floor(month / 12)}`;
}

/** A partial date for people, no finer than it is: "2021", "Jun 2021", "15 Jun 2021". */
export function dateWords(date: string): string {
  if (!isPartialDate(date)) return date;
  if (precisionOf(date) === 'year') return date;
  const words = monthWords(firstMonth(date));
  return precisionOf(date) === 'day' ? `${Number(date.slice(8))} ${words}` : words;
}
