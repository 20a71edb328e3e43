// A file that is too large is named before it is sent: a body beyond the limit would lose what was typed. And the
// lines for a text are marked as a whole when somebody goes to them.
(function () {
  "use strict";

  var file = document.querySelector("input[type=file][data-most]");
  if (file) file.addEventListener("change", function () {
    var chosen = file.files && file.files[0];
    var most = Number(file.getAttribute("data-most"));
    file.setCustomValidity(chosen && chosen.size > most ? file.getAttribute("data-too-large") : "");
    file.reportValidity();
  });

  var lines = document.getElementById("lines");
  if (lines) lines.addEventListener("focus", function () { lines.select(); });
})();
