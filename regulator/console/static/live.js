// The live stream and how fresh it is. A page that hears nothing says so, loudly: silence is not peace.
import { clockTime, setClock, word } from "./clock.js";

const DEAF_AFTER = 6000;
const light = document.getElementById("light");
let source = null, heard = Date.now(), opened = false, change = null;

function state(name) {
  if (light.dataset.state !== name) { light.dataset.state = name; light.textContent = word(name); }
  document.body.classList.toggle("cut-off", name === "broken");
  warn("broken", name === "broken");
}

function warn(name, wanted, text) {
  const line = document.querySelector(`[data-warning="${name}"]`);
  if (text && line.textContent !== text) line.textContent = text;
  line.hidden = !wanted;
}

function fresh(name, at, late) {
  const place = document.querySelector(`[data-fresh="${name}"]`);
  if (!place) return;
  place.textContent = clockTime(at);
  place.closest("dd").toggleAttribute("data-late", late);
}

function late(name, behind, at) {
  const line = document.querySelector(`[data-warning="${name}"]`);
  warn(name, behind, at ? line.dataset.some.replace("{at}", clockTime(at)) : line.dataset.none);
  fresh(name, at, behind);
}

function pulse(told) {
  setClock(told.now);
  warn("database", !told.database);
  document.body.classList.toggle("blind", !told.database);
  if (!told.database) return;
  late("feed", told.feed_silent, told.feed);
  for (const [kind, mark] of Object.entries(told.register)) late(kind, mark.behind, mark.to);
}

/** Follow the stream from a change on. Returns how to follow it anew from another one. */
export function listen({ after, onCard, onPositions, onReload }) {
  change = after;
  const hear = (handle) => (event) => {
    heard = Date.now();
    opened = true;
    state("live");
    if (event.lastEventId) change = event.lastEventId;
    handle(JSON.parse(event.data));
  };
  const open = () => {
    source?.close();
    source = new EventSource(`/api/live?after=${change}`);
    source.addEventListener("card", hear(onCard));
    source.addEventListener("positions", hear(onPositions));
    source.addEventListener("pulse", hear(pulse));
    source.addEventListener("reload", hear(onReload));
    source.onerror = () => { if (opened) state("broken"); };
  };
  open();
  setInterval(() => {
    const deaf = Date.now() - heard > DEAF_AFTER;
    if (deaf) state("broken");
    if (deaf && (source.readyState === EventSource.CLOSED || Date.now() - heard > 3 * DEAF_AFTER)) { heard = Date.now() - DEAF_AFTER; open(); }
  }, 1000);
  window.addEventListener("pagehide", () => source.close());
  window.addEventListener("pageshow", (event) => { if (event.persisted) open(); });
  return (newest) => { change = newest; open(); };
}
