/* Long work: looks again every few seconds while something runs and the page is seen. Without it, a link does. */
(function () {
  "use strict";

  var EVERY = 4000; // milliseconds
  var region = document.querySelector("[data-work]");
  var says = document.querySelector("[data-work-says]");
  if (!region || !window.fetch || !window.DOMParser) return;

  // A number that changes is not read aloud each time; that all is over, once.
  function show(page) {
    var fresh = new DOMParser().parseFromString(page, "text/html").querySelector("[data-work]");
    if (!fresh) return; // signed out
    region.innerHTML = fresh.innerHTML;
    if (region.dataset.work === "runs" && fresh.dataset.work === "rests") says.textContent = region.dataset.saysOver;
    region.dataset.work = fresh.dataset.work;
  }

  function look() {
    if (document.hidden || region.dataset.work !== "runs") return wait();
    return fetch(location.pathname, { credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(show, function () { /* away: the next look tells */ })
      .then(wait);
  }

  function wait() {
    setTimeout(look, EVERY);
  }

  wait();
})();
