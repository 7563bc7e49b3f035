/** Several lenses at once, in the address as "outlet=A;language=ar". A `;` or `\` of a name is written with a `\`. */
import { formatLens, parseLens } from './lens';

/** Read them, each once and as it is written; what is no lens is left out. */
export function parseLenses(text: string | undefined): string[] {
  const parts = (text ?? '').match(/(?:\\.|[^;\\])+/g) ?? [];
  return [...new Set(parts.flatMap((part) => formatLens(parseLens(part.replaceAll('\\;', ';'))) ?? []))];
}

/** As text; null: none. */
export function formatLenses(lenses: readonly string[]): string | null {
  return lenses.length ? lenses.map((one) => one.replaceAll(';', '\\;')).join(';') : null;
}

/** With a lens chosen, or no longer. */
export function switched(lenses: readonly string[], lens: string): string[] {
  return lenses.includes(lens) ? lenses.filter((one) => one !== lens) : [...lenses, lens];
}
