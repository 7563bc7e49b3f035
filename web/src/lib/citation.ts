/** How to cite a quote. */
import { dateWords } from './months';
import type { Evidence } from './records';

/** Quote and source in one paragraph. `link`: where the claim can be seen. */
export function citation(item: Evidence, link: string): string {
  const by = item.author ? `${item.author}, ` : '';
  const title = item.title ? `“${item.title}”, ` : '';
  const where = item.outlets.join(', ') || item.document;
  return `“${item.quote}” ${voice(item) ? `(${voice(item)}) ` : ''}— ${by}${title}${where}, ${dateWords(item.published)}, `
    + `characters ${item.begin_char}–${item.end_char}. ${item.url ?? item.document}. Claim ${item.claim}: ${link}`;
}

/** The document as a BibTeX entry, with the quote as its note. */
export function bibtex(item: Evidence, link: string): string {
  const fields: [string, string | null | undefined][] = [
    ['author', item.author], ['title', item.title ?? item.document], ['howpublished', item.outlets.join(', ')],
    ['year', item.published.slice(0, 4)], ['month', item.published.slice(5, 7)],
    ['date', item.published], ['url', item.url], ['note', `“${item.quote}” (${link})`],
  ];
  const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = {${escaped(value)}},`] : []));
  return `@misc{sides-${item.claim},\n${lines.join('\n')}\n}\n`;
}

/** Who says it, where it is not the document's author. */
export function voice(item: Evidence): string | null {
  return item.speaker === 'author' ? null : item.speaker_name ?? item.speaker;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\textbackslash ').replace(/[{}%&#$_]/g, (found) => `\\${found}`).replace(/\s+/g, ' ');
}
