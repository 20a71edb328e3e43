// Names for the boxes of the admin in which something is chosen by typing.
(function () {
  "use strict";

  // Django's boxes for choosing by typing have no name of their own: they get the label of their field.
  function name(field, box) {
    var label = field.labels && field.labels[0];
    if (label && box) box.setAttribute("aria-label", label.textContent.replace(/[:：]\s*$/, ""));
  }

  // By jQuery, whose "ready" comes after that of the script that makes the boxes.
  if (window.django && window.django.jQuery) window.django.jQuery(function () {
    document.querySelectorAll("select.admin-autocomplete").forEach(function (field) {
      var box = field.nextElementSibling;
      if (!box || !box.classList.contains("select2-container")) return;
      name(field, box.querySelector(".select2-selection"));
      name(field, box.querySelector(".select2-selection__rendered[role=textbox]"));
      name(field, box.querySelector(".select2-search__field"));
      window.django.jQuery(field).on("select2:open", function () {
        name(field, document.querySelector(".select2-dropdown .select2-search__field"));
      });
    });
  });
})();
