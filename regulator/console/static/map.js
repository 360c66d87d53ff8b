// The map: districts drawn by the server as paths, cars drawn here in screen pixels. Drag, wheel, pinch, keys.
import { cards } from "./lists.js";
import { ageOf, isOld, positionOf } from "./positions.js";

const SVG = "http://www.w3.org/2000/svg";
const sheet = document.getElementById("sheet");
const ground = document.getElementById("ground");
const layer = document.getElementById("cars");
const course = document.getElementById("course");
const names = [...document.querySelectorAll("#names text")];
const { lon, lat, across, down } = Object.fromEntries(Object.entries(sheet.dataset).map(([key, text]) => [key, Number(text)]));
const [left, top, width, height] = sheet.dataset.frame.split(" ").map(Number);
const marks = new Map();
let scale = 0.05, x = 0, y = 0, chosen = null, touched = false, waiting = false, choose = () => {};

const plane = (place) => [(place.lon - lon) * across, (place.lat - lat) * down];
const screen = ([east, south]) => [east * scale + x, south * scale + y];
const make = (name, attributes = {}, parent = null) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent?.append(element);
  return element;
};

export function draw() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; paint(); });
}

function paint() {
  if (!sheet.clientWidth) return;
  ground.setAttribute("transform", `matrix(${scale} 0 0 ${scale} ${x} ${y})`);
  for (const name of names) {
    const [px, py] = screen([Number(name.dataset.x), Number(name.dataset.y)]);
    name.setAttribute("x", px.toFixed(1));
    name.setAttribute("y", py.toFixed(1));
  }
  paintCars();
  paintCourse();
  paintScale();
}

function paintCars() {
  const seen = new Set();
  for (const card of cards()) {
    const place = positionOf(card.dataset.plate);
    if (!place) continue;
    seen.add(card.dataset.id);
    const mark = marks.get(card.dataset.id) ?? newMark(card.dataset.id);
    const [px, py] = screen(plane(place));
    mark.setAttribute("transform", `translate(${px.toFixed(1)} ${py.toFixed(1)})`);
    mark.dataset.urgency = card.dataset.urgency;
    mark.dataset.list = card.dataset.list;
    mark.toggleAttribute("data-old", isOld(card.dataset.plate));
    mark.toggleAttribute("data-taken", card.dataset.holder !== "");
    mark.toggleAttribute("data-mine", card.hasAttribute("data-mine"));
    label(mark, card, card.dataset.id === chosen);
  }
  for (const [id, mark] of marks) if (!seen.has(id)) { mark.remove(); marks.delete(id); }
}

function newMark(id) {
  const mark = make("g", { class: "car" }, layer);
  make("circle", { r: 10, class: "ring" }, mark);
  make("circle", { r: 5, class: "dot" }, mark);
  mark.dataset.id = id;
  marks.set(id, mark);
  return mark;
}

function label(mark, card, wanted) {
  mark.toggleAttribute("data-chosen", wanted);
  if (!wanted) { mark.querySelectorAll("text").forEach((text) => text.remove()); return; }
  if (mark !== layer.lastElementChild) layer.append(mark);
  const [plate, age] = mark.querySelector("text") ? mark.querySelectorAll("text") : [make("text", { x: 14, y: -2 }, mark), make("text", { x: 14, y: 12 }, mark)];
  plate.textContent = card.querySelector(".plate").textContent;
  age.textContent = ageOf(card.dataset.plate);
}

function paintCourse() {
  const card = chosen && document.getElementById(`card-${chosen}`);
  const place = card && positionOf(card.dataset.plate);
  if (!card?.dataset.target) { course.replaceChildren(); return; }
  const [east, north] = card.dataset.target.split(",").map(Number);
  const [tx, ty] = screen(plane({ lon: east, lat: north }));
  const goal = make("path", { d: `M${tx} ${ty - 7}l7 7l-7 7l-7 -7Z` });
  if (!place) { course.replaceChildren(goal); return; }
  const [px, py] = screen(plane(place));
  course.replaceChildren(make("line", { x1: px, y1: py, x2: tx, y2: ty }), goal);
}

function paintScale() {
  const kilometres = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50].findLast((km) => km * 100 * scale <= 110) ?? 0.1;
  const bar = document.getElementById("scale");
  bar.style.width = `${Math.round(kilometres * 100 * scale)}px`;
  bar.textContent = kilometres < 1 ? `${kilometres * 1000} m` : `${kilometres} km`;
}

