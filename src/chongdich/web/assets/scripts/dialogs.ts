// Native dialogs: data-dialog="#id" opens one, data-close closes it, data-confirm="words" asks before it goes on.
import { closest } from "./dom";

export function startDialogs(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("submit", askFirst, { capture: true });
  document.addEventListener("htmx:confirm", askHtmxFirst);
}

export function openDialog(selector: string): boolean {
  const dialog = document.querySelector<HTMLDialogElement>(selector);
  if (!dialog || dialog.open) return false;
  dialog.showModal();
  return true;
}

function onClick(event: MouseEvent): void {
  const opener = closest(event, "[data-dialog]");
  if (opener && openDialog(opener.dataset.dialog ?? "")) event.preventDefault();
  if (closest(event, "[data-close]")) closest<HTMLDialogElement>(event, "dialog")?.close();
  if (event.target instanceof HTMLDialogElement && isOutside(event, event.target)) event.target.close();
}

function isOutside(event: MouseEvent, dialog: HTMLDialogElement): boolean {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

const answered = new WeakSet<Element>();

function askFirst(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const words = (event.submitter as HTMLElement | null)?.dataset.confirm ?? form.dataset.confirm;
  if (!words || answered.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(words, () => {
    answered.add(form);
    form.requestSubmit(event.submitter as HTMLElement | null);
  });
}

function askHtmxFirst(event: Event): void {
  const { question, issueRequest } = (event as CustomEvent).detail;
  if (!question) return;
  event.preventDefault();
  ask(question, () => issueRequest(true));
}

function ask(words: string, then: () => void): void {
  const dialog = document.querySelector<HTMLDialogElement>("#confirm");
  if (!dialog) return then();
  const place = dialog.querySelector("[data-question]");
  if (place) place.textContent = words;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && then(), { once: true });
  dialog.showModal();
}
