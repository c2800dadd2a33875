// Keyboard first: "?" shows the keys, "/" searches, j and k move in lists, data-key="x" presses a control.
// WCAG 2.1.4: single keys can be turned off (in the "?" dialog); they never act while something is being typed.
import { all, closest, isVisible } from "./dom";
import { openDialog } from "./dialogs";

const STORE = "keys-off";

export function startKeyboard(): void {
  document.documentElement.classList.toggle("keys-off", keysOff());
  document.addEventListener("keydown", onKey);
  document.addEventListener("change", rememberSwitch);
  const control = document.querySelector<HTMLInputElement>("[data-keys-switch]");
  if (control) control.checked = !keysOff();
}

function keysOff(): boolean {
  return localStorage.getItem(STORE) === "1";
}

function rememberSwitch(event: Event): void {
  const control = closest<HTMLInputElement>(event, "[data-keys-switch]");
  if (!control) return;
  localStorage.setItem(STORE, control.checked ? "0" : "1");
  document.documentElement.classList.toggle("keys-off", keysOff());
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event)) return;
  if (event.key !== "?" && keysOff()) return;
  if (isOpening()) return event.preventDefault();
  if (act(event.key)) event.preventDefault();
}

function isTyping(event: KeyboardEvent): boolean {
  const box = closest(event, "input, textarea, select, [contenteditable]");
  return box !== null && !(box instanceof HTMLInputElement && /^(checkbox|radio|button|submit)$/.test(box.type));
}

/** A key opened a panel that is still on its way: what is typed ahead is meant for it, not for the page's keys. */
function isOpening(): boolean {
  return document.querySelector("[data-key].htmx-request:not([data-moves])") !== null;
}

function act(key: string): boolean {
  const open = document.querySelector<HTMLDialogElement>("dialog[open]");
  if (open) return press(key, open);
  if (key === "?") return openDialog("#shortcuts");
  if (key === "/") return focusSearch();
  if (key === "j") return move(1);
  if (key === "k") return move(-1);
  return press(key, activeItem()) || press(key, document);
}

function focusSearch(): boolean {
  const boxes = all<HTMLInputElement>("input[type=search]").filter(isVisible);
  const box = boxes.find((one) => one.closest("main")) ?? boxes[0];
  box?.focus();
  box?.select();
  return Boolean(box);
}

/** Rows of a list are what j and k walk over: the row itself if it can take focus, else its first link. */
function move(step: number): boolean {
  const items = all("[data-item]").filter(isVisible);
  if (!items.length) return false;
  const here = items.findIndex((item) => item.contains(document.activeElement));
  const next = items[Math.min(Math.max(here + step, 0), items.length - 1)];
  const inside = next.querySelector<HTMLElement>("a") ?? next.querySelector<HTMLElement>("button, input");
  const target = next.hasAttribute("tabindex") ? next : inside;
  target?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function activeItem(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>("[data-item]") ?? null;
}

/** A key belongs first to the item in focus, then to the page (controls outside every item). */
function press(key: string, inside: HTMLElement | Document | null): boolean {
  if (!inside) return false;
  const controls = all(`[data-key="${CSS.escape(key)}"]`, inside).filter(isVisible);
  const control = inside === document ? controls.find((one) => !one.closest("[data-item]")) : controls[0];
  if (!control || (control as HTMLButtonElement).disabled) return false;
  if (control.matches("input:not([type=checkbox], [type=radio]), textarea, select")) control.focus();
  else control.click();
  return true;
}
