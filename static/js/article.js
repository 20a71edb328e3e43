// The desk of an article. Without a script the frame shows the saved text and "Preview" opens the typed one in a tab.
// With it the frame follows what is typed: the form itself is sent to the preview's address, which stores nothing, into
// a new frame behind the old one, so that nothing flickers, the place is kept and "back" still leads where it led.
(function () {
  "use strict";

  var PAUSE = 700; // milliseconds after the last key until the preview is renewed

  var form = document.getElementById("article_form");
  var box = document.querySelector("[data-preview-frame]");
  var preview = document.querySelector("[data-preview-button]");
  if (!form || !box || !preview || !form.requestSubmit) return;

  var says = document.querySelector("[data-preview-says]");
  var timer = null, waiting = null, isStale = false, count = 0;

  function state() {
    return new URLSearchParams(new FormData(form)).toString();
  }

  var seen = state();

  function say(text) {
    if (says && says.textContent !== text) says.textContent = text;
  }

  function pageIn(frame) {
    try {
      var page = frame.contentDocument;
      return page && page.querySelector("article.article") ? page : null;
    } catch (error) {
      return null;
    }
  }

  // What is linked from the page opens beside the desk: in the frame it would be refused.
  function leadOut(page) {
    page.addEventListener("click", function (event) {
      var link = event.target.closest ? event.target.closest("a[href]") : null;
      if (!link || link.getAttribute("href").charAt(0) === "#") return;
      link.target = "_blank";
      link.rel = "noopener";
    });
  }

  function shown() {
    var frame = waiting;
    var page = frame && pageIn(frame);
    var old = box.querySelector("iframe:not([data-waiting])");
    if (!frame) return;
    if (!page && frame.contentDocument && frame.contentDocument.URL === "about:blank") return;
    waiting = null;
    if (!page) {
      frame.remove();
      say(says.getAttribute("data-old"));
    } else {
      leadOut(page);
      frame.removeAttribute("data-waiting");
      if (old && old.contentWindow) frame.contentWindow.scrollTo(0, old.contentWindow.scrollY);
      if (old) old.remove();
      say(box.getAttribute("data-live"));
    }
    if (isStale) renew();
  }

  function renew() {
    if (waiting) {
      isStale = true;
      return;
    }
    isStale = false;
    seen = state();
    waiting = document.createElement("iframe");
    waiting.name = "preview-" + (count += 1);
    waiting.title = box.getAttribute("data-title");
    waiting.setAttribute("data-waiting", "");
    waiting.addEventListener("load", shown);
    box.appendChild(waiting);
    var sender = document.createElement("button");
    sender.formAction = preview.formAction;
    sender.setAttribute("formtarget", waiting.name);
    sender.hidden = true;
    form.appendChild(sender);
    form.requestSubmit(sender);
    sender.remove();
  }

  function typed() {
    if (state() === seen) return; // Django's widgets tell of changes while they are made ready
    clearTimeout(timer);
    timer = setTimeout(renew, PAUSE);
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  // Django's widgets tell of a choice by jQuery alone.
  if (window.django && window.django.jQuery) window.django.jQuery(form).on("change formset:added formset:removed", typed);

  // Who asks for another entry writes into it next.
  if (window.django && window.django.jQuery) window.django.jQuery(document).on("formset:added", function (event) {
    var field = event.target.querySelector && event.target.querySelector("[name$='-question'], [name$='-title']");
    if (field) field.focus();
  });

  // Nobody leaves the page with words that are not saved, unless they say so.
  var saved = null, isLeaving = false;
  window.addEventListener("load", function () { saved = state(); });
  form.addEventListener("submit", function (event) {
    if (!event.submitter || !event.submitter.getAttribute("formtarget")) isLeaving = true;
  });
  window.addEventListener("beforeunload", function (event) {
    if (!isLeaving && saved !== null && state() !== saved) event.preventDefault();
  });

  // A note of the checklist leads to its line.
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a[data-line]") : null;
    var field = link && document.getElementById(link.hash.slice(1));
    if (!field || field.tagName !== "TEXTAREA") return;
    event.preventDefault();
    var lines = field.value.split("\n"), line = Math.min(Number(link.getAttribute("data-line")), lines.length);
    var start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    field.focus();
    field.setSelectionRange(start, start + lines[line - 1].length);
    field.scrollTop = field.scrollHeight * (line - 1) / lines.length - field.clientHeight / 2;
  });

  var first = box.querySelector("iframe");
  if (first) first.addEventListener("load", function () {
    var page = pageIn(first);
    if (page) leadOut(page);
  });
})();
