/* The moderators' desk, a little faster. Everything here can be done without it. */
"use strict";

(() => {
  const desk = document.querySelector("[data-moderate]");
  if (!desk) return;

  /* What is wrong comes first; after a decision on a finding the next finding, then the button that goes on. */
  const note = desk.querySelector("[data-focus]");
  const ACT = "moderate-act";
  const kept = (act) => { try { sessionStorage.setItem(ACT, act); } catch (error) { /* the focus goes to the top */ } };
  const last = () => { try { return sessionStorage.getItem(ACT) || ""; } catch (error) { return ""; } };
  if (note) note.focus();
  else if (/^(hide|show):/.test(last()) && document.getElementById("messages")) {
    const onward = desk.querySelector(".finding.open button") || desk.querySelector(".bar .default");
    if (onward) onward.focus();
  }
  kept("");
  for (const button of desk.querySelectorAll("button[name=act]")) {
    button.addEventListener("click", () => kept(button.value));
  }

  /* Tick all. */
  for (const all of desk.querySelectorAll("[data-all]")) {
    all.addEventListener("change", () => {
      for (const each of desk.querySelectorAll(`input[name="${all.dataset.all}"]`)) each.checked = all.checked;
    });
  }

  /* Tick what the page has good reason for. */
  const ticks = (button, boxes) => {
    if (!button || !desk.querySelector(boxes)) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      let count = 0;
      for (const each of desk.querySelectorAll(boxes)) { if (!each.checked) count += 1; each.checked = true; }
      const says = document.querySelector("[data-says]");
      if (says) says.textContent = `${button.textContent.trim()}: ${count}`;
    });
  };
  ticks(desk.querySelector("[data-tick-clean]"), "[data-clean]");
  ticks(desk.querySelector("[data-tick-tags]"), "[data-found]");

  /* Hide the words that are selected, in the original or in the text field. */
  const mark = desk.querySelector("[data-mark]");
  const selected = () => {
    const field = document.activeElement;
    if (field && field.matches("#id_title, #id_body, #id_nickname")) return field.value.slice(field.selectionStart, field.selectionEnd);
    return String(document.getSelection());
  };
  if (mark) {
    mark.hidden = false;
    let words = "";
    document.addEventListener("selectionchange", () => { words = selected() || words; });
    mark.addEventListener("click", () => {
      const phrases = document.getElementById("id_phrases");
      const chosen = words.split("\n").map((line) => line.trim()).filter((line) => line.length > 1);
      if (!chosen.length) { phrases.focus(); return; }
      phrases.value = [phrases.value.trim(), ...chosen].filter(Boolean).join("\n");
      desk.querySelector("button[value=mark]").click();
    });
  }

  /* A similar question answers this one: fill in the reason, leave the decision to the button. */
  for (const button of desk.querySelectorAll("[data-duplicate]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      document.getElementById("id_reason").value = "duplicate";
      const text = document.getElementById("id_note");
      text.value = [button.dataset.duplicate, text.value.trim()].filter(Boolean).join(" ");
      desk.querySelector("button[value=decline_next]").focus();
    });
  }

  /* Tags: a combobox over the vocabulary, in both languages. */
  const input = document.getElementById("id_new_tags");
  const tags = desk.querySelector("[data-tags]");
  if (!input || !tags) return;
  const offers = document.createElement("ul");
  Object.assign(offers, { id: "tag-offers", className: "offers", hidden: true });
  offers.setAttribute("role", "listbox");
  offers.setAttribute("aria-label", input.labels[0] ? input.labels[0].textContent : "");
  input.after(offers);
  for (const [name, value] of Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": offers.id, "aria-expanded": "false",
  })) input.setAttribute(name, value);

  const SEPARATOR = /[,，、;；]/;
  let active = -1;
  let timer = 0;
  let asked = "";

  const close = () => { offers.hidden = true; active = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const lastPart = () => input.value.split(SEPARATOR).pop().trim();
  const withoutLastPart = () => input.value.slice(0, input.value.length - input.value.split(SEPARATOR).pop().length);

  const choose = (concept) => {
    let tag = tags.querySelector(`input[value="${concept.id}"]`);
    if (!tag) {
      const item = document.createElement("li");
      const label = document.createElement("label");
      tag = Object.assign(document.createElement("input"), { type: "checkbox", name: "tags", value: concept.id });
      label.append(tag, ` ${concept.label}`);
      item.append(label);
      tags.append(item);
    }
    tag.checked = true;
    input.value = withoutLastPart();
    close();
    input.focus();
  };

  const show = (concepts) => {
    offers.textContent = "";
    offers.append(...concepts.map((concept, at) => {
      const item = document.createElement("li");
      item.id = `tag-offer-${at}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const label = document.createElement("strong");
      label.textContent = concept.label;
      const rest = document.createElement("span");
      rest.className = "hint";
      rest.textContent = [concept.other, concept.kind].filter(Boolean).join(" · ");
      item.append(label, rest);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(concept); });
      item.concept = concept;
      return item;
    }));
    active = -1;
    offers.hidden = !concepts.length;
    input.setAttribute("aria-expanded", String(!offers.hidden));
  };

  const ask = async () => {
    const typed = lastPart();
    asked = typed;
    if (!typed) { close(); return; }
    const address = `${desk.dataset.concepts}?q=${encodeURIComponent(typed)}`;
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" } });
      const found = await response.json();
      if (asked === typed) show(found.concepts);
    } catch (error) { close(); /* away, or signed out: the typed word still counts */ }
  };

  const move = (by) => {
    const items = [...offers.children];
    if (offers.hidden || !items.length) return;
    active = (active + by + items.length) % items.length;
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    items[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[active].id);
  };

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 150); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Escape" && !offers.hidden) close();
    else if (event.key === "Enter" && active >= 0) choose(offers.children[active].concept);
    else return;
    event.preventDefault();
  });
})();
