// Search and filters of the library page. The list in the page is all it knows; it hides what is
// not looked for, and asks nobody anything.
(() => {
  "use strict";
  const form = document.getElementById("find");
  const count = document.getElementById("count");
  const more = document.getElementById("more");
  const clear = document.getElementById("clear");
  const STORE = "handouts.library";
  const KEPT = ["for", "lang", "format", "paper", "clinic"]; // not the search: others may use this computer
  const NAMES = ["q", ...KEPT];

  // Accents, vowel signs and case do not matter, in any script.
  const plain = (text) =>
    text.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "").toLowerCase().replace(/ß/g, "ss");

  const shelves = [...document.querySelectorAll(".shelf")].map((element) => ({ element, shown: 0 }));
  const cards = shelves.flatMap((shelf) =>
    [...shelf.element.querySelectorAll(".card")].map((element) => ({
      element,
      shelf,
      room: element.closest("section").id,
      lang: element.querySelector("h4").lang || "en",
      clinic: element.dataset.c || "",
      words: plain([...element.querySelectorAll("h4, h4 + p:not(.state)")].map((e) => e.textContent).join(" ") +
        " " + (element.dataset.t || "")),
      title: element.querySelector("h4").textContent,
      editions: [...element.querySelectorAll("li")].map((item) => {
        const link = item.querySelector("a");
        const [format, paper] = link.pathname.split(".").slice(-3); // …/name.en.standard.a4.pdf
        return { item, format, paper, link };
      }),
      ready: false,
    }))
  );
  const rooms = [...document.querySelectorAll("main > section")];

  const fields = (name) => form.elements.namedItem(name);
  const value = (name) => (fields(name) ? fields(name).value : "");
  const set = (name, wanted) => {
    const field = fields(name);
    if (!field) return;
    if (field.type === "search") field.value = wanted;
    else if ([...(field.options || field)].some((each) => each.value === wanted)) field.value = wanted;
  };
  const has = (room, key, wanted) =>
    cards.some((each) => each.room === room &&
      (key === "lang" ? each.lang === wanted : each.editions.some((edition) => edition[key] === wanted)));

  // Where paper is Letter (CLDR, paperSize "US-Letter").
  const LETTER = /-(?:BZ|CA|CL|CO|CR|GT|MX|NI|PA|PH|PR|SV|US|VE)\b/i;
  const defaults = () => {
    const wanted = navigator.languages && navigator.languages.length ? navigator.languages : ["en"];
    const known = new Set(cards.map((each) => each.lang));
    const own = wanted.map((each) => each.split("-")[0]).find((each) => known.has(each));
    return { q: "", for: rooms.length ? rooms[0].id : "", lang: own || (known.has("en") ? "en" : ""),
      format: "", paper: LETTER.test(wanted[0]) ? "letter" : "a4", clinic: "" };
  };

  const stored = () => {
    try { return JSON.parse(localStorage.getItem(STORE)) || {}; } catch { return {}; }
  };
  const store = () => {
    try {
      localStorage.setItem(STORE, JSON.stringify(Object.fromEntries(KEPT.map((n) => [n, value(n)]))));
    } catch { /* a browser may forbid it: the choices last as long as the page */ }
  };
  const hash = () => {
    const found = {};
    // A place in the page, as it is without a script: a room, and a language.
    const [room, lang] = location.hash.slice(1).split(".");
    if (rooms.some((each) => each.id === room)) return { q: "", for: room, ...(lang && { lang }) };
    for (const [name, each] of new URLSearchParams(location.hash.slice(1)))
      if (NAMES.includes(name)) found[name] = each;
    return found;
  };
  const apply = (choices) => {
    for (const name of NAMES) if (typeof choices[name] === "string") set(name, choices[name]);
  };
  const write = () => {
    const parts = new URLSearchParams();
    for (const name of NAMES) if (fields(name) && (value(name) || KEPT.includes(name))) parts.set(name, value(name));
    try { history.replaceState(null, "", "#" + parts); } catch { /* some browsers, from a disk */ }
  };

  // Made when a card is first shown: what can be done without a script comes from the page.
  const prepare = (card) => {
    card.ready = true;
    const read = document.createElement("a");
    read.href = card.element.querySelector("h4 a").getAttribute("href");
    read.className = "read";
    read.textContent = "Read on screen";
    read.setAttribute("aria-label", `Read on screen: ${card.title}`);
    const first = document.createElement("li");
    first.append(read);
    card.element.querySelector("ul").prepend(first);
    for (const { item, link } of card.editions) {
      link.setAttribute("aria-label", `Open PDF of ${card.title}: ${link.textContent}`);
      const save = document.createElement("a");
      save.href = link.getAttribute("href");
      save.download = "";
      save.className = "save";
      save.textContent = "Download";
      save.setAttribute("aria-label", `Download PDF of ${card.title}: ${link.textContent}`);
      item.append(save);
    }
  };

  const show = () => {
    const words = plain(value("q")).split(/\s+/).filter(Boolean);
    const room = value("for") || (rooms.length ? rooms[0].id : "");
    // A choice that this room has no document for is not one of its choices.
    const lang = has(room, "lang", value("lang")) ? value("lang") : "";
    const several = new Set(cards.filter((e) => e.room === room).map((e) => e.lang)).size > 1;
    if (fields("lang")) fields("lang").closest(".field").hidden = !several;
    const format = has(room, "format", value("format")) ? value("format") : "";
    const sizes = new Set(cards.filter((e) => e.room === room).flatMap((e) => e.editions.map((d) => d.format)));
    if (fields("format")) fields("format").closest(".field").hidden = sizes.size < 2;
    const paper = has(room, "paper", value("paper")) ? value("paper") : "";
    const clinic = value("clinic");

    let shown = 0;
    let elsewhere = 0; // in other languages
    let across = 0; // for other readers
    for (const shelf of shelves) shelf.shown = 0;
    for (const card of cards) {
      const matches = words.every((each) => card.words.includes(each)) && (!clinic || card.clinic === clinic);
      let visible = matches && card.room === room;
      if (visible) {
        let fitting = 0;
        for (const edition of card.editions) {
          const fits = (!format || edition.format === format) && (!paper || edition.paper === paper);
          if (edition.item.hidden === fits) edition.item.hidden = !fits;
          fitting += fits;
        }
        visible = fitting > 0;
      }
      if (visible && lang && card.lang !== lang) {
        elsewhere += 1;
        visible = false;
      }
      if (matches && card.room !== room) across += 1;
      if (card.element.hidden === visible) card.element.hidden = !visible;
      if (visible) {
        if (!card.ready) prepare(card);
        card.shelf.shown += 1;
        shown += 1;
      }
    }
    for (const { element, shown: some } of shelves) element.hidden = !some;
    for (const section of rooms) section.hidden = section.id !== room || !shown;

    const nouns = (n) => (n === 1 ? "1 document" : `${n} documents`);
    count.textContent = shown || !words.length ? nouns(shown) : `Nothing found for “${value("q").trim()}”`;
    more.hidden = true;
    if (elsewhere && words.length) {
      more.textContent = `Show ${elsewhere}${shown ? " more" : ""} in other languages`;
      more.dataset.set = "lang";
      more.dataset.to = "";
      more.hidden = false;
    } else if (!shown && across && words.length) {
      const other = rooms.find((each) => each.id !== room);
      more.textContent = `Show ${across} ${other.querySelector("h2").textContent.toLowerCase()}`;
      more.dataset.set = "for";
      more.dataset.to = other.id;
      more.hidden = false;
    }
    clear.hidden = !(words.length || format || clinic);
  };
  const change = () => { show(); write(); store(); };

  form.addEventListener("input", change);
  form.addEventListener("submit", (event) => { event.preventDefault(); document.getElementById("documents").focus(); });
  more.addEventListener("click", () => {
    set(more.dataset.set, more.dataset.to);
    change();
    document.getElementById("documents").focus({ preventScroll: true });
  });
  clear.addEventListener("click", () => {
    apply({ q: "", format: "", clinic: "" });
    change();
    fields("q").focus();
  });
  window.addEventListener("hashchange", () => { apply(hash()); show(); store(); });

  document.documentElement.classList.add("js");
  apply(defaults());
  apply(stored());
  apply(hash());
  form.hidden = false;
  document.querySelector(".found").hidden = false;
  show();
})();
