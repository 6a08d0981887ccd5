// The keys of the desk. Everything they do is a link or a button of the page too.
"use strict";

// Keys typed into a field, or with a modifier, are somebody else's.
const elsewhere = (event) => event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea");

const rows = () => [...document.querySelectorAll("#rows a.open")];

function step(by) {
  const all = rows();
  const at = all.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
  all[next]?.focus();
}

const follow = (id) => document.getElementById(id)?.click();

const KEYS = {
  list: {
    j: () => step(1),
    k: () => step(-1),
    r: () => {
      if (rows().includes(document.activeElement)) location.assign(`${document.activeElement.href}#now-review`);
    },
  },
  conversation: {
    j: () => follow("next"),
    k: () => follow("previous"),
    u: () => follow("back"),
    r: () => document.getElementById("reviewed")?.requestSubmit(),
  },
};

document.addEventListener("keydown", (event) => {
  const act = KEYS[document.body.dataset.page]?.[event.key];
  if (!act || elsewhere(event) || event.repeat && event.key === "r") return;
  event.preventDefault();
  act();
});

// The list renews itself under the hands of whoever reads it: the row that had the focus keeps it.
let held = "";
document.addEventListener("htmx:beforeSwap", () => {
  held = document.activeElement?.closest("#rows tr")?.id ?? "";
});
document.addEventListener("htmx:afterSwap", () => {
  if (held) document.getElementById(held)?.querySelector("a.open").focus({preventScroll: true});
});

// A list that is no longer renewed must not look like one in which nothing happens.
let renewedAt = new Date();
let lost = false;
document.addEventListener("htmx:afterRequest", (event) => {
  const answered = Boolean(event.detail.successful); // nothing at all where nobody could be reached
  if (answered) renewedAt = new Date();
  if (lost !== answered) return;
  lost = !answered;
  const at = renewedAt.toISOString().slice(11, 19);
  document.getElementById("news").textContent = lost ? `The front desk does not answer. This is the list of ${at} UTC.` : "";
});

// The server sees no keys and no clicks within a page, so they are told to it. And where nobody has been for so many
// minutes, the words leave the screen once the session has ended.
const {idle, here} = document.body.dataset;
const MINUTE_MS = 60_000;
const LOOK_EVERY_MS = 15_000;
let active = Date.now();
let told = active;
let leaving = false;

function act() {
  active = Date.now();
  if (active - told < MINUTE_MS) return;
  told = active;
  fetch(here).catch(() => {});
}

async function look() {
  if (Date.now() - active < idle * MINUTE_MS) return;
  const answer = await fetch(here, {headers: {"X-By-Itself": "1"}, redirect: "manual"}).catch(() => null);
  const back = encodeURIComponent(location.pathname + location.search);
  if (answer?.type !== "opaqueredirect" || leaving) return;
  leaving = true; // a second time would break off the first
  location.replace(`/desk/login?next=${back}`);
}

if (idle) {
  for (const sign of ["keydown", "pointerdown"]) document.addEventListener(sign, act, {capture: true, passive: true});
  setInterval(look, LOOK_EVERY_MS);
}

if (location.hash === "#now-review") document.querySelector("#reviewed button")?.focus();
