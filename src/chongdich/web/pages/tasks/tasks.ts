// A deed that is opened takes the focus to its first box, so that its key and the typing are one movement.
document.addEventListener(
  "toggle",
  (event) => {
    const deed = event.target instanceof HTMLDetailsElement && event.target.matches("[data-deed]") ? event.target : null;
    if (!deed?.open || !document.activeElement?.matches("summary")) return;
    deed.querySelector<HTMLElement>("textarea, input:not([type=hidden], [type=date], [tabindex='-1']), button")?.focus();
  },
  { capture: true },
);
