// The ask form: what is written stays on this device until it is sent, and a form is not sent twice by a double click.
// Without this script everything works all the same. Kept are neither the e-mail address nor the consent; after a week
// nothing is left, and ticket.js forgets it when the question has arrived. Where a browser keeps nothing, nothing is said.
(function () {
  "use strict";

  var KEY = "wenyi.ask";
  var WEEK = 7 * 24 * 3600 * 1000; // milliseconds
  var form = document.querySelector("[data-ask]");
  if (!form) return;
  var box = form.querySelector("[data-draft]");
  var status = form.querySelector("[data-status]");
  var LEFT_OUT = /^(form_key|homepage|email|has_consented|consent_seen|shown_for|department|step)$/;
  var WRITTEN = /^(title|body|nickname|intake_.*)$/;

  function fields() {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && !LEFT_OUT.test(field.name) && field.type !== "submit";
    });
  }

  function forget() {
    try { localStorage.removeItem(KEY); } catch (error) { /* nothing is kept then */ }
  }

  function read() {
    try {
      var draft = JSON.parse(localStorage.getItem(KEY));
      if (draft && Date.now() - draft.at < WEEK) return draft.words;
      forget();
    } catch (error) { /* nothing is kept, or nothing that can be read */ }
    return {};
  }

  function write(words, sent) {
    try {
      localStorage.setItem(KEY, JSON.stringify({ words: words, at: Date.now(), sent: sent }));
      return true;
    } catch (error) { return false; }
  }

  function isChoice(field) { return field.type === "radio" || field.type === "checkbox"; }

  function isChosenInList(field) { return field.tagName === "SELECT" && field.name !== "age_band"; }

  function gather() {
    var words = {};
    fields().forEach(function (field) {
      if (isChoice(field) ? field.checked : field.value && !isChosenInList(field)) words[field.name] = field.value;
    });
    return words;
  }

  function hasWords(words) {
    return Object.keys(words).some(function (name) { return words[name] && WRITTEN.test(name); });
  }

  function restore(words) {
    fields().forEach(function (field) {
      if (!(field.name in words)) return;
      if (isChoice(field)) field.checked = field.checked || field.value === words[field.name];
      else if (!field.value) field.value = words[field.name];
    });
  }

  function keep() {
    var words = gather();
    if (!hasWords(words)) return;
    var isKept = write(words, false);
    if (isKept && box.hidden) window.wenyi.say(form.getAttribute("data-keeps"));
    box.hidden = !isKept;
  }

  // A page that the server has filled is newer than the draft.
  var kept = hasWords(gather()) ? {} : read();
  if (hasWords(kept)) {
    restore(kept);
    box.querySelector("[data-draft-back]").hidden = false;
  }
  keep();
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);

  form.querySelector("[data-clear]").addEventListener("click", function () {
    forget();
    fields().forEach(function (field) {
      if (isChoice(field)) field.checked = false;
      else if (!isChosenInList(field) && field.type !== "hidden") field.value = "";
    });
    box.hidden = true;
    // The button that was pressed is gone: the focus goes to where writing begins again.
    form.querySelector("[name=title]").focus();
    window.wenyi.say(form.getAttribute("data-cleared"));
  });

  // Only whoever changes the department needs the button that shows what the other one asks.
  var change = form.querySelector("[data-change]");
  var department = form.querySelector("[name=department]");
  function offerChange() { change.hidden = department.value === form.querySelector("[name=shown_for]").value; }
  department.addEventListener("change", offerChange);
  offerChange();

  var buttons = form.querySelectorAll("button[type=submit]");
  form.addEventListener("submit", function () {
    var words = gather();
    if (hasWords(words)) write(words, true);
    status.textContent = form.getAttribute("data-said");
    window.wenyi.say(status.textContent);
    // After the browser has read which button was pressed: a disabled one is not sent.
    setTimeout(function () {
      Array.prototype.forEach.call(buttons, function (button) { button.disabled = true; });
    }, 0);
  });

  // Back in history, or the sending was stopped: it can be sent again, and the key makes that harmless.
  function free() {
    status.textContent = "";
    Array.prototype.forEach.call(buttons, function (button) { button.disabled = false; });
  }
  window.addEventListener("pageshow", free);
  form.addEventListener("input", free);
  setInterval(function () { if (buttons[0].disabled) free(); }, 30000);
})();
