// The ask form: while somebody writes, what may answer them already. Without this script a button does the same, and
// with it where nothing can be asked just now.
(function () {
  "use strict";

  var PAUSE = 900;
  var LEAST = 6;
  var form = document.querySelector("[data-ask]");
  var box = form && form.querySelector("[data-nearest]");
  if (!box || !window.fetch || !window.AbortController) return;
  var look = form.querySelector("[data-look]");
  var title = form.querySelector("[name=title]");
  var body = form.querySelector("[name=body]");
  var language = form.querySelector("[name=language]");
  var asked = "";
  var waiting = null;
  var timer = null;
  look.hidden = true;

  function words() {
    var typed = new URLSearchParams();
    typed.set("title", title.value);
    typed.set("body", body.value.slice(0, 3000));
    typed.set("language", language.value);
    return typed;
  }

  function ask() {
    var typed = words();
    if ((title.value + body.value).trim().length < LEAST || typed.toString() === asked) return;
    asked = typed.toString();
    if (waiting) waiting.abort();
    waiting = new AbortController();
    // The words go in the body of the request: addresses are written into logs.
    fetch(box.getAttribute("data-nearest"), { method: "POST", body: typed, credentials: "omit", signal: waiting.signal })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(show)
      .catch(function (error) { if (error.name !== "AbortError") look.hidden = false; });
  }

  function show(piece) {
    var parsed = new DOMParser().parseFromString(piece, "text/html");
    // Somebody who is about to press a button here keeps it.
    if (box.contains(document.activeElement)) return;
    var before = box.textContent;
    box.textContent = "";
    while (parsed.body.firstChild) box.appendChild(parsed.body.firstChild);
    var said = box.querySelector("[data-say]");
    if (said && box.textContent !== before) window.wenyi.say(said.getAttribute("data-say") || said.textContent);
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  [title, body].forEach(function (field) { field.addEventListener("input", soon); });
  language.addEventListener("change", soon);
  if (!box.querySelector("ul")) soon();
})();
