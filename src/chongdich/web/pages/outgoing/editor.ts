// The editor's rows without a round trip: add below, move up, remove. Without this script the same buttons submit.
const form = document.querySelector<HTMLFormElement>("[data-editor]");

function rows(list: Element): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(":scope > [data-row]")];
}

/** Names, numbers and targets after the rows' present order. */
function renumber(list: HTMLElement): void {
  const prefix = list.dataset.rows ?? "";
  rows(list).forEach((row, place) => {
    for (const field of row.querySelectorAll<HTMLInputElement>(`[name^="${prefix}-"]`)) {
      field.name = field.name.replace(/^(\w)-\d+-/, `$1-${place}-`);
    }
    for (const one of row.querySelectorAll<HTMLElement>("[id]")) one.id = one.id.replace(/-\d+-/, `-${place}-`);
    for (const one of row.querySelectorAll<HTMLLabelElement>("label[for]")) {
      one.htmlFor = one.htmlFor.replace(/-\d+-/, `-${place}-`);
    }
    for (const one of row.querySelectorAll<HTMLElement>("[aria-label]")) {
      one.setAttribute("aria-label", (one.getAttribute("aria-label") ?? "").replace(/\d+$/, String(place + 1)));
    }
  });
  const count = form?.elements.namedItem(`${prefix}-count`);
  if (count instanceof HTMLInputElement) count.value = String(rows(list).length);
}

function emptied(row: HTMLElement): HTMLElement {
  const copy = row.cloneNode(true) as HTMLElement;
  for (const field of copy.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")) {
    if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = false;
    else field.value = "";
  }
  const levels = row.querySelectorAll("select");
  copy.querySelectorAll("select").forEach((select, place) => (select.selectedIndex = levels[place].selectedIndex));
  copy.querySelectorAll("strong").forEach((lead) => lead.remove());
  return copy;
}

function addAfter(row: HTMLElement, list: HTMLElement): void {
  const fresh = emptied(row);
  row.after(fresh);
  renumber(list);
  fresh.querySelector<HTMLElement>("textarea, input:not([type=hidden])")?.focus();
}

form?.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLButtonElement>("button[name=do]");
  if (!button) return;
  const list = button.dataset.add
    ? form.querySelector<HTMLElement>(`[data-rows="${button.dataset.add}"]`)
    : button.closest<HTMLElement>("[data-rows]");
  const row = button.dataset.add && list ? rows(list).at(-1) : button.closest<HTMLElement>("[data-row]");
  if (!list || !row) return;
  const plain = !row.querySelector("[name$='-kept']");
  if (("add" in button.dataset || "below" in button.dataset) && plain) addAfter(row, list);
  else if ("up" in button.dataset) row.previousElementSibling?.before(row);
  else if ("remove" in button.dataset && rows(list).length > 1) row.remove();
  else return;
  renumber(list);
  event.preventDefault();
  form.dispatchEvent(new Event("input", { bubbles: true }));
});
