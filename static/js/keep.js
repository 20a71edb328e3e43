// What somebody types into a text of the house is kept in this browser until it is saved: a sign-in that ended, a tab
// that was closed or a server that is away loses nothing. The texts are the editors' own, never a patient's.
(function () {
  "use strict";

  var note = document.querySelector("[data-keep]");
  var form = note && note.closest("form");
  var version = form && form.elements.namedItem("version");
  if (!form || !version) return;

  var KEY = "keep:" + location.pathname;
  var PAUSE = 600; // milliseconds after the last key
  var timer = null;

  function words() {
    var typed = {};
    form.querySelectorAll("textarea[name], input[type=text][name]").forEach(function (field) {
      if (field.name.indexOf("__prefix__") < 0) typed[field.name] = field.value;
    });
    return typed;
  }

  function kept() {
    try { return JSON.parse(localStorage.getItem(KEY)); } catch (error) { return null; }
  }

  function forget() {
    try { localStorage.removeItem(KEY); } catch (error) { /* nothing was kept then */ }
  }

  function keep() {
    try {
      localStorage.setItem(KEY, JSON.stringify({ version: version.value, words: words() }));
    } catch (error) { /* a browser that keeps nothing: the form is as it was before */ }
  }

  // A row that was added by the script is not there after a reload: it is added again.
  function fieldOf(name) {
    var row = name.match(/^(.+)-\d+-[^-]+$/);
    var add = row && document.querySelector("#" + CSS.escape(row[1] + "-group") + " .add-row a");
    for (var tries = 0; add && !form.elements.namedItem(name) && tries < 60; tries += 1) add.click();
    return form.elements.namedItem(name);
  }

  function bringBack(typed) {
    Object.keys(typed).forEach(function (name) {
      var field = fieldOf(name);
      if (field && field.value !== typed[name]) field.value = typed[name];
    });
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  var copy = kept();
  var present = words();
  var differs = copy && copy.version === version.value && Object.keys(copy.words).some(function (name) {
    return copy.words[name] !== (present[name] || "");
  });
  if (differs && !document.querySelector(".errornote")) {
    note.hidden = false;
    note.querySelector("[data-keep-back]").addEventListener("click", function () {
      bringBack(copy.words);
      note.hidden = true;
    });
    note.querySelector("[data-keep-forget]").addEventListener("click", function () {
      forget();
      note.hidden = true;
    });
  } else if (copy && copy.version !== version.value) {
    forget(); // a newer version was saved since
  }

  form.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", keep);
})();
