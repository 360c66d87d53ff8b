// Both lists. A card's HTML comes from the server; here it is only put where its plan says it stands now.
import { now, say, until, urgency } from "./clock.js";
import { ageOf, isOld } from "./positions.js";

const officer = document.body.dataset.officer;
const view = document.querySelector("main.desk");
const MOST = 400;
let chosen = null;

export const cards = () => document.querySelectorAll("#lists .card");
export const cardOf = (id) => document.getElementById(`card-${id}`);
export const district = () => document.getElementById("district").value;
export const holds = (element) => officer !== "" && element.dataset.holder === officer;

function standing(card) {
  const steps = card.dataset.plan.split(";").map((step) => step.split(" "));
  const moment = now();
  return steps.filter(([start]) => Number(start) <= moment).at(-1);
}

function place(card) {
  const [, list, order] = standing(card);
  const rows = document.querySelector(`#${list} ol`);
  card.dataset.list = list;
  card.dataset.order = order;
  let low = 0;
  const others = [...rows.children].filter((other) => other !== card);
  let high = others.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (others[middle].dataset.order <= order) low = middle + 1; else high = middle;
  }
  const next = others[low] ?? null;
  if (card.parentElement !== rows || card.nextElementSibling !== next) rows.insertBefore(card, next);
}

function prepare(card) {
  card.toggleAttribute("data-mine", holds(card));
  card.toggleAttribute("aria-current", card.dataset.id === chosen);
  tickCard(card);
}

/** Put a card in, or in the place of its older self. Returns it, or null where it is not for this page. */
export function put(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const card = template.content.querySelector(".card");
  const old = cardOf(card.dataset.id);
  if (old && Number(old.dataset.change) > Number(card.dataset.change)) return old;
  if (district() && card.dataset.district !== district()) { old?.remove(); count(); return null; }
  const focused = old?.contains(document.activeElement) ? document.activeElement.className : null;
  if (old) old.replaceWith(card); else card.classList.add("new");
  place(card);
  prepare(card);
  if (focused !== null) (card.querySelector(`.${focused.split(" ")[0] || "open"}`) ?? card).focus();
  count();
  return card;
}

export function drop(id) {
  const card = cardOf(id);
  if (!card) return false;
  const next = card.contains(document.activeElement) ? card.nextElementSibling ?? card.previousElementSibling : null;
  card.remove();
  next?.querySelector(".open")?.focus();
  count();
  return true;
}

export function choose(id) {
  if (chosen) cardOf(chosen)?.removeAttribute("aria-current");
  chosen = id;
  const card = id && cardOf(id);
  if (card) { card.setAttribute("aria-current", "true"); card.scrollIntoView({ block: "nearest" }); }
}

/** Count what is shown; what stands too far down to be shown is only hinted at. */
export function count() {
  for (const name of ["road", "desk"]) {
    const list = document.getElementById(name);
    const rows = list.querySelector("ol");
    while (rows.children.length > MOST && rows.lastElementChild.dataset.id !== chosen) {
      rows.lastElementChild.remove();
      list.toggleAttribute("data-cut", true);
    }
    say(document.getElementById(`count-${name}`), `${rows.children.length}${list.hasAttribute("data-cut") ? "+" : ""}`);
  }
}

function tickCard(card) {
  const left = card.querySelector("[data-until]");
  if (left) say(left, until(Number(left.dataset.until)));
  const level = card.dataset.list === "road" ? urgency(Number(card.dataset.arrival)) : "none";
  if (card.dataset.urgency !== level) card.dataset.urgency = level;
  tickPosition(card.querySelector("[data-position]"));
}

export function tickPosition(element) {
  say(element, ageOf(element.dataset.position));
  element.toggleAttribute("data-old", isOld(element.dataset.position));
}

/** Once a second: times, urgency, and cards whose plan moves them. */
export function tick() {
  for (const card of cards()) {
    const [, list, order] = standing(card);
    if (card.dataset.list !== list || card.dataset.order !== order) { place(card); count(); }
    tickCard(card);
  }
}

export function show(name) {
  view.dataset.view = name;
  for (const tab of document.querySelectorAll(".tabs [role=tab]")) {
    tab.setAttribute("aria-selected", String(tab.dataset.view === name));
    tab.tabIndex = tab.dataset.view === name ? 0 : -1;
  }
  window.dispatchEvent(new Event("resize"));
}

/** Fetch both lists anew. */
export async function reload() {
  const answer = await fetch(`/lists?district=${encodeURIComponent(district())}`);
  if (!answer.ok) return;
  document.getElementById("lists").innerHTML = await answer.text();
  view.dataset.change = answer.headers.get("x-change");
  start();
}

export function start() {
  cards().forEach(prepare);
  count();
}
