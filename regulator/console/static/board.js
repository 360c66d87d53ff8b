// The board: what happens on the live stream and under the officer's hands.
import { say, until, word } from "./clock.js";
import { listen } from "./live.js";
import * as lists from "./lists.js";
import * as map from "./map.js";
import { learn } from "./positions.js";

const main = document.querySelector("main.desk");
const detail = document.getElementById("detail");
const nothing = detail.innerHTML;
let chosen = null, asked = 0;

function notice(text) {
  const line = document.createElement("p");
  const close = document.createElement("button");
  line.textContent = text;
  close.textContent = "✕";
  close.addEventListener("click", () => line.remove());
  line.append(close);
  const box = document.getElementById("notices");
  box.append(line);
  while (box.children.length > 4) box.firstElementChild.remove();
  setTimeout(() => line.remove(), 20_000);
}

async function open(id, { remember = true } = {}) {
  const mine = ++asked;
  const answer = await fetch(`/cards/${id}`).catch(() => null);
  if (mine !== asked) return;
  if (!answer?.ok) { notice(word(answer?.status === 404 ? "not_open" : "failed")); if (answer?.status === 404) close({ remember }); return; }
  const again = chosen === id;
  const [top, closing] = [detail.scrollTop, document.getElementById("closing")?.value];
  chosen = id;
  detail.innerHTML = await answer.text();
  const file = detail.querySelector(".file");
  file.toggleAttribute("data-mine", lists.holds(file));
  if (again) { detail.scrollTop = top; if (closing) document.getElementById("closing").value = closing; }
  lists.choose(id);
  map.select(id);
  tickDetail();
  if (!again && remember) history.pushState({ card: id }, "", `/?card=${id}`);
  if (!again) detail.querySelector("h2").focus({ preventScroll: true });
}

function close({ remember = true } = {}) {
  const was = chosen;
  asked += 1;
  chosen = null;
  detail.innerHTML = nothing;
  lists.choose(null);
  map.select(null);
  if (was && remember) history.pushState({}, "", "/");
  if (was) lists.cardOf(was)?.querySelector(".open").focus({ preventScroll: true });
}

async function act(id, name, on) {
  if (!document.body.dataset.officer) {
    document.querySelector(".who").open = true;
    document.querySelector(".who input").focus();
    return;
  }
  const wish = { method: "POST", headers: { "x-regulator-console": "1", "content-type": "application/json" } };
  if (name === "close") wish.body = JSON.stringify({ as: document.getElementById("closing").value });
  if (name === "rule") wish.body = JSON.stringify({ as: on.dataset.as });
  const where = name === "rule" ? `findings/${on.dataset.finding}/ruling` : `alerts/${id}/${name}`;
  const answer = await fetch(`/api/v1/${where}`, wish).catch(() => null);
  const told = await answer?.json().catch(() => null);
  if (!answer?.ok) notice(told?.message || word("failed"));
}

function tickDetail() {
  detail.querySelectorAll("[data-until]").forEach((left) => say(left, until(Number(left.dataset.until))));
  detail.querySelectorAll("[data-position]").forEach(lists.tickPosition);
}

function heardCard(told) {
  if (told.gone) {
    const shown = lists.drop(told.id);
    if (shown || told.id === chosen) notice(told.why);
    if (told.id === chosen) close();
  } else {
    const card = lists.put(told.html);
    if (card?.classList.contains("new")) say(document.getElementById("announce"), word("new", { plate: card.querySelector(".plate").textContent }));
    if (told.id === chosen) open(told.id);
  }
  map.draw();
}

let first = true;
function heardPositions(points) {
  learn(points);
  if (first && points.length) { first = false; map.fitCars(); if (chosen) map.select(chosen); }
  map.draw();
}

let follow = () => {};
async function reload() {
  await lists.reload();
  follow(main.dataset.change); // what was told while the lists were on their way is told again
  map.draw();
  if (chosen) open(chosen);
}

document.getElementById("lists").addEventListener("click", (event) => {
  const card = event.target.closest(".card");
  if (!card || event.ctrlKey || event.metaKey) return;
  if (event.target.closest("[data-act=claim]")) act(card.dataset.id, "claim");
  else if (event.target.closest(".open")) { event.preventDefault(); open(card.dataset.id); }
});
detail.addEventListener("click", (event) => {
  const on = event.target.closest("[data-act]"), wish = on?.dataset.act;
  if (wish === "back") { if (history.state?.card) history.back(); else close(); }
  else if (wish === "map") { const id = chosen; lists.show("map"); close(); map.select(id); }
  else if (wish) act(chosen, wish, on);
});
document.querySelector(".tabs").addEventListener("click", (event) => {
  const tab = event.target.closest("[role=tab]");
  if (tab) lists.show(tab.dataset.view);
});
document.getElementById("district").addEventListener("change", async () => {
  localStorage.setItem("district", lists.district());
  map.chooseDistrict(lists.district());
  await reload();
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    const who = document.querySelector(".who[open]");
    if (who) { who.open = false; who.querySelector("summary").focus(); } else if (chosen) close();
    return;
  }
  const tab = event.target.closest?.("[role=tab]");
  if (tab && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
    const tabs = [...document.querySelectorAll("[role=tab]")].filter((one) => one.offsetParent);
    const next = tabs.at((tabs.indexOf(tab) + (event.key === "ArrowRight" ? 1 : -1)) % tabs.length);
    lists.show(next.dataset.view);
    next.focus();
    return;
  }
  const card = event.target.closest?.("#lists .card");
  if (!card) return;
  const next = { ArrowDown: card.nextElementSibling, j: card.nextElementSibling, ArrowUp: card.previousElementSibling, k: card.previousElementSibling }[event.key];
  if (next) { event.preventDefault(); next.querySelector(".open").focus(); }
  if (event.key === "c" && !event.target.closest("button")) act(card.dataset.id, "claim");
});
window.addEventListener("popstate", (event) => (event.state?.card ? open(event.state.card, { remember: false }) : close({ remember: false })));

map.onChoose(open);
const remembered = localStorage.getItem("district") ?? "";
const select = document.getElementById("district");
if (remembered && [...select.options].some((option) => option.value === remembered) && select.value !== remembered) {
  select.value = remembered;
  map.chooseDistrict(remembered);
  await lists.reload();
}
lists.start();
map.fitCity();
follow = listen({ after: main.dataset.change, onCard: heardCard, onPositions: heardPositions, onReload: reload });
setInterval(() => { lists.tick(); tickDetail(); map.draw(); }, 1000);
const linked = new URLSearchParams(location.search).get("card");
if (linked) { history.replaceState({ card: linked }, ""); open(linked, { remember: false }); }
