// Suggestions while somebody types: a combobox with a list (WAI-ARIA 1.2) on every input with data-suggest="address",
// which answers {"suggestions": [{"title", "note", "path", "lang"}]}. data-suggest-label names the list,
// data-suggest-one and data-suggest-many ("%d") say how many there are. Without a script it is a plain search box.
//
// Down and Up choose, Enter opens what is chosen or else searches, Escape closes, and a second time empties. Nothing is
// asked while an input method composes a character, and an answer that comes too late is thrown away.
(function () {
  "use strict";

  var PAUSE = 150; // milliseconds without a key before the address is asked
  var LONGEST = 60; // characters; what is longer is a story
  var HAN = /[\u3400-\u9fff\uf900-\ufaff]|[\ud840-\ud88f][\udc00-\udfff]/;
  var boxes = 0;

  function isEnough(typed) {
    return typed.length <= LONGEST && (typed.length > 1 || HAN.test(typed));
  }

  function Box(input) {
    var number = ++boxes;
    this.input = input;
    this.address = input.getAttribute("data-suggest");
    this.kept = {};
    this.shown = [];
    this.chosen = -1;
    this.list = document.createElement("ul");
    this.list.id = "suggestions-" + number;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.getAttribute("data-suggest-label") || "");
    this.frame = document.createElement("div");
    this.frame.className = "suggest";
    input.parentNode.insertBefore(this.frame, input);
    this.frame.appendChild(input);
    this.frame.appendChild(this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    this.listen();
  }

  Box.prototype.listen = function () {
    var box = this;
    box.input.addEventListener("input", function (event) { if (!event.isComposing) box.wait(); });
    box.input.addEventListener("compositionstart", function () { box.stop(); });
    box.input.addEventListener("compositionend", function () { box.wait(); });
    box.input.addEventListener("keydown", function (event) { box.key(event); });
    box.input.addEventListener("blur", function () { box.close(); });
    // The list must not take the focus from the box before it is clicked.
    box.list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    box.list.addEventListener("click", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) box.open(Array.prototype.indexOf.call(box.list.children, option));
    });
  };

  Box.prototype.stop = function () {
    clearTimeout(this.timer);
    if (this.asking) this.asking.abort();
    this.asking = null;
  };

  Box.prototype.wait = function () {
    var box = this;
    box.stop();
    var typed = box.input.value.trim();
    if (!isEnough(typed)) { box.close(); return; }
    if (box.kept[typed]) { box.show(typed, box.kept[typed]); return; }
    box.timer = setTimeout(function () { box.ask(typed); }, PAUSE);
  };

  Box.prototype.ask = function (typed) {
    var box = this, asking = new AbortController();
    box.asking = asking;
    fetch(box.address + "?q=" + encodeURIComponent(typed), { credentials: "omit", signal: asking.signal })
      .then(function (response) { return response.ok ? response.json() : { suggestions: [] }; })
      .then(function (answer) {
        if (box.asking !== asking) return;
        box.asking = null;
        box.kept[typed] = answer.suggestions;
        box.show(typed, answer.suggestions);
      })
      .catch(function () { /* aborted, or away: the box searches without suggestions */ });
  };

  Box.prototype.show = function (typed, suggestions) {
    if (document.activeElement !== this.input || this.input.value.trim() !== typed) return;
    this.shown = suggestions;
    this.choose(-1);
    this.list.textContent = "";
    for (var i = 0; i < suggestions.length; i++) this.list.appendChild(this.option(suggestions[i], i));
    this.list.hidden = !suggestions.length;
    this.input.setAttribute("aria-expanded", String(suggestions.length > 0));
    var words = this.input.getAttribute(suggestions.length === 1 ? "data-suggest-one" : "data-suggest-many") || "";
    if (suggestions.length) window.wenyi.say(words.replace("%d", suggestions.length));
  };

  Box.prototype.option = function (suggestion, place) {
    var option = document.createElement("li"), title = document.createElement("span"), note = document.createElement("span");
    option.id = this.list.id + "-" + place;
    option.className = "suggestions__one";
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    title.className = "suggestions__title";
    title.lang = suggestion.lang;
    title.textContent = suggestion.title;
    note.className = "suggestions__note";
    note.textContent = suggestion.note;
    option.appendChild(title);
    option.appendChild(document.createTextNode(" "));
    option.appendChild(note);
    return option;
  };

  Box.prototype.choose = function (place) {
    var options = this.list.children;
    if (options[this.chosen]) options[this.chosen].setAttribute("aria-selected", "false");
    this.chosen = place;
    if (!options[place]) { this.input.removeAttribute("aria-activedescendant"); return; }
    options[place].setAttribute("aria-selected", "true");
    options[place].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", options[place].id);
  };

  Box.prototype.key = function (event) {
    if (event.isComposing || event.keyCode === 229) return;
    var isOpen = !this.list.hidden, last = this.shown.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) { this.wait(); return; }
      var step = event.key === "ArrowDown" ? 1 : -1;
      // From the last one back into the box, where Enter searches for what was typed.
      this.choose(this.chosen + step > last ? -1 : this.chosen + step < -1 ? last : this.chosen + step);
    } else if (event.key === "Enter" && isOpen && this.chosen >= 0) {
      event.preventDefault();
      this.open(this.chosen);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      this.close();
    }
  };

  Box.prototype.open = function (place) {
    if (this.shown[place]) location.assign(this.shown[place].path);
  };

  Box.prototype.close = function () {
    this.stop();
    this.choose(-1);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  };

  if (!window.fetch || !window.AbortController || !Element.prototype.closest) return;
  Array.prototype.forEach.call(document.querySelectorAll("input[data-suggest]"), function (input) { new Box(input); });
})();
