// Which result of a search was opened, told without cookie as it is left; portal/clicks.py says what the page marks.
// What is not counted stands in the README under "Searches".
(function () {
  "use strict";

  function tell(event) {
    var link = event.target.closest && event.target.closest("a[href]");
    var result = link && link.closest("[data-key]");
    var list = result && result.closest("[data-search]");
    if (!list || event.button > 1) return;
    var parts = [
      list.getAttribute("data-language"), result.getAttribute("data-position"),
      result.getAttribute("data-key"), list.getAttribute("data-search")
    ];
    fetch("/clicks", { method: "POST", body: parts.join(" "), credentials: "omit", keepalive: true })
      .catch(function () {});
  }

  if (!window.fetch || navigator.webdriver) return;
  if (navigator.globalPrivacyControl || navigator.doNotTrack === "1") return;
  document.addEventListener("click", tell);
  document.addEventListener("auxclick", tell);  // the middle button opens it in another tab
})();
