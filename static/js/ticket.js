// The ticket: the draft of a question that has arrived is forgotten, and no form is sent twice by a double click.
(function () {
  "use strict";

  var KEY = "wenyi.ask";
  if (document.querySelector("[data-arrived]")) {
    try {
      var draft = JSON.parse(localStorage.getItem(KEY));
      if (draft && draft.sent) localStorage.removeItem(KEY);
    } catch (error) { /* nothing was kept */ }
  }

  var forms = document.querySelectorAll("[data-once]");

  function each(form, act) {
    Array.prototype.forEach.call(form.querySelectorAll("button[type=submit]"), act);
  }

  function free(form) {
    each(form, function (button) { button.disabled = false; });
  }

  Array.prototype.forEach.call(forms, function (form) {
    form.addEventListener("submit", function () {
      setTimeout(function () { each(form, function (button) { button.disabled = true; }); }, 0);
      setTimeout(function () { free(form); }, 30000);
    });
  });
  window.addEventListener("pageshow", function () { Array.prototype.forEach.call(forms, free); });
})();
