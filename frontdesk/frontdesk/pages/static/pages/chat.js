// The plain chat of the home page. Keeps everything in memory: closing the page forgets it.
"use strict";
(() => {
  const PATIENCE_MS = 8000; // the numbers are shown after this, whatever the server does
  const chat = document.getElementById("chat");
  const log = document.getElementById("log");
  const typing = document.getElementById("typing");
  const form = document.getElementById("form");
  const field = document.getElementById("text");
  const send = form.querySelector("button");
  const NUMBERS = "If a life may be in danger, call 911 now. For thoughts of suicide, call or text 988. " +
    `To talk to a person, call ${chat.dataset.helpline} at ${chat.dataset.number}.`;
  let session = null;
  let seen = null;
  let busy = false;

  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

  function show(className, title, text, buttons = []) {
    const entry = document.createElement("article");
    entry.className = className;
    const heading = document.createElement("h3");
    heading.textContent = title;
    const words = document.createElement("p");
    link(words, text);
    entry.append(heading, words);
    if (buttons.length) {
      const choices = document.createElement("div");
      choices.className = "choices";
      for (const { title: label, act } of buttons) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "second";
        button.textContent = label;
        button.addEventListener("click", act);
        choices.append(button);
      }
      entry.append(choices);
    }
    log.append(entry);
    log.scrollTop = log.scrollHeight;
    return entry;
  }

  // The numbers in a reply become links that call. The text itself is only ever text.
  function link(into, text) {
    const known = { 911: "tel:911", 988: "tel:988", [chat.dataset.number]: chat.dataset.tel };
    const pattern = new RegExp(`(?<![\\d-])(${Object.keys(known).join("|")})(?![\\d-])`);
    text.split(pattern).forEach((part, index) => {
      if (index % 2 === 0) return into.append(part);
      const anchor = document.createElement("a");
      anchor.href = known[part];
      anchor.textContent = part;
      into.append(anchor);
    });
  }

  async function post(path, body, signal) {
    const response = await fetch(path, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal,
      credentials: "omit", referrerPolicy: "no-referrer",
    });
    return { status: response.status, body: await response.json() };
  }

  async function ask(id, text, signal) {
    for (let again = false; ; again = true) {
      session ??= (await post("/chat/session", {}, signal)).body.session;
      const answer = await post("/chat/message", { session, id, text, seen }, signal);
      if (answer.status !== 401 || again) return answer;
      session = answer.body.session; // a new one is offered with the refusal
      seen = null;
    }
  }

  async function say(id, text) {
    busy = send.disabled = true;
    typing.textContent = "Writing…";
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
    try {
      const { status, body } = await ask(id, text, stop.signal);
      if (status !== 200 && typeof body.message !== "string") throw new Error("no answer");
      if (status !== 200) return failed(id, text, body.message);
      for (const reply of body.replies) {
        const buttons = reply.buttons.map(({ title, payload }) => ({ title, act: () => submit(payload) }));
        show(reply.kind, reply.kind === "emergency" ? "Emergency" : "Assistant", reply.text, buttons);
      }
      if (body.stored) seen = id;
      else offerAgain(id, text);
    } catch {
      failed(id, text, `There is no answer right now. ${NUMBERS}`);
    } finally {
      clearTimeout(timer);
      typing.textContent = "";
      busy = send.disabled = false;
    }
  }

  function failed(id, text, message) {
    show("failed", "Not answered", message);
    offerAgain(id, text);
  }

  function offerAgain(id, text) {
    const entry = show("again", "Your message", text.length > 200 ? `${text.slice(0, 200)}…` : text, [{
      title: "Send again", act: () => { if (!busy) { entry.remove(); say(id, text); } },
    }]);
  }

  function submit(text) {
    if (busy || !text.trim()) return false;
    show("mine", "You", text);
    say(newId(), text);
    return true;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (submit(field.value)) field.value = "";
    field.focus();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.hidden = false;
})();
