/** Files as they are chosen or dropped, folders with all that is in them. */

export interface Chosen { name: string; file: File }

/** Files of a field, by their paths within the folder that was chosen, if one was. */
export function chosenFiles(files: Iterable<File>): Chosen[] {
  return [...files].map((file) => ({ name: file.webkitRelativePath || file.name, file }));
}

/** Files that were dropped, folders opened. Call it in the handler itself: what was dropped is gone after it. */
export async function droppedFiles(dropped: DataTransfer): Promise<Chosen[]> {
  const entries = [...dropped.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry !== null && entry !== undefined);
  if (entries.length === 0) return chosenFiles(dropped.files);
  return (await Promise.all(entries.map((entry) => within(entry, '')))).flat();
}

async function within(entry: FileSystemEntry, above: string): Promise<Chosen[]> {
  const name = `${above}${entry.name}`;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => { (entry as FileSystemFileEntry).file(resolve, reject); });
    return [{ name, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Chosen[] = [];
  for (;;) { // it gives a hundred at a time, and nothing at the end
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (some.length === 0) return found;
    for (const one of some) found.push(...(await within(one, `${name}/`)));
  }
}

/** Whether a file is hidden, or in a hidden folder or a ledger: such are passed over, as on the command line. */
export function isPassedOver(name: string): boolean {
  const parts = name.split('/');
  return parts.some((part) => part.startsWith('.')) || parts.slice(0, -1).some((part) => part.endsWith('.sides'));
}
