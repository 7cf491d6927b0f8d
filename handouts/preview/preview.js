// The page of the preview: shows what the server tells of one document, and keeps one's place.
(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const form = $("choose");
  const STORE = "handouts.preview.pane";
  const LATE_LETTERS_MS = 1000;
  const FORMATS = { standard: "Standard print", "large-print": "Large print" };
  const PAPERS = { a4: "A4", letter: "US Letter" };
  let documents = [];
  let title = "";
  let library = null;
  let view = null;
  let source = null;
  let heard = 0;

  const text = (element, words) => { if (element.textContent !== words) element.textContent = words; };
  const counted = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"}`;

  // The title of a trial says what was tried, not which trial it is.
  const named = (each) => (each.kind === "trial" ? `${each.path.split("/").pop()}: ${each.title}` : each.title);

  // What is looked at, in the address
  const wanted = () => {
    const given = new URLSearchParams(location.search);
    return { document: given.get("document") || "", format: given.get("format") || "", paper: given.get("paper") || "" };
  };
  const go = (choice, replace = false) => {
    const given = new URLSearchParams(Object.entries(choice).filter(([, value]) => value));
    const address = `/-/${given.size ? "?" + given : ""}`;
    if (replace) history.replaceState(null, "", address);
    else if (address !== location.pathname + location.search) history.pushState(null, "", address);
    listen();
  };

  // Frames: the new page is put in place of the old one when it is there, scrolled as that was.
  const frame = (place, address, title) => {
    if (place.dataset.address === address) return;
    const same = place.dataset.address && place.dataset.address.split("?")[0] === address.split("?")[0];
    place.dataset.address = address;
    for (const each of place.querySelectorAll(".coming")) each.remove();
    const old = place.querySelector("iframe");
    const fresh = document.createElement("iframe");
    fresh.title = title;
    fresh.className = "coming";
    fresh.addEventListener("load", () => {
      const inside = fresh.contentDocument;
      if (!inside || place.dataset.address !== address) return;
      inside.addEventListener("click", follow);
      const swap = () => {
        if (old && same && old.contentWindow) {
          fresh.contentWindow.scrollTo({ left: old.contentWindow.scrollX, top: old.contentWindow.scrollY, behavior: "instant" });
        }
        for (const each of place.querySelectorAll("iframe")) if (each !== fresh) each.remove();
        fresh.classList.remove("coming");
      };
      // Letters are asked for when the words are laid out, and a place only means something after them.
      void inside.documentElement.offsetHeight;
      Promise.race([inside.fonts.ready, new Promise((done) => setTimeout(done, LATE_LETTERS_MS))]).then(swap);
    }, { once: true });
    fresh.src = address;
    place.append(fresh);
  };
  // Links inside a frame lead to another preview, or out of it.
  const follow = (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const to = new URL(link.href);
    const path = decodeURIComponent(to.pathname).replace(/^\/-\/now/, "").replace(/^\//, "").replace(/\/?(index\.html)?$/, "");
    if (to.origin !== location.origin || /\.[a-z0-9]+$/.test(path)) {
      event.preventDefault();
      window.open(to.href, "_blank", "noopener");
    } else if (documents.some((each) => each.path === path)) {
      if (to.hash && view && path === view.document) return;
      event.preventDefault();
      go({ ...wanted(), document: path });
    } else if (path === "" && !to.hash) {
      event.preventDefault();
      go({});
    }
  };

  // Pages: pictures change in place, so that nothing moves. A new one is shown when it is decoded.
  const pages = (addresses, title) => {
    const place = $("pages");
    while (place.children.length > addresses.length) place.lastElementChild.remove();
    addresses.forEach((address, index) => {
      let picture = place.children[index];
      if (!picture) {
        picture = document.createElement("img");
        place.append(picture);
      }
      const words = `Page ${index + 1} of ${addresses.length}: ${title}`;
      if (picture.alt !== words) picture.alt = words;
      if (picture.dataset.address === address) return;
      picture.dataset.address = address;
      const coming = new Image();
      coming.alt = words;
      coming.dataset.address = address;
      coming.src = address;
      coming.decode().catch(() => null).then(() => {
        if (picture.isConnected && picture.dataset.address === address) picture.replaceWith(coming);
      });
    });
  };

  const item = (problem) => {
    const element = document.createElement("li");
    element.className = `problem problem--${problem.severity}`;
    const add = (name, words, className) => {
      if (!words) return;
      const part = document.createElement(name);
      part.textContent = words;
      if (className) part.className = className;
      element.append(part);
    };
    add("b", problem.severity, "severity");
    add("p", problem.message);
    add("p", problem.hint, "hint");
    add("code", problem.place, "place");
    add("span", problem.code, "code");
    return element;
  };
  let said = "";
  const problems = (list) => {
    const now = JSON.stringify(list);
    if (now === said) return;
    said = now;
    const notes = list.filter((each) => each.severity === "note");
    const rest = list.filter((each) => each.severity !== "note");
    $("problems").replaceChildren(...rest.map(item));
    $("advice").replaceChildren(...notes.map(item));
    text($("notes"), counted(notes.length, "note"));
    $("more").hidden = !notes.length;
    $("none").hidden = rest.length > 0;
  };

  const STATES = {
    checking: "Checking…",
    good: "Good: a build publishes this version.",
    refused: "This edit can’t be drawn. You see the last good version.",
    gone: "This document is not in the library any more.",
  };
  const state = (name, words) => {
    const element = $("state");
    element.className = `state state--${name}`;
    text(element, words);
  };
  const errors = (list) => list.filter((each) => each.severity === "error").length;

  // The controls
  const options = (select, values, chosen) => {
    const now = JSON.stringify(values);
    if (select.dataset.values !== now) {
      select.dataset.values = now;
      select.replaceChildren(...values.map(([value, words]) => new Option(words, value)));
    }
    select.value = chosen;
  };
  let listed = "";
  const controls = () => {
    const choice = wanted();
    const now = JSON.stringify(documents);
    if (listed !== now) {
      listed = now;
      const groups = new Map();
      for (const each of documents) {
        const name = each.kind === "patient" ? `For patients, ${each.languageName}` : "For clinicians";
        if (!groups.has(name)) groups.set(name, []);
        const option = new Option(`${each.failed ? "✗ " : ""}${named(each)}`, each.path);
        option.lang = each.language;
        option.dir = each.direction;
        groups.get(name).push(option);
      }
      const all = [new Option("The library", "")];
      for (const [name, members] of groups) {
        const group = document.createElement("optgroup");
        group.label = name;
        group.append(...members);
        all.push(group);
      }
      $("document").replaceChildren(...all);
    }
    $("document").value = choice.document;
    const about = documents.find((each) => each.path === choice.document);
    $("edition").hidden = $("panes").hidden = !about;
    if (about) {
      const given = (index, names) => [...new Set(about.editions.map((each) => each[index]))].map((each) => [each, names[each] || each]);
      options($("format"), given(0, FORMATS), view ? view.format : choice.format);
      options($("paper"), given(1, PAPERS), view ? view.paper : choice.paper);
    }
    return about;
  };

  const show = () => {
    if (!library) return;
    const choice = wanted();
    const about = controls();
    const there = view && view.document === choice.document ? view : null;
    const name = about ? named(about) : choice.document || title;
    text($("title"), name || "Handouts");
    $("title").lang = about ? about.language : "en";
    $("title").dir = about ? about.direction : "ltr";
    document.title = `${name || "Handouts"}: preview`;
    $("making").hidden = !library.making;
    if (library.making) {
      const [done, total] = library.making;
      text($("count"), `Building the library: ${done} of ${total}`);
      $("progress").max = total || 1;
      $("progress").value = done;
    }
    $("trouble").hidden = !library.trouble;
    text($("trouble"), library.trouble);

    const pane = form.elements.namedItem("pane").value;
    const isDocument = Boolean(choice.document);
    const drawn = there && there.pages && (there.pages.length || there.twin);
    document.body.dataset.pane = isDocument ? pane : "library";
    $("paper-pane").hidden = !isDocument || !drawn || pane === "screen";
    $("screen-pane").hidden = !isDocument || !drawn || pane === "paper";
    $("library-pane").hidden = isDocument || !library.build;
    $("empty").hidden = isDocument ? Boolean(drawn) : Boolean(library.build);
    text($("empty"), isDocument
      ? (there && there.state === "refused" ? "There is no good version of this document yet." : there && there.state === "gone" ? STATES.gone : "Drawing…")
      : library.building ? "The library is being built." : "The library can’t be built. See the problems.");

    $("links").hidden = !isDocument || !drawn;
    if (isDocument && drawn) {
      $("pdf").href = there.pdf;
      if (there.twin) $("twin").href = there.twin;
      for (const each of document.querySelectorAll(".old")) each.hidden = there.state !== "refused";
      if (!$("paper-pane").hidden) pages(there.pages, name);
      if (there.twin && !$("screen-pane").hidden) frame($("frames"), there.twin, `Web page: ${name}`);
    }
    if (!isDocument && library.build) frame($("library"), `/index.html?v=${library.build}`, "The library page");

    if (!isDocument) {
      problems(library.problems);
      const bad = errors(library.problems);
      if (library.building) state("checking", "Building…");
      else if (bad) state("failing", `${counted(bad, "error")} in the library.`);
      else state("good", `Good: ${counted(documents.length, "document")}.`);
    } else if (!there) {
      problems([]);
      state("checking", "Drawing…");
    } else {
      problems(there.problems || []);
      const bad = errors(there.problems || []);
      state(there.state, there.state === "failing" ? `${counted(bad, "error")}: a build does not publish this version.` : STATES[there.state]);
    }
  };

  // What the server says
  const listen = () => {
    if (source) source.close();
    const choice = wanted();
    if (view && view.document !== choice.document) {
      view = null;
      $("pages").replaceChildren();
      $("frames").replaceChildren();
      delete $("frames").dataset.address;
    }
    source = new EventSource(`/-/events?${new URLSearchParams(choice)}`);
    const on = (name, take) => source.addEventListener(name, (event) => {
      heard = Date.now();
      take(JSON.parse(event.data));
    });
    on("documents", (state) => { ({ documents, title } = state); show(); });
    on("library", (state) => { library = state; show(); });
    on("view", (state) => { view = state; show(); });
    on("beat", () => null);
    source.onopen = () => { heard = Date.now(); };
    source.onerror = () => setTimeout(() => {
      if (source.readyState !== EventSource.OPEN) {
        state("refused", "The preview has stopped. Start it again with `handouts preview`.");
      }
    }, 1500);
    show();
  };
  setInterval(() => { if (heard && Date.now() - heard > 30000) listen(); }, 5000);

  form.addEventListener("change", (event) => {
    if (event.target.name === "pane") {
      try { localStorage.setItem(STORE, event.target.value); } catch { /* it lasts as long as the page */ }
      show();
      return;
    }
    const path = $("document").value;
    go(event.target.name === "document" ? { ...wanted(), document: path }
      : { document: path, format: $("format").value, paper: $("paper").value });
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("popstate", listen);
  try {
    const kept = localStorage.getItem(STORE);
    if (["both", "paper", "screen"].includes(kept)) form.elements.namedItem("pane").value = kept;
  } catch { /* a browser may forbid it */ }
  listen();
})();
