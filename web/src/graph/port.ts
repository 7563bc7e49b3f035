/** The port between the app and the drawing of the signed network: what is drawn, and what a view of it can do. */

/** The kinds of actors, in the order of `sides.model.actor.ActorKind`; `Actors.kind` holds places in this list. */
export const KINDS = ["state", "organization", "organ", "bloc", "people", "person", "group", "other"] as const;

/** The actors, as columns of one length. */
export interface Actors {
  /** Where the actor stands in the seeded layout, about -1 to 1 each way. */
  x: Float32Array;
  y: Float32Array;
  /** Place in `KINDS`. */
  kind: Uint8Array;
  /** The camp (0, 1, ...), or -1 when undecided. */
  camp: Int16Array;
  label: readonly string[];
  /** The actor that this one is a part of, or -1. */
  whole: Int32Array;
  /** How prominent the actor is, 0 to 1: its radius, and its place in the queue for a label. */
  size: Float32Array;
}

/** The ties, as columns of one length. */
export interface Ties {
  /** Places of the two actors. */
  left: Uint32Array;
  right: Uint32Array;
  /** The look of the tie: see `marks.ts` for the bits. */
  code: Uint16Array;
  /** Strain from the balance of the network, 0 to 255; 0 is none. */
  strain?: Uint8Array;
}

/** A bloc, drawn as a hull around its members. */
export interface Hull {
  id: string;
  label: string;
  members: readonly number[];
}

export interface Scene {
  actors: Actors;
  ties: Ties;
  hulls: readonly Hull[];
  /** 1 for each actor that a filter hides, with its ties. */
  hidden?: Uint8Array;
}

/** What of a scene is looked at: the point at the centre of the view, and pixels for a unit (matrix: for a cell). */
export interface Viewport {
  x: number;
  y: number;
  scale: number;
}

export interface Hit {
  kind: "actor" | "tie" | "hull";
  index: number;
}

export interface Choice {
  actors: readonly number[];
  ties: readonly number[];
}

/** What a click, a tap or a brush has chosen; a click on nothing has no hit and empty lists. */
export interface Picked extends Choice {
  hit: Hit | null;
  /** Whether the choice is to be added to the one before (Shift, Ctrl or Cmd was held). */
  extend: boolean;
}

export interface GraphEvents {
  hover: Hit | null;
  pick: Picked;
  /** The view has moved and is exact again. */
  moved: Viewport;
}

/** Colours and the font of a theme; `theme.ts` has a light and a dark one. */
export interface Tokens {
  background: string;
  ink: string;
  muted: string;
  accent: string;
  hostile: string;
  neutral: string;
  friendly: string;
  undecided: string;
  /** Hues of the camps in turn, apart from those of the states. */
  camps: readonly string[];
  /** Family of the labels. */
  font: string;
}

/** A drawing of a scene inside an element of the page: the network or its matrix. */
export interface GraphView {
  /** Draws a scene; the viewport stays, or fits the first scene that has actors. */
  show(scene: Scene): void;
  /** Gives the ties new codes; `changed` lists the places of those that differ, if known. */
  recode(code: Uint16Array, changed?: readonly number[]): void;
  /** Gives the actors new camps. */
  camps(camp: Int16Array): void;
  select(choice: Choice): void;
  /** Shows an actor and its ties before all others (keyboard focus of the table beside); null ends it. */
  focus(actor: number | null): void;
  fit(): void;
  centre(actor: number): void;
  zoom(factor: number): void;
  viewport: Viewport;
  /** What stands at a point, in CSS pixels from the upper left corner of the element. */
  hit(x: number, y: number): Hit | null;
  /** The view as an SVG document. */
  svg(): string;
  /** The view as a PNG at `scale` times its size in CSS pixels. */
  png(scale?: number): Promise<Blob>;
  theme(tokens: Tokens): void;
  resize(): void;
  destroy(): void;
  /** Listens to an event; the answer ends the listening. */
  on<Kind extends keyof GraphEvents>(kind: Kind, listener: (event: GraphEvents[Kind]) => void): () => void;
}
