"use strict";
// Takes in the files of the bundle. Each is a call of `sidesBundle` with a function whose body is a comment: its source
// text is the file's, character for character, so that what is hashed is what lies on the disk. A page that is opened
// from a file may load scripts that lie beside it, and nothing else.
const sidesFiles = new Map();

function sidesBundle(name, holder) {
  const source = holder.toString();
  const begin = source.indexOf("/*\n") + 3;
  sidesFiles.set(name, {
    file: `sidesBundle(${JSON.stringify(name)}, ${source});\n`,
    records: source.slice(begin, source.lastIndexOf("*/")).split("\n").filter(Boolean),
  });
}
