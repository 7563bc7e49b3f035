import type { Tokens } from "./port";

const FONT = 'system-ui, "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", sans-serif';

/** Camp hues stay apart from the blue and orange-brown of the states. */
export const LIGHT: Tokens = {
  background: "#ffffff", ink: "#1b1f24", muted: "#5c6670", accent: "#111111",
  hostile: "#b35806", neutral: "#7d8590", friendly: "#2166ac", undecided: "#8c959f",
  camps: ["#1b7f4b", "#8a3fa0", "#b8326e", "#5f6b00", "#00767f", "#6e4b3a"],
  font: FONT,
};

export const DARK: Tokens = {
  background: "#14181d", ink: "#e8ecf0", muted: "#a3adb8", accent: "#ffffff",
  hostile: "#fdb863", neutral: "#8b949e", friendly: "#92c5de", undecided: "#8b949e",
  camps: ["#6fd19b", "#cf9fe3", "#f48fb9", "#c9d36a", "#5fd3d8", "#d0a896"],
  font: FONT,
};

/** In forced colours hues are the system's: second cues (ticks, glyphs, dashes, letters) tell things apart. */
export const FORCED: Tokens = {
  background: "Canvas", ink: "CanvasText", muted: "CanvasText", accent: "Highlight",
  hostile: "CanvasText", neutral: "GrayText", friendly: "LinkText", undecided: "GrayText",
  camps: ["CanvasText"],
  font: FONT,
};

/** The letter of a camp: A to Z, then AA, AB, ...; nothing for an undecided actor. */
export function letterOf(camp: number): string {
  if (camp < 0) return "";
  return (camp >= 26 ? letterOf(Math.floor(camp / 26) - 1) : "") + String.fromCharCode(65 + (camp % 26));
}

export function campHue(camp: number, tokens: Tokens): string {
  return camp < 0 ? tokens.undecided : tokens.camps[camp % tokens.camps.length]!;
}

function channels(colour: string): number[] | null {
  return /^#[\da-f]{6}$/i.test(colour) ? [1, 3, 5].map((begin) => parseInt(colour.slice(begin, begin + 2), 16)) : null;
}

/** A colour over a background at an opacity, as one opaque colour; colours that are not #rrggbb stay as they are. */
export function over(colour: string, background: string, opacity: number): string {
  const [front, back] = [channels(colour), channels(background)];
  if (!front || !back) return colour;
  const mixed = front.map((value, channel) => Math.round(value * opacity + back[channel]! * (1 - opacity)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** Black or white, whichever reads better on a colour (WCAG 2.2 relative luminance). */
export function readableOn(colour: string): string {
  const linear = channels(colour)?.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  if (!linear) return "Canvas";
  return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]! < 0.179 ? "#ffffff" : "#000000";
}
