// What every page shares: one voice for those who listen, the way to what was wrong in a form, and buttons that only
// make sense with a script. Floor: Chrome 80 and Safari 13, so no ?. and no ??, no replaceChildren.

// wenyi.say("3 suggestions") is said politely, by the one live region of the page: what several scripts say in the same
// moment is said together, nothing moves the focus, and what was said does not stay in the page to be read again.
(function () {
  "use strict";

  var region = document.createElement("div");
  var waiting = [], timer = 0;
  region.className = "visually-hidden";
  region.setAttribute("aria-live", "polite");
  region.setAttribute("aria-atomic", "true");
  document.body.appendChild(region);

  function speak() {
    region.textContent = waiting.join(" ");
    waiting = [];
    timer = setTimeout(function () { timer = 0; region.textContent = ""; }, 8000);
  }

  window.wenyi = {
    say: function (words) {
      if (!words || waiting.indexOf(words) >= 0) return;
      if (!waiting.length) {
        clearTimeout(timer);
        timer = setTimeout(speak, 200);
      }
      waiting.push(words);
    }
  };

  // Where a browser does not know autofocus on what is no field.
  var problems = document.getElementById("problems");
  if (problems) problems.focus();
})();

// Copy an address or a code, print the page. These buttons stand hidden in the page and are shown here.
// data-copy="text" copies that text, data-copy="" the page's own address without fragment.
(function () {
  "use strict";

  function tell(button, text) {
    var said = document.getElementById(button.getAttribute("data-says"));
    if (said) said.textContent = text;
    window.wenyi.say(text);
  }

  function copy(button) {
    var text = button.getAttribute("data-copy") || location.href.split("#")[0];
    navigator.clipboard.writeText(text).then(
      function () { tell(button, button.getAttribute("data-done")); },
      function () { tell(button, text); }
    );
  }

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { act(button); });
    });
  }

  if (navigator.clipboard) each("[data-copy]", copy);
  each("[data-print]", function () { window.print(); });
})();

// One view, told without cookie (credentials: "omit", which sendBeacon has not) when the page has been in sight for
// three seconds in all: once each time it is loaded, never from a page prepared in advance. What is not counted stands
// in the README under "Views".
(function () {
  "use strict";

  var main = document.getElementById("content");
  var key = main && main.getAttribute("data-views");
  var left = 3000, since = 0, timer = 0;

  function tell() {
    document.removeEventListener("visibilitychange", watch);
    fetch("/views", { method: "POST", body: key, credentials: "omit", keepalive: true }).catch(function () {});
  }

  function watch() {
    var inSight = document.visibilityState === "visible" && !document.prerendering;
    if (inSight && !timer) {
      since = Date.now();
      timer = setTimeout(tell, left);
    } else if (!inSight && timer) {
      clearTimeout(timer);
      timer = 0;
      left = Math.max(0, left - (Date.now() - since));
    }
  }

  if (!key || !window.fetch || navigator.webdriver) return;
  if (navigator.globalPrivacyControl || navigator.doNotTrack === "1") return;
  document.addEventListener("visibilitychange", watch);
  document.addEventListener("prerenderingchange", watch, { once: true });
  watch();
})();
