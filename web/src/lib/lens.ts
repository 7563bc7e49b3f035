/** A lens as text ("language=en,outlet=The Gazette") and as choices, as `Lens.parse` of the Python API reads it. */

export const VOICES = ['outlet', 'author', 'speaker', 'side', 'language', 'format'] as const;
export type Voice = (typeof VOICES)[number];
export type Choices = Partial<Record<Voice, string[]>>;

/** What a lens chooses; parts that are none are left out. */
export function parseLens(text: string | null): Choices {
  const found: Choices = {};
  for (const part of (text ?? '').split(/(?<!\\),/)) {
    const equals = part.indexOf('='), key = part.slice(0, equals).trim() as Voice, value = part.slice(equals + 1).trim().replaceAll('\\,', ',');
    if (equals > 0 && value && VOICES.includes(key)) found[key] = [...(found[key] ?? []), value];
  }
  return found;
}

/** The lens as text; null: everybody's word counts. */
export function formatLens(choices: Choices): string | null {
  const parts = VOICES.flatMap((voice) => (choices[voice] ?? []).map((value) => `${voice}=${value.replaceAll(',', '\\,')}`));
  return parts.length ? parts.sort().join(',') : null;
}

/** The lens in a few words: "all", "Harbour Wire", "language en, 3 outlets". */
export function lensWords(choices: Choices): string {
  const parts = VOICES.flatMap((voice) => {
    const chosen = choices[voice] ?? [];
    return chosen.length === 0 ? [] : [chosen.length === 1 ? `${voice === 'language' || voice === 'format' ? `${voice} ` : ''}${chosen[0]}` : `${chosen.length} ${voice}s`];
  });
  return parts.join(', ') || 'all';
}
