// On wide screens the filters stand open beside the results; without this file they open by a click, as on telephones.
(function () {
  "use strict";

  var narrow = document.querySelector(".narrow");
  if (narrow && window.matchMedia("(min-width: 64em)").matches) narrow.open = true;
})();
