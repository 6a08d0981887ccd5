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

if (location.hash === "#now-review") document.querySelector("#reviewed button")?.focus();
