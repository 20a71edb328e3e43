/* Keys of the desks. Single ones act while nothing is being typed and can be switched off (WCAG 2.1.4); everything that
 * they do can be done without them. What a key does stands in the page: data-key on a button, a link or a field. */
(function () {
  "use strict";

  var place = document.querySelector("[data-keys]");
  if (!place) return;

  var NAME = "desk-keys";
  var box = place.querySelector("[data-keys-on]");

  function remembered() {
    try { return localStorage.getItem(NAME); } catch (error) { return null; }
  }

  if (box) {
    box.checked = remembered() !== "off";
    box.addEventListener("change", function () {
      try { localStorage.setItem(NAME, box.checked ? "on" : "off"); } catch (error) { /* not remembered */ }
    });
  }

  function all(selector) {
    return Array.prototype.slice.call(document.querySelectorAll(selector));
  }

  function isTyping(element) {
    var plain = "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit])";
    return element.isContentEditable || element.matches("textarea, select, " + plain);
  }

  function isSeen(element) {
    return !element.hidden && !element.disabled && element.getClientRects().length > 0;
  }

  function say(text) {
    var region = document.querySelector("[data-says]");
    if (region) region.textContent = text;
  }

  /* Down and up a list, from the row that has the focus. */
  function step(by) {
    var rows = all("[data-step]").filter(isSeen);
    var at = rows.indexOf(document.activeElement);
    if (at < 0) {
      var row = document.activeElement.closest ? document.activeElement.closest("tr, li") : null;
      at = row ? rows.indexOf(row.querySelector("[data-step]")) : -1;
    }
    var to = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + by))];
    if (to) to.focus();
    return Boolean(to);
  }

  /* Tick the row that has the focus. */
  function tick() {
    var row = document.activeElement.closest ? document.activeElement.closest("tr") : null;
    var pick = row && row.querySelector("[data-pick]");
    if (!pick) return false;
    pick.checked = !pick.checked;
    say(pick.checked ? place.dataset.sayTicked : place.dataset.sayUnticked);
    return true;
  }

  function showKeys() {
    var list = place.querySelector("details");
    list.open = true;
    list.querySelector("summary").focus();
    list.scrollIntoView({ block: "nearest" });
    return true;
  }

  /* Fields of the page that a key leads to: "e id_body d id_reason". */
  var fields = {};
  (place.dataset.fields || "").split(" ").forEach(function (word, at, words) {
    if (at % 2) fields[words[at - 1]] = word;
  });

  function lead(key) {
    var field = fields[key] && document.getElementById(fields[key]);
    if (!field || !isSeen(field)) return false;
    field.focus();
    return true;
  }

  function open(summary) {
    summary.parentElement.open = true;
    (summary.parentElement.querySelector("select, textarea, input") || summary).focus();
  }

  function press(key) {
    var target = all("[data-key]").filter(function (each) { return each.dataset.key === key && isSeen(each); })[0];
    if (!target) return false;
    if (target.matches("summary")) open(target);
    else if (target.matches("input:not([type=checkbox]), textarea, select") || target.dataset.keyFocuses === "") target.focus();
    else target.click();
    return true;
  }

  var own = { "?": showKeys, j: function () { return step(1); }, k: function () { return step(-1); }, x: tick };

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return; // Chinese is being typed
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat && event.key !== "j" && event.key !== "k") return;
    if (event.key === "Escape" && event.target.matches("textarea, input[type=text]")) {
      var heading = document.querySelector("[data-arrive]");
      if (heading) heading.focus();
      return;
    }
    if (box && !box.checked || isTyping(event.target)) return;
    var done = own[event.key] ? own[event.key]() : lead(event.key) || press(event.key);
    if (done) event.preventDefault();
  });

  /* After an act: what happened is said, and the focus stands where the work goes on. */
  var messages = document.getElementById("messages");
  if (messages) {
    setTimeout(function () { say(messages.textContent.replace(/\s+/g, " ").trim()); }, 300);
    var heading = document.querySelector("[data-arrive]");
    if (heading && document.activeElement === document.body) heading.focus();
  }
})();
