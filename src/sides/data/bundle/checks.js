"use strict";
(async () => {
  const element = (id) => document.getElementById(id);
  const made = (name, text, className) => Object.assign(document.createElement(name), {
    textContent: text ?? "", className: className ?? "",
  });

  // Half of a surrogate pair is encoded like any other character, as it was when ids were made.
  function utf8(text) {
    const bytes = [];
    for (const character of text) {
      const code = character.codePointAt(0);
      if (code < 0x80) bytes.push(code);
      else if (code < 0x800) bytes.push(0xc0 | code >> 6, 0x80 | code & 63);
      else if (code < 0x10000) bytes.push(0xe0 | code >> 12, 0x80 | code >> 6 & 63, 0x80 | code & 63);
      else bytes.push(0xf0 | code >> 18, 0x80 | code >> 12 & 63, 0x80 | code >> 6 & 63, 0x80 | code & 63);
    }
    return Uint8Array.from(bytes);
  }

  // FIPS 180-4, for where the browser has no crypto.subtle.
  function sha256(bytes) {
    const primes = [];
    for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
    const fraction = (x) => Math.floor((x - Math.floor(x)) * 2 ** 32) | 0;
    const k = primes.map((p) => fraction(Math.cbrt(p)));
    const state = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
    const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
    view.setUint32(padded.length - 4, bytes.length << 3);
    const right = (x, n) => x >>> n | x << 32 - n;
    const w = new Int32Array(64);
    for (let block = 0; block < padded.length; block += 64) {
      for (let i = 0; i < 16; i++) w[i] = view.getInt32(block + i * 4);
      for (let i = 16; i < 64; i++) {
        const s0 = right(w[i - 15], 7) ^ right(w[i - 15], 18) ^ w[i - 15] >>> 3;
        const s1 = right(w[i - 2], 17) ^ right(w[i - 2], 19) ^ w[i - 2] >>> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1 | 0;
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i++) {
        const t1 = h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + (e & f ^ ~e & g) + k[i] + w[i] | 0;
        const t2 = (right(a, 2) ^ right(a, 13) ^ right(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, d + t1 | 0, c, b, a, t1 + t2 | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((value, i) => { state[i] = state[i] + value | 0; });
    }
    return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  async function hash(text) {
    const bytes = utf8(text);
    if (!globalThis.crypto?.subtle) return sha256(bytes);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  const faults = [];
  function told(isGood, good, bad) {
    element("checks").append(made("li", isGood ? `Verified: ${good}` : `ALTERED: ${bad}`, isGood ? "good" : "bad"));
    if (!isGood) faults.push(bad);
  }
  function records(name) {
    const lines = sidesFiles.get(name)?.records ?? [];
    try {
      return lines.map((line) => JSON.parse(line));
    } catch {
      told(false, "", `${name} cannot be read`);
      return [];
    }
  }

  const manifest = records("manifest.js")[0] ?? { files: {}, about: [] };
  if (!sidesFiles.has("manifest.js")) told(false, "", "manifest.js is missing or cannot be read");
  else element("fingerprint").textContent = await hash(sidesFiles.get("manifest.js").file);
  for (const [name, expected] of Object.entries(manifest.files)) {
    if (!name.startsWith("data/")) continue; // the pages: SHA256SUMS has them
    const found = sidesFiles.get(name);
    told(found && await hash(found.file) === expected.sha256, `${name} is the file that was written`,
      found ? `${name} is not the file that was written` : `${name} is missing or cannot be read`);
  }
  for (const name of sidesFiles.keys())
    if (name !== "manifest.js" && !manifest.files[name]) told(false, "", `${name} does not belong to the bundle`);

  const documents = new Map(records("data/documents.js").map((one) => [one.document_id, one]));
  const actors = new Map(records("data/actors.js").map((one) => [one.id, one]));
  const claims = records("data/claims.js");
  const texts = new Map();
  for (const { document_id: id, text } of records("data/texts.js")) {
    texts.set(id, Array.from(text));
    const digest = await hash(text);
    if (digest !== documents.get(id)?.sha256 || !digest.startsWith(id)) told(false, "", `the text of ${id}`);
  }

  // What is wrong with a claim: nothing, if all is well.
  async function wrong(claim) {
    const found = [];
    const parts = [claim.document_id, claim.begin_char, claim.end_char, claim.source, claim.target, claim.third ?? "",
      claim.type];
    if (!claim.is_decided && (await hash(parts.join("\x1f"))).slice(0, 16) !== claim.claim)
      found.push("its id is not that of who does what to whom, and where it stands");
    if (!documents.has(claim.document_id)) found.push("its document is not listed");
    if (Array.from(claim.quote).length !== claim.end_char - claim.begin_char)
      found.push("its quote is not as long as its place");
    const text = texts.get(claim.document_id);
    if (text && text.slice(claim.begin_char, claim.end_char).join("") !== claim.quote)
      found.push("its quote does not stand in its document");
    return found;
  }
  let bad = 0;
  for (const claim of claims) {
    claim.wrong = await wrong(claim);
    if (claim.wrong.length) bad += 1;
  }
  const kept = claims.filter((claim) => claim.is_decided).length;
  const decided = kept ? `; ${kept} are shown under another actor by a person's decision, and keep the id they had` : "";
  told(!bad, `the ids and the places of ${claims.length} claims${decided}`, `${bad} of ${claims.length} claims fail a check`);
  if (texts.size) {
    const without = [...documents.keys()].filter((id) => !texts.has(id));
    told(!without.length, `${texts.size} texts, and that each quote stands in its text where it says`,
      `the texts of ${without.join(", ")} are missing`);
  } else {
    element("checks").append(made("li", "The texts are not part of this bundle: whether a quote stands in its document " +
      "can be seen by whoever has it. Its SHA-256 is that of the text in UTF-8."));
  }

  const ties = records("data/ties.js");
  const known = new Set(claims.map((claim) => claim.claim));
  const lost = ties.flatMap((tie) => tie.claims).filter((id) => !known.has(id));
  told(!lost.length, `${ties.length} ties rest on claims that are here`, `claims ${lost.join(", ")}, which ties rest on`);

  const name = (id) => actors.get(id)?.name ?? id;
  element("about").textContent = manifest.about.length ? manifest.about.map(name).join(" and ") : "All evidence";
  document.title = `${element("about").textContent}: evidence`;
  element("clock").textContent = `${claims.length} claims in ${documents.size} documents` +
    (manifest.known ? ` published by ${manifest.known}` : "");
  const verdict = element("verdict");
  verdict.textContent = faults.length ? `ALTERED: ${faults.join("; ")}.` : "Verified: all that can be checked here holds.";
  verdict.className = faults.length ? "bad" : "good";

  for (const tie of ties) {
    const item = made("li", `${name(tie.left)} and ${name(tie.right)}: `, "tie");
    item.append(tie.stretches.map((one) => `${one.since} to ${one.end ?? "now"} ${one.state ?? "denied"}` +
      (one.certainty ? ` (${[one.certainty, ...one.marks].join(", ")})` : "")).join("; "));
    element("ties").append(item);
  }

  function row(claim) {
    const item = made("li");
    const said = made("p", "", "said");
    const third = claim.third ? `, ${claim.third_name}` : "";
    said.append(made("strong", `${claim.source_name} ${claim.type} ${claim.target_name}${third}`),
      ` · ${claim.modality} · said by ${claim.speaker_name} · happened ${claim.happened}`);
    const quote = made("blockquote", claim.before);
    quote.append(made("mark", claim.quote), claim.after);
    const where = made("p", "", "where");
    where.append(`${claim.outlets.join("; ")}, ${claim.published}, ${claim.title ?? claim.document}, characters ` +
      `${claim.begin_char} to ${claim.end_char}, claim `, made("code", claim.claim), " ");
    where.append(claim.wrong.length ? made("span", `ALTERED: ${claim.wrong.join("; ")}.`, "bad") : "");
    item.append(said, quote, where);
    item.id = claim.claim;
    return item;
  }
  const AT_ONCE = 200;
  let most = AT_ONCE;
  function show() {
    const words = element("words").value.toLowerCase();
    const found = claims.filter((claim) => (!element("faulty").checked || claim.wrong.length) &&
      [claim.quote, claim.source_name, claim.target_name, claim.speaker_name, claim.type, claim.claim,
        ...claim.outlets].some((text) => text.toLowerCase().includes(words)));
    element("claims").replaceChildren(...found.slice(0, most).map(row));
    element("shown").textContent = `${Math.min(most, found.length)} of ${found.length} shown`;
    element("more").hidden = found.length <= most;
  }
  for (const id of ["words", "faulty"]) element(id).addEventListener("input", () => { most = AT_ONCE; show(); });
  element("more").addEventListener("click", () => { most += AT_ONCE; show(); });
  show();
  document.body.dataset.checked = "yes";
})();
