// While somebody writes a question: the departments that the words point to. Without this script a button does the same.
(function () {
  "use strict";

  var PAUSE = 1100;
  var LEAST = 4;
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
    var typed = words();
    if (((title ? title.value : "") + body.value).trim().length < LEAST || typed.toString() === asked) return;
    asked = typed.toString();
    if (waiting) waiting.abort();
    waiting = new AbortController();
    // The words go in the body of the request: addresses are written into logs.
    fetch(box.getAttribute("data-advice"), { method: "POST", body: typed, credentials: "omit", signal: waiting.signal })
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(new Error("not now")); })
      .then(show)
      .catch(function () { /* what stands there stays; the button asks without a script */ });
  }

  function show(piece) {
    var parsed = new DOMParser().parseFromString(piece, "text/html");
    // Somebody who is about to press a button here keeps it.
    if (box.contains(document.activeElement)) return;
    box.replaceChildren.apply(box, Array.prototype.slice.call(parsed.body.childNodes));
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  if (!box.querySelector("ul")) soon();
})();
