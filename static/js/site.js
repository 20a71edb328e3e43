// Buttons that only make sense with a script: copy an address or a code, print the page. They stand hidden in the
// page and are shown here. data-copy="text" copies that text, data-copy="" the page's own address without fragment.
(function () {
  "use strict";

  function tell(button, text) {
    var said = document.getElementById(button.getAttribute("data-says"));
    if (said) said.textContent = text;
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
