// <helpline-chat>: the chat on any website, in one file (docs/widget.md). The front desk serves it at /widget.js and puts
// its settings in the place of HELPLINE_SETTINGS: {url, name, number, tel, emergency, lifeline, days}.
"use strict";
((settings) => {
  // A second load changes nothing; a browser too old for this keeps the plain links inside the element.
  if (customElements.get("helpline-chat") || !("adoptedStyleSheets" in document) || !window.HTMLDialogElement) return;

  const SERVER = new URL(document.currentScript?.src || settings.url).origin;
  const NEUTRAL = "https://www.weather.gov/"; // where "Leave now" goes: nothing about it tells where somebody was
  const PATIENCE_MS = 7500; // the numbers and "Send again" are there within 8 s, whatever the server does
  const TYPING_AFTER_MS = 400; // a quick answer is not announced twice
  const TURN_MS = 1000;
  const SHIFTS = 3;
  const SHIFTS_WITHIN_MS = 5000;
  const LONGEST = 10000;
  const KEPT = "helpline-chat";
  const PHONE = matchMedia("(max-width: 40em), (max-height: 30em)");
  const TOUCH = matchMedia("(pointer: coarse)");
  const { name, number, tel, emergency, lifeline, days } = settings;

  // ---- Words ---------------------------------------------------------------------------------------------------------

  const NUMBERS = `If a life may be in danger, call ${emergency} now. For thoughts of suicide, call or text ${lifeline}. ` +
    `To talk to a person, call ${name} at ${number}: free and confidential, at any time of day.`;
  const NUMEROS = `Si hay una vida en peligro, llame ya al ${emergency}. Si piensa en el suicidio, llame al ${lifeline} y oprima 2, ` +
    `o envíe AYUDA al ${lifeline}. Para hablar con una persona, llame a ${name}, ${number}: gratis y confidencial, a cualquier hora.`;
  const WORDS = {
    en: {
      heading: "Ask our assistant",
      intro: "I’m an automated assistant, not a person, and not for emergencies. Ask me about opioids and muscle jerks, " +
        `or tell me what is going on. Staff may read this chat; it is kept ${days} days. Calls to the helpline are confidential.`,
      starters: ["What is myoclonus?", "Is it a sign of addiction?", "I want to talk to a person"],
      phones: "Help by phone, at any time",
      call: "Call ",
      text: "Text ",
      close: "Close the chat",
      leave: "Leave now",
      hint: "Shift three times: leave at once",
      shifts: (left) => `Shift: ${left} more to leave`,
      log: "Conversation",
      field: "Your message",
      send: "Send",
      you: "You:",
      assistant: "Assistant:",
      typing: "Writing",
      labels: { emergency: "Emergency", crisis: "You are not alone", safety: "No answer right now", failure: "No answer right now" },
      noAnswer: "There is no answer right now, and your message may not have arrived. You can send it again. " + NUMBERS,
      long: "Not sent, and nothing is lost: it is longer than 10,000 characters. Please send it in parts.",
      again: "Send again",
      forget: "Forget this chat",
      forgotten: "Forgotten in this browser.",
      source: "Source:",
    },
    es: {
      heading: "Pregunte a nuestro asistente",
      intro: "Soy un asistente automático, no una persona, y no sirvo para emergencias. Solo puedo responder en inglés. " +
        `El personal puede leer este chat y se guarda ${days} días. Las llamadas a la línea de ayuda son confidenciales. ` +
        `En español: llame al ${lifeline} y oprima 2.`,
      starters: ["Quiero hablar con una persona"],
      phones: "Ayuda por teléfono, a cualquier hora",
      call: "Llamar al ",
      text: "Mensaje al ",
      close: "Cerrar el chat",
      leave: "Salir ya",
      hint: "Mayús tres veces: salir de inmediato",
      shifts: (left) => `Mayús: ${left} más para salir`,
      log: "Conversación",
      field: "Su mensaje",
      send: "Enviar",
      you: "Usted:",
      assistant: "Asistente:",
      typing: "Escribiendo",
      labels: { emergency: "Emergencia", crisis: "No está a solas", safety: "Ahora no hay respuesta", failure: "Ahora no hay respuesta" },
      noAnswer: "Ahora no hay respuesta y es posible que su mensaje no haya llegado. Puede enviarlo otra vez. " + NUMEROS,
      // The front desk says these in English.
      refused: { rate: "Han sido muchos mensajes seguidos. Espere un momento y envíe este otra vez. " + NUMEROS },
      safety: "Ahora no puedo responder. " + NUMEROS,
      long: "No se ha enviado, y nada se ha perdido: son más de 10 000 caracteres. Envíelo por partes.",
      again: "Enviar otra vez",
      forget: "Olvidar este chat",
      forgotten: "Olvidado en este navegador.",
      source: "Fuente:",
    },
  };

  // ---- Looks ---------------------------------------------------------------------------------------------------------
  // em, not rem: the host may have changed what a rem is; `all: initial` gives the size that the person chose.

  const look = new CSSStyleSheet();
  look.replaceSync(`
    :host { all: unset !important; display: block !important; }
    :host([hidden]) { display: none !important; }
    .root { all: initial; direction: ltr; font: medium/1.5 system-ui, sans-serif; color: var(--ink); color-scheme: light; --top: initial; --high: initial;
      --ink: #1b2430; --soft: #4c5866; --ground: #fff; --card: #eef1f4; --line: #727d8a; --urgent: #a3161f; --link: var(--link-light); }
    @media (prefers-color-scheme: dark) { .root { color-scheme: dark;
      --ink: #eef1f4; --soft: #b6c0cb; --ground: #161b20; --card: #262d35; --line: #8b96a3; --urgent: #ffa8a3; --link: var(--link-dark); } }
    *, ::before, ::after { box-sizing: border-box; }
    [hidden] { display: none !important; }
    h2, p { margin: 0; font: inherit; }
    button, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
    button, .act { min-height: 2.75em; padding: .5em .9em; border: 1px solid var(--link); border-radius: .6em; background: var(--ground);
      color: var(--link); cursor: pointer; text-decoration: none; display: inline-flex; align-items: center; justify-content: center; }
    a { color: var(--link); text-underline-offset: .15em; }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    .vh, .phones [href^=tel] .verb { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }

    .launcher { position: fixed; z-index: 2147483646; bottom: 1em; right: 1em; gap: .6em; min-height: 3.25em; padding: .6em 1.2em; border-radius: 2em;
      font-weight: 600; color: var(--on); background: var(--accent); border: 2px solid var(--on); box-shadow: 0 .15em .9em #0006; }
    .launcher svg { width: 1.4em; height: 1.4em; fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; }
    .panel { position: fixed; z-index: 2147483647; inset: auto 1em 1em auto; width: 25em; max-width: calc(100vw - 2em); height: 46em;
      max-height: calc(100dvh - 2em); margin: 0; padding: 0; border: 1px solid var(--line); border-radius: 1em; overflow: auto; color: var(--ink);
      background: var(--ground); box-shadow: 0 .3em 2em #0005; overflow-wrap: anywhere; overscroll-behavior: contain; }
    .left .launcher { right: auto; left: 1em; }
    .left .panel { inset: auto auto 1em 1em; }
    dialog:not([open]) { display: none; }
    .panel { display: flex; flex-direction: column; container-type: size; scroll-padding-top: 8em; }
    .top { position: sticky; top: 0; z-index: 1; flex: none; background: var(--ground); }
    .inline .launcher { position: static; width: 100%; justify-content: center; box-shadow: none; }
    .inline .panel { position: static; width: auto; max-width: none; height: 33em; max-height: max(28em, 90dvh); box-shadow: none; }
    .inline .panel:not(:modal) .close { display: none; }
    dialog.panel:modal { inset: var(--top, 0) 0 auto 0; width: 100vw; max-width: none; height: var(--high, 100dvh); max-height: none; border: 0; border-radius: 0; }

    header { display: flex; flex-wrap: wrap; align-items: center; gap: .5em; padding: .5em .6em .5em 1em; background: var(--accent); color: var(--on); }
    header :focus-visible { outline-color: var(--on); }
    h2 { flex: 1 1 6em; font-weight: 600; font-size: 1.1em; line-height: 1.25; }
    header button { color: var(--on); background: var(--accent); border: 2px solid var(--on); font-weight: 600; white-space: nowrap; }
    header .close { border-color: transparent; min-width: 2.75em; padding: 0; }
    .close svg { width: 1.4em; height: 1.4em; stroke: currentColor; stroke-width: 2.4; stroke-linecap: round; }
    .choice { border-radius: 2em; }
    .phones { display: flex; flex-wrap: wrap; gap: .4em; padding: .5em .6em; border-bottom: 1px solid var(--line); }
    .verb { white-space: pre; }
    .phones a { flex: 1 1 auto; min-height: 2.6em; padding: .2em .6em; font-size: .9em; white-space: nowrap; }
    .urgent { color: var(--urgent); border-color: var(--urgent); font-weight: 600; }

    .log { position: relative; flex: 1 1 8em; min-height: 8em; overflow-y: auto; padding: .8em; overscroll-behavior: contain; }
    .log:focus-visible { outline-offset: -3px; }
    .entry { max-width: 92%; width: fit-content; margin-bottom: .8em; padding: .6em .85em; border: 1px solid transparent; border-radius: .9em .9em .9em .2em; background: var(--card); }
    .entry p { white-space: pre-wrap; }
    .entry a:not(.act) { white-space: nowrap; }
    .entry a.web { white-space: normal; }
    .intro { color: var(--soft); background: none; border-color: var(--line); font-size: .95em; }
    .me { margin-left: auto; border-radius: .9em .9em .2em .9em; color: var(--on); background: var(--accent); }
    .label { font-weight: 700; }
    .source { margin-top: .5em; padding-top: .4em; border-top: 1px solid var(--line); font-size: .875em; color: var(--soft); }
    .acts { display: flex; flex-wrap: wrap; gap: .5em; margin-top: .7em; }
    .crisis, .safety, .failure { width: 92%; border: 2px solid var(--link); background: var(--ground); }
    .safety, .failure { border-style: dashed; }
    .emergency { width: 100%; max-width: 100%; padding: 0; overflow: hidden; border: 3px solid #a3161f; border-radius: 0; background: var(--ground); font-size: 1.05em; }
    .emergency > * { margin: .6em .85em; }
    .emergency > .label { margin: 0; padding: .45em .85em; font-size: 1.1em; color: #fff; background: #a3161f; }
    .emergency .act { flex: 1 1 40%; min-height: 3.1em; font-weight: 700; color: #fff; background: #a3161f; border-color: #a3161f; }
    .emergency .act:first-child { flex-basis: 100%; font-size: 1.1em; }

    .status { justify-self: end; font-size: .9em; color: var(--soft); }
    .typing::after { content: "…"; }
    .long { grid-column: 1 / -1; justify-self: start; color: var(--urgent); font-weight: 600; }
    form { display: grid; grid-template-columns: 1fr auto; gap: .2em .5em; align-items: end; padding: .5em .8em 0; border-top: 1px solid var(--line); }
    label { font-size: .9em; font-weight: 600; }
    textarea { width: 100%; min-height: 3.6em; max-height: 9em; field-sizing: content; resize: none; padding: .45em .6em; border: 1px solid var(--line);
      border-radius: .6em; background: var(--ground); color: var(--ink); }
    .send { min-height: 3.6em; font-weight: 600; color: var(--on); background: var(--accent); border-color: var(--on); }
    footer { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 1em; padding: .3em .8em .5em; font-size: .85em; color: var(--soft); }
    .forget { min-height: 2.2em; padding: 0 .2em; border: 0; background: none; text-decoration: underline; }
    /* Zoomed in, or above a keyboard: the way out, the numbers and the field stay in sight. */
    @container (max-height: 30em) {
      header { padding-block: .25em; gap: .2em .5em; }
      .phones { padding-block: .25em; }
      .phones a { min-height: 2em; padding: 0 .5em; }
      .log { min-height: 5em; padding-block: .4em; }
      textarea, .send { min-height: 2.75em; }
    }
    @container (max-width: 16em) {
      header { padding-inline: .5em; }
      h2 { flex-basis: 100%; font-size: 1em; }
      header button { padding: .2em .4em; }
      .phones { gap: .3em; padding-inline: .3em; }
      .phones a { padding: 0 .3em; font-size: .85em; }
    }
    @media (pointer: coarse) { .hint { display: none; } }
    @media (forced-colors: active) { .entry { border-color: CanvasText; } .emergency { outline: 3px solid Highlight; outline-offset: -6px; } }
    @media (prefers-reduced-motion: no-preference) {
      .typing::after { display: inline-block; overflow: hidden; vertical-align: bottom; animation: typing 1.2s steps(4, jump-none) infinite; }
      @keyframes typing { from { width: 0; } to { width: 1em; } }
      dialog.panel[open] { animation: rise .18s ease-out; }
      @keyframes rise { from { opacity: 0; transform: translateY(.8em); } }
    }
  `);

  // ---- Colours: whatever the site asks for, WCAG AA holds (4.5 : 1) ----------------------------------------------------

  const DEFAULT_COLOR = [11, 92, 99];
  const BLACK = [0, 0, 0];
  const WHITE = [255, 255, 255];
  const CARDS = { light: [238, 241, 244], dark: [38, 45, 53] }; // --card: of the two grounds the harder one

  const linear = (value) => (value <= 10.31475 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const mix = (from, to, share) => from.map((value, index) => Math.round(value + (to[index] - value) * share));

  function contrast(one, other) {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }

  const blackOrWhite = (ground) => (contrast(ground, WHITE) >= contrast(ground, BLACK) ? WHITE : BLACK);

  /** The colour itself, or the nearest one that can be read on the ground; light on dark wants more than AA asks. */
  function readable(color, ground, least) {
    const end = blackOrWhite(ground);
    for (let share = 0; share < 1; share += 0.05) {
      const mixed = mix(color, end, share);
      if (contrast(mixed, ground) >= least) return mixed;
    }
    return end;
  }

  /** Any CSS colour as [r, g, b], worked out by the browser; what is none is the default. */
  function parsed(value, probe) {
    probe.style.color = "";
    probe.style.color = value;
    if (!value || !probe.style.color) return DEFAULT_COLOR;
    probe.style.color = `color-mix(in srgb, ${value}, ${value})`;
    const found = getComputedStyle(probe).color;
    const [r, g, b, alpha = 1] = (found.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
    const scale = found.startsWith("rgb") ? 1 : 255;
    if (![r, g, b].every(Number.isFinite) || !/^(rgb|color\(srgb)/.test(found)) return DEFAULT_COLOR;
    return mix(WHITE, [r, g, b].map((part) => Math.min(255, Math.max(0, part * scale))), alpha);
  }

  function tint(color) {
    const css = (rgb) => `rgb(${rgb.join()})`;
    return `.root { --accent: ${css(color)}; --on: ${css(blackOrWhite(color))};
      --link-light: ${css(readable(color, CARDS.light, 4.5))}; --link-dark: ${css(readable(color, CARDS.dark, 7))}; }`;
  }

  // ---- The talk: one for the page, however many elements show it --------------------------------------------------------

  /** crypto.randomUUID is for secure pages only; a plain http page gets as random an id. */
  const newId = () => crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  async function post(path, body, signal) {
    const response = await fetch(SERVER + path, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal,
      credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer",
    });
    return { status: response.status, body: await response.json() };
  }

  const isText = (value) => typeof value === "string";
  const isButton = (value) => isText(value?.title) && isText(value.payload);

  /** The replies of a proper answer; throws for nonsense. */
  function repliesOf(body) {
    const replies = body.replies.filter((reply) => isText(reply.text) && reply.text.trim());
    if (!replies.length) throw new TypeError("no reply");
    return replies.map(({ text, kind, buttons }) => ({
      from: "them", text, kind: isText(kind) ? kind : "answer", buttons: Array.isArray(buttons) ? buttons.filter(isButton) : [],
    }));
  }

  class Talk {
    views = new Set();
    waiting = new Set(); // ids of messages that are under way
    used = false; // the chat was opened on this page
    live = null; // the view that had the focus last
    #stops = new Set();
    #last = null; // what became of the message before

    constructor() {
      this.restore();
    }

    /** What the tab has kept, and nothing else: after Back this page may still hold what was forgotten on another. */
    restore() {
      this.#clear();
      try {
        const { entries, session, seen, draft, waiting } = JSON.parse(sessionStorage.getItem(KEPT));
        // The page was left before the answer came: the message can be sent again, with the id it had.
        const all = [...entries, ...waiting.map((id) => ({ from: "failure", id }))];
        if (all.every((entry) => isText(entry.from))) Object.assign(this, { entries: all, session, seen, draft: isText(draft) ? draft : "" });
      } catch { /* nothing kept, or storage is not allowed */ }
    }

    #clear() {
      for (const stop of this.#stops) stop.abort();
      this.#stops.clear();
      this.waiting.clear();
      Object.assign(this, { entries: [], session: null, seen: null, draft: "" });
    }

    keep() {
      const { entries, session, seen, draft, waiting } = this;
      try {
        sessionStorage.setItem(KEPT, JSON.stringify({ entries, session, seen, draft, waiting: [...waiting] }));
      } catch { /* the talk goes on without */ }
    }

    forget() {
      this.#clear();
      try {
        sessionStorage.removeItem(KEPT);
      } catch { /* nothing was kept */ }
    }

    changed() {
      this.keep();
      for (const view of this.views) view.update();
    }

    say(text) {
      const id = newId();
      this.entries.push({ from: "me", id, text });
      this.#send(id, text);
    }

    /** Sends a message that failed once more, under its own id: it never stands twice in the conversation. */
    again(failure) {
      this.entries = this.entries.filter((entry) => entry !== failure);
      this.#send(failure.id, this.textOf(failure.id));
    }

    textOf(id) {
      return this.entries.find((entry) => entry.from === "me" && entry.id === id)?.text;
    }

    async #send(id, text) {
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
      this.#stops.add(stop);
      this.waiting.add(id);
      this.changed();
      const before = this.#last;
      const late = new Promise((_, fail) => stop.signal.addEventListener("abort", fail));
      // Not each step has this message's time: the session may be waited for together with another message.
      const answer = Promise.race([late, this.#answer(id, text, stop.signal, before)]).catch(() => [{ from: "failure", id }]);
      this.#last = answer;
      const come = await answer;
      clearTimeout(timer);
      if (!this.#stops.delete(stop)) return; // forgotten, or restored, meanwhile
      this.waiting.delete(id);
      this.entries.push(...come);
      this.changed();
    }

    async #answer(id, text, signal, before) {
      const seen = this.seen;
      // In the order they were written; but one that hangs does not hold up the next.
      await Promise.race([before, new Promise((go) => setTimeout(go, TURN_MS))]);
      const { status, body } = await this.#ask({ id, text, seen }, signal);
      if (status !== 200) return [{ from: "failure", id, code: body.error, text: isText(body.message) ? body.message : null }];
      const replies = repliesOf(body);
      if (!body.stored) return [{ from: "failure", id, text: replies.map((reply) => reply.text).join("\n") }];
      this.seen = id;
      return replies.map((reply) => ({ ...reply, id }));
    }

    async #ask(message, signal) {
      for (let again = false; ; again = true) {
        const refused = this.session ? null : await this.#open();
        if (refused) return refused;
        const session = this.session;
        signal.throwIfAborted();
        this.keep(); // sent again after a reload, it has to reach this conversation and no other
        const answer = await post("/chat/message", { session, ...message }, signal);
        if (answer.status !== 401 || again) return answer;
        // Expired or foreign: a new one comes with the refusal. Another message may have taken one already.
        if (this.session === session) {
          this.session = isText(answer.body.session) ? answer.body.session : null;
          this.seen = message.seen = null;
        }
      }
    }

    /** Opens a session, one for all messages that wait for it; returns the refusal if there is one. */
    #open() {
      this.opening ??= post("/chat/session", {}, AbortSignal.timeout(PATIENCE_MS)).then((answer) => {
        if (answer.status !== 200) return answer;
        if (!isText(answer.body.session)) throw new TypeError("no session");
        this.session = answer.body.session;
        return null;
      }).finally(() => { this.opening = null; });
      return this.opening;
    }
  }

  const talk = new Talk();

  // ---- Leaving ---------------------------------------------------------------------------------------------------------

  /** Blank at once; this page's place in the history is taken by the neutral one, which is not told where it came from. */
  function leave() {
    talk.forget();
    const silent = document.createElement("meta");
    silent.name = "referrer";
    silent.content = "no-referrer";
    const head = document.createElement("head");
    head.append(silent);
    document.documentElement.replaceChildren(head);
    addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true); // the site may not ask "really?"
    location.replace(NEUTRAL);
  }

  /** Shift alone, three times within five seconds; a capital letter is no such press. */
  function watchShift() {
    let alone = false;
    let presses = [];
    document.addEventListener("keydown", (event) => {
      alone = event.key === "Shift" && (alone || !event.repeat);
      if (!alone) presses = [];
    }, true);
    document.addEventListener("keyup", (event) => {
      if (event.key !== "Shift" || !alone || !(talk.used || talk.entries.length)) return;
      alone = false;
      const now = Date.now();
      presses = [...presses.filter((press) => now - press < SHIFTS_WITHIN_MS), now];
      if (presses.length >= SHIFTS) return leave();
      for (const view of talk.views) view.tell(view.words.shifts(SHIFTS - presses.length));
    }, true);
  }

  // ---- The element -----------------------------------------------------------------------------------------------------

  /** An element with properties (or attributes, where there is no such property) and children; never from markup. */
  function h(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element) element[key] = value;
      else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }

  function icon(path) {
    const make = (tag) => document.createElementNS("http://www.w3.org/2000/svg", tag);
    const [svg, line] = [make("svg"), make("path")];
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }

  const BUBBLE = "M4 4h16v12H11l-5 4.5V16H4z";
  const CROSS = "M6 6l12 12M18 6L6 18";
  const DIALLED = /^(tel|sms):\+?\d+$/;
  const CALLS = { [emergency]: `tel:${emergency}`, [lifeline]: `tel:${lifeline}`, [number]: tel };
  const LINKS = new RegExp(`(?<![\\w-])(${Object.keys(CALLS).join("|")})(?![\\w-])|(https://[^\\s<>"]*[^\\s<>".,;:!?)])`);
  const SOURCE = /^([^]*?)(?:\s+Source(?: \d+)?: ([^:]+))?$/;

  /** The text, with its numbers as links that call and its addresses as links that open. */
  function linked(text) {
    const parts = [];
    for (let found; (found = LINKS.exec(text)); text = text.slice(found.index + found[0].length)) {
      const [whole, , address] = found;
      const web = { href: whole, className: "web", target: "_blank", rel: "noopener noreferrer nofollow" };
      parts.push(text.slice(0, found.index), h("a", { ...(address ? web : { href: CALLS[whole] }), textContent: whole }));
    }
    return [...parts, text];
  }

  const act = (href, title, verb = "") => h("a", { className: "act", href }, h("span", { className: "verb", textContent: verb }), title);

  class HelplineChat extends HTMLElement {
    static observedAttributes = ["color", "heading", "lang", "position"];
    #sheet = new CSSStyleSheet();
    #screen = new CSSStyleSheet();
    #nodes = new Map(); // entry: its element in the log
    #ends = null;
    #later = 0;

    constructor() {
      super();
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [look, this.#sheet, this.#screen];
    }

    connectedCallback() {
      this.#ends = new AbortController();
      const { signal } = this.#ends;
      PHONE.addEventListener("change", () => this.#place(), { signal });
      for (const event of ["resize", "scroll"]) window.visualViewport?.addEventListener(event, () => this.#fit(), { signal });
      window.addEventListener("pageshow", (event) => event.persisted && this.#restore(), { signal });
      talk.views.add(this);
      this.#draw();
    }

    disconnectedCallback() {
      this.#ends.abort();
      talk.views.delete(this);
    }

    attributeChangedCallback(attribute) {
      if (!this.#ends || !this.isConnected) return;
      if (attribute === "color") this.#tint();
      else this.#draw();
    }

    // -- drawing

    #draw() {
      const wasOpen = this.panel?.open;
      const focused = this.shadowRoot.activeElement;
      const language = this.closest("[lang]")?.lang.toLowerCase().startsWith("es") ? "es" : "en";
      this.words = WORDS[language];
      this.inline = this.getAttribute("position") === "inline";
      this.#nodes.clear();
      this.panel = this.#panel();
      this.launcher = h("button", { type: "button", className: "launcher", "aria-haspopup": "dialog", onclick: () => this.#open() },
        icon(BUBBLE), this.#heading());
      this.probe = h("span", { hidden: true });
      const side = this.inline ? "inline" : this.getAttribute("position") === "left" ? "left" : "right";
      const root = h("div", { className: `root ${side}`, lang: language }, this.probe, this.launcher, this.panel);
      this.links = this.#links();
      this.shadowRoot.replaceChildren(this.links, root);
      this.#tint();
      this.#speak();
      this.update();
      this.#place(wasOpen && !this.#standing());
      this.log.scrollTop = this.log.scrollHeight;
      if (!focused) return;
      if (this.panel.open) this.#begin();
      else this.launcher.focus();
    }

    #tint() {
      this.#sheet.replaceSync(tint(parsed(this.getAttribute("color"), this.probe)));
    }

    /** In the flow of a wide page the panel is always there; on a phone it opens from a button like any other. */
    #standing() {
      return this.inline && !PHONE.matches;
    }

    #heading() {
      return this.getAttribute("heading")?.trim() || this.words.heading;
    }

    #phones() {
      const { call, text } = this.words;
      const links = [act(`tel:${emergency}`, emergency, call), act(`tel:${lifeline}`, lifeline, call), act(`sms:${lifeline}`, lifeline, text), act(tel, number, call)];
      links[0].classList.add("urgent");
      return links;
    }

    /** The page's own links; where the element is empty, these. */
    #links() {
      return h("slot", {}, ...this.#phones().flatMap((link) => [h("a", { href: link.href, textContent: link.textContent }), " "]));
    }

    #panel() {
      const words = this.words;
      this.top = h("h2", { id: "title", tabIndex: -1, textContent: this.#heading() });
      this.log = h("div", { className: "log", role: "log", tabIndex: 0, "aria-label": words.log }, this.#intro());
      this.status = h("p", { className: "status", role: "status" });
      const close = h("button", { type: "button", className: "close", "aria-label": words.close, onclick: () => this.panel.close() }, icon(CROSS));
      const panel = h("dialog", { className: "panel", "aria-labelledby": "title" },
        h("div", { className: "top" },
          h("header", {}, this.top, h("button", { type: "button", className: "leave", textContent: words.leave, onclick: leave }), close),
          h("nav", { className: "phones", "aria-label": words.phones }, ...this.#phones())),
        this.log, this.#form(),
        h("footer", {}, h("span", { className: "hint", textContent: words.hint }),
          h("button", { type: "button", className: "forget", textContent: words.forget, onclick: () => this.#forget() })));
      panel.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && !event.isComposing && !this.#standing()) panel.close();
      });
      // What is typed here is not for the site's shortcuts.
      for (const event of ["keydown", "keypress", "keyup"]) panel.addEventListener(event, (pressed) => pressed.stopPropagation());
      panel.addEventListener("close", () => this.#closed());
      panel.addEventListener("focusin", () => {
        talk.used = true;
        talk.live = this;
        for (const view of talk.views) view.#speak();
      });
      return panel;
    }

    #form() {
      const words = this.words;
      this.field = h("textarea", { id: "field", rows: 2, autocomplete: "off", enterKeyHint: "send", value: talk.draft });
      this.field.addEventListener("input", () => {
        talk.draft = this.field.value;
        talk.keep();
        for (const view of talk.views) if (view !== this) view.field.value = talk.draft;
        if (this.status.matches(".long")) this.#showTyping();
      });
      this.field.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.#submit();
      });
      const form = h("form", { noValidate: true }, h("label", { htmlFor: "field", textContent: words.field }), this.status, this.field,
        h("button", { className: "send", textContent: words.send }));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.#submit();
        this.field.focus();
      });
      return form;
    }

    #intro() {
      const { intro, starters } = this.words;
      return h("div", { className: "entry intro" }, h("p", {}, ...linked(intro)),
        h("div", { className: "acts" }, ...starters.map((title) => this.#choice({ title, payload: title }))));
    }

    // -- what the person does

    #open() {
      this.#place(true);
      this.log.scrollTop = this.log.scrollHeight;
      this.#begin();
    }

    /** Where writing begins; on a phone the keyboard would cover what is there to be read first. */
    #begin() {
      (PHONE.matches || TOUCH.matches ? this.top : this.field).focus();
    }

    /** Over everything on a phone, beside the page elsewhere; again when the screen was turned or zoomed. */
    #place(open = this.panel.open && (!this.inline || this.panel.contains(this.shadowRoot.activeElement))) {
      const focused = this.shadowRoot.activeElement;
      this.panel.close();
      this.launcher.hidden = open || this.#standing();
      this.links.hidden = this.#standing(); // the panel has its own
      this.#fit();
      if (open && PHONE.matches) this.panel.showModal();
      else this.panel.open = open || this.#standing(); // show() would take the focus from the page
      focused?.focus();
    }

    /** On a phone: only as high as what the keyboard leaves. Somebody who has zoomed in is left alone. */
    #fit() {
      const { height, offsetTop, scale } = window.visualViewport ?? {};
      if (scale === 1) this.#screen.replaceSync(`.root { --high: ${height}px; --top: ${offsetTop}px; }`);
    }

    #closed() {
      if (this.panel.open || !this.launcher.hidden) return; // it only changed its place
      this.launcher.hidden = false;
      this.launcher.focus();
    }

    #submit() {
      const text = this.field.value;
      if (!text.trim()) return;
      if ([...text].length > LONGEST) return this.tell(this.words.long, "long");
      talk.draft = this.field.value = "";
      talk.say(text);
    }

    #restore() {
      talk.restore();
      for (const view of talk.views) view.#draw();
    }

    #forget() {
      talk.forget();
      for (const view of talk.views) view.#draw();
      this.tell(this.words.forgotten);
      this.#begin();
    }

    /** Of several views only one speaks, or a screen reader says everything twice. */
    #speak() {
      const live = talk.live?.isConnected && talk.live !== this ? "off" : "polite";
      for (const region of [this.log, this.status]) region.setAttribute("aria-live", live);
    }

    // -- what comes

    /** A short word to everybody, a screen reader's user too. */
    tell(words, className = "") {
      clearTimeout(this.#later);
      this.status.className = `status ${className}`;
      this.status.textContent = words;
      if (!className) this.#later = setTimeout(() => { this.status.textContent = ""; }, SHIFTS_WITHIN_MS);
    }

    /** Brings the log up to date. Elements stay what they are, so that each reply is announced once. */
    update() {
      const within = this.log.contains(this.shadowRoot.activeElement) && this.shadowRoot.activeElement !== this.log;
      for (const [entry, node] of this.#nodes) {
        if (talk.entries.includes(entry)) continue;
        node.remove();
        this.#nodes.delete(entry);
      }
      const come = talk.entries.filter((entry) => !this.#nodes.has(entry));
      for (const entry of come) this.#nodes.set(entry, this.#entry(entry));
      this.#dropChoices();
      this.log.append(...come.map((entry) => this.#nodes.get(entry)));
      if (come.length) this.log.scrollTop = this.#nodes.get(come[0]).offsetTop - 12;
      if (within && !this.log.contains(this.shadowRoot.activeElement)) (TOUCH.matches ? this.log : this.field).focus();
      if (this.field.value !== talk.draft) this.field.value = talk.draft;
      this.#showTyping();
    }

    /** A choice is for the moment it was given in: "Yes, I am" must not stay under a later question. */
    #dropChoices() {
      const last = talk.entries.findLastIndex((entry) => entry.from === "me");
      const past = [...talk.entries.slice(0, last).map((entry) => this.#nodes.get(entry)), ...(last < 0 ? [] : [this.log.firstChild])];
      for (const node of past) for (const button of node.querySelectorAll(".choice")) button.remove();
    }

    #showTyping() {
      if (!talk.waiting.size) return this.tell("");
      clearTimeout(this.#later);
      this.#later = setTimeout(() => talk.waiting.size && this.tell(this.words.typing, "typing"), TYPING_AFTER_MS);
    }

    #entry(entry) {
      const { from, text, kind = from } = entry;
      const words = this.words;
      if (from === "me") return h("div", { className: "entry me" }, h("span", { className: "vh", textContent: `${words.you} ` }), h("p", { textContent: text }));
      const own = this.#own(entry);
      const [, body, source] = SOURCE.exec(own ?? text);
      const label = words.labels[kind];
      const node = h("div", { className: `entry ${/^[a-z]+$/.test(kind) ? kind : ""}` },
        label ? h("p", { className: "label", textContent: label }) : h("span", { className: "vh", textContent: `${words.assistant} ` }),
        h("p", own ? {} : { lang: languageOf(text) }, ...linked(body)));
      if (source) node.append(h("p", { className: "source" }, `${words.source} `, h("span", { lang: languageOf(text), textContent: source })));
      const acts = h("div", { className: "acts" }, ...this.#acts(entry, kind));
      if (kind === "emergency") node.firstChild.after(acts); // nothing to read first
      else if (acts.firstChild) node.append(acts);
      return node;
    }

    /** Our own words in place of the server's, which writes its refusals and its safety reply in English only. */
    #own({ from, text, kind, code }) {
      const { refused, safety, noAnswer } = this.words;
      if (from === "failure") return refused ? refused[code] ?? noAnswer : text ?? noAnswer;
      return kind === "safety" ? safety : undefined;
    }

    #acts(entry, kind) {
      const calls = (entry.buttons ?? []).filter(({ payload }) => DIALLED.test(payload)).map(({ title, payload }) => act(payload, title));
      const choices = (entry.buttons ?? []).filter(({ payload }) => !/^(tel|sms):/.test(payload)).map((button) => this.#choice(button));
      for (const button of [...calls, ...choices]) button.lang = languageOf(entry.text);
      if (kind === "handoff") calls.push(act(tel, number, this.words.call));
      if (["safety", "failure"].includes(kind) || (kind === "emergency" && !calls.length)) calls.push(...this.#phones());
      if (entry.from === "failure") choices.push(this.#again(() => talk.again(entry)));
      // This one was received and answered, if only with the numbers: asking again is a new message.
      else if (kind === "safety") choices.push(this.#choice({ title: this.words.again, payload: talk.textOf(entry.id) ?? "" }));
      return [...choices, ...calls];
    }

    #again(onclick) {
      return h("button", { type: "button", className: "again", textContent: this.words.again, onclick });
    }

    #choice({ title, payload }) {
      return h("button", { type: "button", className: "choice", textContent: title, onclick: () => payload && talk.say(payload) });
    }
  }

  /** The assistant writes English, and one reply in Spanish; no English one has these letters. */
  const languageOf = (text) => (/[áéíóúñ¿¡]/i.test(text) ? "es" : "en");

  watchShift();
  customElements.define("helpline-chat", HelplineChat);
})(HELPLINE_SETTINGS);
