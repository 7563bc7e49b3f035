/** A text cut where marks begin and end, so that marks that overlap can all be shown; and into blocks to draw it by. */

/** A stretch of a text, in UTF-16 units. */
export interface Stretch { begin: number; end: number }

export interface Segment extends Stretch {
  /** The marks that cover it, as places in the list that was given: the one that begins last first, the shortest of those first. */
  marks: number[];
  /** Those of them that begin here. */
  begins: number[];
}

export interface Block extends Stretch { segments: Segment[] }

// Blocks are drawn only when they come near the screen; one is a few paragraphs long, and cuts a longer line.
const BLOCK = 3_000, LONGEST = 12_000;

/** Cut a text at its marks. Empty marks, and what reaches beyond the text, are left out. */
export function blocks(text: string, marks: readonly Stretch[]): Block[] {
  const placed = marks.map((mark, place) => ({ ...mark, place })).filter(({ begin, end }) => begin >= 0 && begin < end && end <= text.length)
    .sort((one, other) => one.begin - other.begin || one.end - other.end || one.place - other.place);
  let next = 0;
  let open: typeof placed = [];
  return cuts(text).map(({ begin, end }) => {
    const segments: Segment[] = [];
    for (let at = begin; at < end;) {
      open = open.filter((mark) => mark.end > at);
      const begins: number[] = [];
      while (next < placed.length && placed[next]!.begin <= at) {
        begins.push(placed[next]!.place);
        open.push(placed[next]!);
        next += 1;
      }
      const until = Math.min(end, placed[next]?.begin ?? end, ...open.map((mark) => mark.end));
      const inner = open.toSorted((one, other) => other.begin - one.begin || one.end - other.end || one.place - other.place);
      segments.push({ begin: at, end: until, marks: inner.map((mark) => mark.place), begins });
      at = until;
    }
    return { begin, end, segments };
  });
}

/** The stretches of a text that are drawn together: paragraphs, and pieces of a line that is longer than any paragraph. */
function cuts(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (let begin = 0; begin < text.length;) {
    const line = text.indexOf('\n', begin + BLOCK);
    let end = line < 0 ? text.length : line + 1;
    if (end - begin > LONGEST) {
      const last = text.lastIndexOf('\n', begin + BLOCK), space = text.lastIndexOf(' ', begin + LONGEST);
      end = last > begin ? last + 1 : space > begin ? space + 1 : begin + LONGEST;
      if (isPair(text, end)) end += 1;
    }
    found.push({ begin, end });
    begin = end;
  }
  return found;
}

/** Whether a place lies between the two units of one character. */
function isPair(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));
}
