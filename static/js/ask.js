// The ask form: what is written stays on this device until it is sent, and a form is not sent twice by a double click.
// Without this script everything works all the same.
(function () {
  "use strict";

  var KEY = "wenyi.ask";
  var form = document.querySelector("[data-ask]");
  if (!form) return;
  var box = form.querySelector("[data-draft]");
  var status = form.querySelector("[data-status]");
  var LEFT_OUT = /^(form_key|homepage|has_consented|consent_seen|shown_for|department|step)$/;

  function fields() {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && !LEFT_OUT.test(field.name) && field.type !== "submit";
    });
  }

  function read() {
    try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch (error) { return {}; }
  }

  function write(draft) {
    try { localStorage.setItem(KEY, JSON.stringify(draft)); return true; } catch (error) { return false; }
  }

  function isChoice(field) { return field.type === "radio" || field.type === "checkbox"; }

  function gather() {
    var words = {};
    fields().forEach(function (field) {
      if (isChoice(field) ? field.checked : field.value && field.tagName !== "SELECT" || field.name === "age_band") {
        words[field.name] = field.value;
      }
    });
    return words;
  }

  function hasWords(words) {
    return Object.keys(words).some(function (name) { return words[name] && /^(title|body|nickname|email|intake_)/.test(name); });
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
    if (hasWords(words)) box.hidden = !write({ words: words, sent: false });
  }

  // A page that the server has filled is newer than the draft.
  if (!hasWords(gather())) restore(read().words || {});
  keep();
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);

  form.querySelector("[data-clear]").addEventListener("click", function () {
    try { localStorage.removeItem(KEY); } catch (error) { /* nothing is kept then */ }
    fields().forEach(function (field) {
      if (isChoice(field)) field.checked = false;
      else if (field.tagName !== "SELECT" || field.name === "age_band") field.value = "";
    });
    box.hidden = true;
  });

  // Only whoever changes the department needs the button that shows what the other one asks.
  var change = form.querySelector("[data-change]");
  var department = form.querySelector("[name=department]");
  function offerChange() { change.hidden = department.value === form.querySelector("[name=shown_for]").value; }
  department.addEventListener("change", offerChange);
  offerChange();

  var buttons = form.querySelectorAll("button[type=submit]");
  form.addEventListener("submit", function () {
    write({ words: gather(), sent: true });
    status.textContent = form.getAttribute("data-said");
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

  var problems = document.getElementById("problems");
  if (problems) problems.focus();
})();
