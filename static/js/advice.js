// While somebody writes a question: the departments that the words point to. Without this script a button does the same, and
// with it where nothing can be asked just now.
(function () {
  "use strict";

  var PAUSE = 1100;
  var LEAST = 4; // letters; a single character of Chinese is a word
  var HAN = /[\u3400-\u9fff\uf900-\ufaff]/;
  var LONGEST = 3000;
  var form = document.querySelector("[data-ask], [data-ask-advice]");
  var box = form && form.querySelector("[data-advice]");
  if (!box || !window.fetch || !window.AbortController) return;
  var button = form.querySelector("[data-advise]");
  var title = form.querySelector("[name=title]");
  var body = form.querySelector("[name=body]");
  var department = form.querySelector("[name=department]");
  var asked = "";
  var waiting = null;
  var timer = null;
  button.hidden = true;

  function words() {
    var typed = new URLSearchParams();
    typed.set("title", title ? title.value : "");
    typed.set("body", body.value.slice(0, LONGEST));
    if (department) typed.set("department", department.value);
    return typed;
  }

  function ask() {
    var typed = words(), written = ((title ? title.value : "") + body.value).trim();
    if ((written.length < LEAST && !HAN.test(written)) || typed.toString() === asked) return;
    asked = typed.toString();
    if (waiting) waiting.abort();
    waiting = new AbortController();
    // The words go in the body of the request: addresses are written into logs.
    fetch(box.getAttribute("data-advice"), { method: "POST", body: typed, credentials: "omit", signal: waiting.signal })
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(new Error("not now")); })
      .then(show)
      .catch(function (error) { if (error.name !== "AbortError") button.hidden = false; });
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

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  if (!box.querySelector("ul")) soon();
})();
