// The physicians' desk. Without a script every button works as a submit; with it, drafts save themselves while somebody
// types, the preview and the inserted texts come without a page load, and what could not be saved (no connection, an
// ended sign-in) stays on this device until it can. Nothing is sent anywhere but to the desk's own addresses.
(function () {
  "use strict";

  var PREFIX = "wenyi-draft:";
  var PAUSE = 1200; // milliseconds after the last key until the draft is saved
  var AGAIN = 8000; // milliseconds until saving is tried again
  var KEPT_FOR = 7 * 24 * 60 * 60 * 1000; // a copy on the device that nobody came back for

  // Copies on this device: what the server has not confirmed, by account and question.

  function readCopy(name) {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch (error) {
      return null;
    }
  }

  function writeCopy(name, copy) {
    try {
      localStorage.setItem(name, JSON.stringify(copy));
    } catch (error) {
      // A private window or a full store: the server's draft is then the only one.
    }
  }

  function dropCopy(name) {
    try {
      localStorage.removeItem(name);
    } catch (error) {
      // As above.
    }
  }

  function eachCopy(act) {
    try {
      Object.keys(localStorage).filter(function (name) { return name.indexOf(PREFIX) === 0; }).forEach(act);
    } catch (error) {
      // As above.
    }
  }

  function tidyCopies() {
    var address = new URL(location.href);
    var sent = address.searchParams.get("sent");
    eachCopy(function (name) {
      var copy = readCopy(name);
      if (!copy || Date.now() - copy.at > KEPT_FOR || (sent && copy.key === sent)) dropCopy(name);
    });
    if (sent) {
      address.searchParams.delete("sent");
      history.replaceState(null, "", address);
    }
  }

  // The form of one question.

  function Desk(form) {
    this.form = form;
    this.body = form.elements.body;
    this.copyName = PREFIX + form.dataset.user + ":" + form.dataset.question;
    this.savedText = this.state();
    this.timer = null;
    this.saving = null;
    this.blocked = false; // another window has a newer draft, and nobody has chosen yet
    this.leaving = false;
    this.submitter = null;
  }

  Desk.prototype.find = function (selector) {
    return this.form.querySelector(selector);
  };

  Desk.prototype.say = function (text) {
    var line = this.find("[data-status]");
    line.dataset.state = "";
    if (line.textContent !== text) line.textContent = text; // the same words are not read aloud again
  };

  Desk.prototype.data = function () {
    var data = new URLSearchParams();
    new FormData(this.form).forEach(function (value, name) { data.append(name, value); });
    return data;
  };

  // What a draft holds, as one text to compare.
  Desk.prototype.state = function () {
    var fields = this.form.elements;
    return JSON.stringify(["body", "outcome", "care_level", "referred_to", "points_to"].map(function (name) {
      return fields[name].value;
    }));
  };

  Desk.prototype.keepCopy = function () {
    writeCopy(this.copyName, {
      key: this.form.elements.key.value,
      version: this.form.elements.version.value,
      body: this.body.value,
      at: Date.now(),
    });
  };

  Desk.prototype.typed = function () {
    if (this.state() === this.savedText) return;
    this.keepCopy();
    clearTimeout(this.timer);
    var desk = this;
    this.timer = setTimeout(function () { desk.save(); }, PAUSE);
  };

  // Save now. Resolves to "saved", "conflict", "signed-out", "gone", "refused" or "offline".
  Desk.prototype.save = function () {
    var desk = this;
    clearTimeout(this.timer);
    if (this.saving) return this.saving.then(function () { return desk.save(); });
    if (this.state() === this.savedText) return Promise.resolve("saved");
    if (this.blocked) return Promise.resolve("conflict");
    this.saving = this.post().then(
      function (outcome) { desk.saving = null; return outcome; },
      function () { desk.saving = null; return desk.later(desk.form.dataset.sayKept, "offline"); }
    );
    return this.saving;
  };

  Desk.prototype.request = function (address, options) {
    options.headers = { "X-Requested-With": "fetch" };
    options.credentials = "same-origin";
    options.redirect = "manual";
    if (options.body) options.headers["X-CSRFToken"] = this.form.elements.csrfmiddlewaretoken.value;
    return fetch(address, options);
  };

  Desk.prototype.post = function (isSecondTry) {
    var desk = this;
    var sent = this.state();
    this.find("[data-status]").dataset.state = "saving";
    return this.request(this.form.dataset.draftUrl, { method: "POST", body: this.data(), keepalive: document.hidden })
      .then(function (answer) {
        if (answer.ok) return answer.json().then(function (draft) { return desk.saved(draft, sent); });
        if (answer.status === 409) return answer.json().then(function (draft) { return desk.conflict(draft); });
        if (answer.status === 404) return desk.later(desk.form.dataset.sayGone, "gone");
        if (answer.status === 400) {
          return answer.json().then(
            function (refusal) { desk.keepCopy(); desk.say(refusal.sentence); return "refused"; }
          );
        }
        if (!isSecondTry && (answer.type === "opaqueredirect" || answer.status === 403)) return desk.signedOut();
        return desk.later(desk.form.dataset.sayKept, "offline");
      });
  };

  Desk.prototype.saved = function (draft, sent) {
    this.form.elements.version.value = draft.version;
    if (draft.key) this.form.elements.key.value = draft.key;
    this.savedText = sent;
    this.find("[data-signed-out]").hidden = true;
    this.say(this.form.dataset.saySaved.replace("{time}", draft.saved_at || ""));
    if (this.state() === sent) dropCopy(this.copyName);
    else this.typed();
    return "saved";
  };

  Desk.prototype.later = function (sentence, outcome) {
    var desk = this;
    this.keepCopy();
    this.say(sentence);
    clearTimeout(this.timer);
    if (outcome !== "gone") this.timer = setTimeout(function () { desk.save(); }, AGAIN);
    return outcome;
  };

  // Somebody else's or nobody's session: either it has ended, or its token has changed with a new sign-in.
  Desk.prototype.signedOut = function () {
    var desk = this;
    return this.request(this.form.dataset.draftUrl, { method: "GET" })
      .then(function (answer) { return answer.ok ? answer.json() : null; })
      .then(function (draft) {
        if (draft) {
          desk.form.elements.csrfmiddlewaretoken.value = draft.token;
          return desk.post(true);
        }
        desk.find("[data-signed-out]").hidden = false;
        return desk.later(desk.form.dataset.saySignedOut, "signed-out");
      });
  };

  Desk.prototype.conflict = function (draft) {
    this.keepCopy();
    if (draft.body === this.body.value) {
      // The same words in both windows: nobody has to choose.
      this.form.elements.version.value = draft.version;
      return this.saved(draft, this.state());
    }
    this.blocked = true;
    this.other = draft;
    this.find("[data-conflict-says]").textContent = draft.sentence;
    this.find("[data-conflict-text]").value = draft.body;
    this.find("[data-conflict-choice]").hidden = false;
    var panel = this.find("[data-conflict]");
    panel.hidden = false;
    panel.scrollIntoView({ block: "nearest" });
    this.say(draft.sentence);
    return "conflict";
  };

  Desk.prototype.choose = function (body) {
    this.form.elements.version.value = this.other.version;
    if (this.other.key) this.form.elements.key.value = this.other.key;
    this.body.value = body;
    this.blocked = false;
    this.savedText = "";
    this.find("[data-conflict]").hidden = true;
    this.body.focus();
    this.save();
  };

  // What a closed tab or an ended sign-in left on this device.
  Desk.prototype.restore = function () {
    var copy = readCopy(this.copyName);
    if (!copy || copy.body === this.body.value || !copy.body.trim()) return;
    var isNext = copy.key === this.form.elements.key.value && copy.version === this.form.elements.version.value;
    if (isNext || !this.body.value.trim()) {
      this.body.value = copy.body;
      var desk = this;
      this.save().then(function (outcome) { if (outcome === "saved") desk.say(desk.form.dataset.sayRestored); });
      return;
    }
    this.conflict({
      body: copy.body,
      version: this.form.elements.version.value,
      key: this.form.elements.key.value,
      sentence: this.find("[data-conflict-says]").dataset.device,
    });
  };

  Desk.prototype.saveNow = function () {
    this.savedText = "";
    this.save();
  };

  // Sending: saved first, so that an ended sign-in is found out before the page is left.
  Desk.prototype.submit = function (event) {
    var desk = this;
    var button = event.submitter || this.submitter;
    if (this.leaving) {
      event.preventDefault(); // the second half of a double click
      return;
    }
    if (this.passes) return;
    event.preventDefault();
    if (!button || button.value === "draft") {
      this.saveNow(); // Enter in a field of one line
      return;
    }
    this.leaving = true;
    this.say(this.form.dataset.saySending);
    this.reach().then(function (outcome) {
      if (outcome === "saved" || outcome === "refused" || outcome === "gone") desk.go(button);
      else desk.leaving = false;
    });
  };

  // Is somebody signed in? A draft that is saved says so; with nothing to save, ask.
  Desk.prototype.reach = function () {
    var desk = this;
    if (this.state() !== this.savedText) return this.save();
    return this.request(this.form.dataset.draftUrl, { method: "GET" }).then(
      function (answer) {
        if (!answer.ok) return answer.type === "opaqueredirect" ? desk.signedOut() : "gone";
        return answer.json().then(function (draft) {
          desk.form.elements.csrfmiddlewaretoken.value = draft.token;
          return "saved";
        });
      },
      function () { return desk.later(desk.form.dataset.sayKept, "offline"); }
    );
  };

  Desk.prototype.go = function (button) {
    if (button && button.name) {
      var field = document.createElement("input");
      field.type = "hidden";
      field.name = button.name;
      field.value = button.value;
      this.form.appendChild(field);
    }
    this.passes = true;
    HTMLFormElement.prototype.submit.call(this.form);
  };

  Desk.prototype.preview = function () {
    var desk = this;
    this.request(this.form.dataset.previewUrl, { method: "POST", body: this.data() }).then(function (answer) {
      if (!answer.ok) return desk.signedOut();
      return answer.text().then(function (html) {
        var region = desk.find("[data-preview-region]");
        desk.find("[data-preview-text]").innerHTML = html; // cleaned by the server as what is published
        region.hidden = false;
        region.scrollIntoView({ block: "nearest" });
        desk.say(desk.form.dataset.sayPreview);
      });
    }, function () { desk.say(desk.form.dataset.sayKept); });
  };

  Desk.prototype.insert = function () {
    var chosen = this.form.elements.canned.selectedOptions[0];
    if (!chosen || !chosen.dataset.text) return;
    var before = this.body.value.slice(0, this.body.selectionStart);
    var after = this.body.value.slice(this.body.selectionEnd);
    var gap = before.trim() && before.slice(-1) !== "\n" ? "\n\n" : "";
    this.body.value = before + gap + chosen.dataset.text + after;
    var end = (before + gap + chosen.dataset.text).length;
    this.body.focus();
    this.body.setSelectionRange(end, end);
    this.typed();
  };

  Desk.prototype.point = function (number) {
    this.form.elements.points_to.value = number;
    this.form.elements.points_to.scrollIntoView({ block: "nearest" });
    this.typed();
    this.body.focus({ preventScroll: true });
  };

  Desk.prototype.press = function (selector) {
    this.submitter = this.find(selector);
    this.submitter.click();
  };

  Desk.prototype.key = function (event) {
    var control = event.ctrlKey || event.metaKey;
    if (control && event.key === "Enter") this.press(event.shiftKey ? "[data-send-next]" : "[data-send]");
    else if (control && !event.shiftKey && event.key.toLowerCase() === "s") this.press("[data-save]");
    else if (event.altKey && !control && event.code === "KeyP") this.press("[data-preview]");
    else return;
    event.preventDefault();
  };

  Desk.prototype.start = function () {
    var desk = this;
    function click(selector, act) {
      var button = desk.find(selector);
      if (button) button.addEventListener("click", function (event) { event.preventDefault(); act(); });
    }
    this.form.addEventListener("input", function () { desk.typed(); });
    this.form.addEventListener("click", function (event) {
      desk.submitter = event.target.closest ? event.target.closest("button") : null;
    });
    this.form.addEventListener("submit", function (event) { desk.submit(event); });
    document.addEventListener("keydown", function (event) { desk.key(event); });
    document.addEventListener("visibilitychange", function () { if (!desk.leaving) desk.save(); });
    window.addEventListener("focus", function () { if (!desk.leaving) desk.save(); });
    window.addEventListener("pageshow", function (event) {
      if (event.persisted) location.reload(); // from the browser's memory: the versions in it are old
    });
    click("[data-preview]", function () { desk.preview(); });
    click("[data-insert]", function () { desk.insert(); });
    click("[data-save]", function () { desk.saveNow(); });
    click("[data-keep-mine]", function () { desk.choose(desk.body.value); });
    click("[data-take-other]", function () { desk.choose(desk.other.body); });
    Array.prototype.forEach.call(document.querySelectorAll("[data-point]"), function (button) {
      button.addEventListener("click", function (event) {
        event.preventDefault();
        desk.point(button.dataset.point);
      });
    });
    this.restore();
    var marked = document.querySelector(".desk-field--error input, .desk-field--error select, .desk-field--error textarea");
    if (marked) marked.focus();
    else if (window.matchMedia("(min-width: 1000px)").matches && !document.querySelector("[role=alert]:not([hidden])")) {
      this.body.focus({ preventScroll: true });
    }
  };

  tidyCopies();
  var form = document.querySelector("[data-answer]");
  if (form) new Desk(form).start();
})();
