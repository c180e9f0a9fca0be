// Filters, keys and links. The page is whole without this script; it only makes a long one quick to go through.
"use strict";
(() => {
  const form = document.querySelector(".controls");
  const count = form.querySelector(".count");
  const nothing = document.getElementById("nothing-left");
  const keys = document.getElementById("keys");
  const names = ["vendor", "wire", "rust", "facade", "operation", "text"];
  const all = [...document.querySelectorAll(".finding")].map((element) => ({
    element,
    vendor: element.dataset.vendor,
    wire: element.dataset.wire,
    rust: element.dataset.rust,
    facade: element.dataset.facade,
    operations: new Set(element.dataset.operations.split("\n")),
    // Read when it is first searched: a page of thousands opens sooner.
    text: null,
  }));
  let shown = all;
  let current = -1;

  const wanted = () => Object.fromEntries(names.map((name) => [name, form.elements[name].value.trim()]));

  const fits = (finding, filter, words) =>
    ["vendor", "wire", "rust", "facade"].every((name) => !filter[name] || finding[name] === filter[name]) &&
    (!filter.operation || finding.operations.has(filter.operation)) &&
    words.every((word) => (finding.text ??= finding.element.textContent.toLowerCase()).includes(word));

  const show = () => {
    const filter = wanted();
    const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
    const before = shown[current];
    shown = all.filter((finding) => {
      const fitting = fits(finding, filter, words);
      finding.element.hidden = !fitting;
      return fitting;
    });
    for (const group of document.querySelectorAll(".group")) {
      group.hidden = !group.querySelector(".finding:not([hidden])");
    }
    for (const spec of document.querySelectorAll(".spec")) {
      spec.hidden = Boolean(filter.vendor) && spec.dataset.vendor !== filter.vendor;
    }
    current = shown.indexOf(before);
    if (before && current < 0) before.element.classList.remove("current");
    nothing.hidden = shown.length > 0 || all.length === 0;
    count.textContent = `${shown.length} of ${all.length} findings`;
  };

  // Filters live in the fragment, which a page opened from a file may change as well.
  const remember = () => {
    const chosen = Object.entries(wanted()).filter(([, value]) => value);
    const at = shown[current]?.element.id;
    const parts = new URLSearchParams(chosen);
    if (at) parts.set("at", at);
    const fragment = chosen.length === 0 && at ? at : parts.toString();
    history.replaceState(null, "", `#${fragment}`);
  };

  const go = (index) => {
    if (shown.length === 0) return;
    shown[current]?.element.classList.remove("current");
    current = (index + shown.length) % shown.length;
    const { element } = shown[current];
    element.classList.add("current");
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "start" });
    remember();
  };
  const next = () => go(current + 1);
  const previous = () => go(current < 0 ? shown.length - 1 : current - 1);

  // `#fingerprint`, or the filters with `at=fingerprint`.
  const recall = () => {
    const fragment = location.hash.slice(1);
    const parts = new URLSearchParams(fragment.includes("=") ? fragment : { at: fragment });
    for (const name of names) form.elements[name].value = parts.get(name) ?? "";
    show();
    const target = document.getElementById(parts.get("at") ?? "");
    const index = shown.findIndex((finding) => finding.element === target);
    if (index < 0) return;
    target.querySelector("details").open = true;
    go(index);
  };

  const typing = (target) => target.closest("input, select, textarea, dialog") !== null;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target === form.elements.text) form.elements.text.blur();
    if (typing(event.target)) return;
    const details = event.target.classList.contains("finding") && event.target.querySelector("details");
    const acts = {
      n: next,
      j: next,
      p: previous,
      k: previous,
      "/": () => form.elements.text.focus(),
      "?": () => keys.showModal(),
      Enter: details ? () => (details.open = !details.open) : undefined,
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const link = `${location.href.split("#")[0]}#${button.dataset.copy}`;
      try {
        await navigator.clipboard.writeText(link);
        button.textContent = "Copied";
      } catch {
        // Without a clipboard, the address bar has the link.
        location.hash = button.dataset.copy;
        button.textContent = "In the address bar";
      }
    });
  }

  document.getElementById("next").addEventListener("click", next);
  document.getElementById("previous").addEventListener("click", previous);
  document.getElementById("show-keys").addEventListener("click", () => keys.showModal());
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    show();
    remember();
  });
  form.addEventListener("reset", () => setTimeout(() => {
    show();
    remember();
  }));

  // What is folded on the screen is printed open, and folded again after.
  let folded = [];
  addEventListener("beforeprint", () => {
    const found = [...document.querySelectorAll("details:not([open])")];
    for (const details of found) details.open = true;
    folded = folded.concat(found);
  });
  addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
    folded = [];
  });
  addEventListener("hashchange", recall);
  form.hidden = false;
  recall();
})();
