// The page's clock runs on the server's time and is shown in Shanghai's, wherever the officer's device is.
const words = JSON.parse(document.body.dataset.words);
let ahead = Number(document.body.dataset.now) - Date.now();

export const word = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
export const now = () => Date.now() + ahead;
export const setClock = (server) => { ahead = server - Date.now(); };

const form = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", hour12: false, ...options });
const time = form({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = form({ year: "numeric", month: "2-digit", day: "2-digit" });

export function clockTime(at) {
  if (!at) return "—";
  const shown = time.format(at);
  if (day.format(at) === day.format(now())) return shown;
  const [d, m] = day.format(at).split("/");
  return `${m}-${d} ${shown}`;
}

function span(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return word("seconds", { n: seconds });
  if (seconds < 3600) return word("minutes", { n: Math.floor(seconds / 60) });
  if (seconds < 48 * 3600) return word("hours", { n: Math.floor(seconds / 3600) });
  return word("days", { n: Math.floor(seconds / 86400) });
}

export const ago = (at) => word("ago", { t: span(now() - at) });

export function until(at) {
  const left = at - now();
  if (left > 0 && left < 30_000) return word("now");
  return left > 0 ? word("until", { t: span(Math.ceil(left / 60_000) * 60_000) }) : word("overdue", { t: span(-left) });
}

export const urgency = (at) => {
  if (!at) return "none";
  const left = at - now();
  return left < 5 * 60_000 ? "now" : left < 15 * 60_000 ? "soon" : "later";
};

export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
