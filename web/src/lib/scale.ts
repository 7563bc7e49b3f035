/** A linear scale from one span to another. Of d3-scale the app needs no more, and its colours and formats weigh 20 kB. */
export function linear([from, to]: readonly [number, number], [low, high]: readonly [number, number]): (value: number) => number {
  return (value) => low + ((value - from) / (to - from)) * (high - low);
}