function fit(box, margin) {
  const [w, h] = [sheet.clientWidth, sheet.clientHeight];
  scale = Math.min((w - 2 * margin) / (box[2] - box[0]), (h - 2 * margin) / (box[3] - box[1]));
  x = w / 2 - ((box[0] + box[2]) / 2) * scale;
  y = h / 2 - ((box[1] + box[3]) / 2) * scale;
  draw();
}

export const fitCity = () => fit([left, top, left + width, top + height], 14);

/** Until the officer moves the map: show where the cars are, the farthest few left out. */
export function fitCars() {
  if (touched || !sheet.clientWidth) return;
  const places = [...cards()].map((card) => positionOf(card.dataset.plate)).filter(Boolean).map(plane);
  if (places.length < 3) { fitCity(); return; }
  const cut = Math.floor(places.length * 0.04);
  const [east, south] = [0, 1].map((axis) => places.map((place) => place[axis]).sort((a, b) => a - b).slice(cut, places.length - cut));
  const least = 700;
  const grow = (low, high) => [Math.min(low, (low + high - least) / 2), Math.max(high, (low + high + least) / 2)];
  const [[l, r], [t, b]] = [grow(east[0], east.at(-1)), grow(south[0], south.at(-1))];
  fit([l, t, r, b], 46);
}

export function zoom(factor, px = sheet.clientWidth / 2, py = sheet.clientHeight / 2) {
  touched = true;
  const next = Math.min(8, Math.max(0.015, scale * factor));
  x = px - ((px - x) / scale) * next;
  y = py - ((py - y) / scale) * next;
  scale = next;
  draw();
}

function pan(dx, dy) { touched = true; x += dx; y += dy; draw(); }

/** The map's width that no file lies over. */
function uncovered() {
  const box = sheet.getBoundingClientRect();
  const file = document.querySelector("#detail .file")?.getBoundingClientRect();
  return file && file.left > box.left ? Math.min(box.right, file.left) - box.left : box.width;
}

export function select(id) {
  chosen = id;
  const card = id && document.getElementById(`card-${id}`);
  const place = card && positionOf(card.dataset.plate);
  if (place && sheet.clientWidth) {
    const [px, py] = screen(plane(place));
    const [w, h] = [uncovered(), sheet.clientHeight];
    if (px < 30 || py < 30 || px > w - 110 || py > h - 30) { x += w / 2 - px; y += h / 2 - py; }
  }
  draw();
}

export function chooseDistrict(code) {
  for (const path of ground.children) path.toggleAttribute("data-chosen", path.dataset.code === code);
}

const fingers = new Map();
let moved = 0;
const centre = () => {
  const points = [...fingers.values()];
  const mean = (axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  return [mean(0), mean(1)];
};
const spread = () => { const [a, b] = [...fingers.values()]; return b ? Math.hypot(a[0] - b[0], a[1] - b[1]) : 0; };
const local = (event) => { const box = sheet.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };

sheet.addEventListener("pointerdown", (event) => { fingers.set(event.pointerId, local(event)); moved = 0; });
sheet.addEventListener("pointermove", (event) => {
  if (!fingers.has(event.pointerId)) return;
  const [cx, cy] = centre(), before = spread();
  fingers.set(event.pointerId, local(event));
  const [nx, ny] = centre(), after = spread();
  moved += Math.abs(nx - cx) + Math.abs(ny - cy);
  if (moved > 4 && !sheet.hasPointerCapture(event.pointerId)) sheet.setPointerCapture(event.pointerId);
  pan(nx - cx, ny - cy);
  if (before && after) zoom(after / before, nx, ny);
});
for (const end of ["pointerup", "pointercancel", "pointerleave"]) sheet.addEventListener(end, (event) => fingers.delete(event.pointerId));
sheet.addEventListener("wheel", (event) => { event.preventDefault(); zoom(Math.exp(-event.deltaY * 0.0016), ...local(event)); }, { passive: false });
sheet.addEventListener("click", (event) => { const mark = event.target.closest(".car"); if (mark && moved < 6) choose(mark.dataset.id); });
sheet.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
  if (step) { pan(...step); event.preventDefault(); }
  if (event.key === "+" || event.key === "=") zoom(1.4);
  if (event.key === "-") zoom(1 / 1.4);
  if (event.key === "0") fitCity();
});
document.querySelector(".zoom").addEventListener("click", (event) => {
  const wish = event.target.closest("button")?.dataset.zoom;
  if (wish === "all") { touched = true; fitCity(); } else if (wish) zoom(wish === "in" ? 1.5 : 1 / 1.5);
});
new ResizeObserver(() => { if (touched) draw(); else fitCars(); }).observe(sheet);

export const onChoose = (listener) => { choose = listener; };
