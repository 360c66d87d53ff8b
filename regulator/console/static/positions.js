// Where cars were last: told by the live stream, forgotten never; an old position is shown as old.
import { ago, now, word } from "./clock.js";

const OLD = 60_000;
const known = new Map();

export function learn(points) {
  for (const [plate, lon, lat, at, speed] of points) known.set(plate, { lon, lat, at, speed });
}

export const positionOf = (plate) => known.get(plate);
export const isOld = (plate) => known.has(plate) && now() - known.get(plate).at > OLD;
export const ageOf = (plate) => (known.has(plate) ? ago(known.get(plate).at) : word("no_position"));
