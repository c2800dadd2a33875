// Forms: the error summary takes focus, nothing typed is lost by leaving or by a part that comes in, nothing is sent twice.
// data-guard on a form watches over what is typed in it; data-cancel in it puts it away, asking once when that loses words.
import { all, closest, word } from "./dom";
import { say } from "./toasts";

const GUARDED = "form[data-guard]";
const changed = new Set<HTMLFormElement>();
const warned = new WeakSet<HTMLFormElement>();
const sent = new WeakSet<HTMLFormElement>();

export function startForms(): void {
  focusSummary(document);
  rememberRefused(document);
  document.addEventListener("htmx:afterSwap", (event) => focusSummary(event.target as Element));
  document.addEventListener("htmx:load", (event) => rememberRefused(event.target as Element));
  document.addEventListener("input", (event) => remember(closest<HTMLFormElement>(event, GUARDED)));
  document.addEventListener("click", askBeforePuttingAway, { capture: true });
  document.addEventListener("submit", onSubmit);
  document.addEventListener("htmx:beforeOnLoad", onAnswer);
  document.addEventListener("htmx:beforeSwap", keepWhatIsTyped);
  document.addEventListener("htmx:oobBeforeSwap", keepWhatIsTyped);
  document.addEventListener("htmx:afterRequest", (event) => release(formOf(event)));
  document.addEventListener("change", submitOnChange);
  window.addEventListener("beforeunload", (event) => unsaved().length && event.preventDefault());
  window.addEventListener("pageshow", (event) => event.persisted && all<HTMLFormElement>("form").forEach(release));
}

function focusSummary(inside: ParentNode): void {
  inside.querySelector<HTMLElement>(".error-summary, [data-focus]")?.focus();
}

/** A form that came back with errors holds words that are nowhere else. */
function rememberRefused(inside: Element | Document): void {
  const forms = all<HTMLFormElement>(GUARDED, inside);
  if (inside instanceof HTMLFormElement && inside.matches(GUARDED)) forms.push(inside);
  forms.filter((form) => "unsaved" in form.dataset || form.querySelector(".error-summary, .field-bad")).forEach(remember);
}

function remember(form: HTMLFormElement | null): void {
  if (!form) return;
  changed.add(form);
  warned.delete(form);
  form.querySelector("[data-put-away]")?.remove();
}

function unsaved(): HTMLFormElement[] {
  return [...changed].filter((form) => form.isConnected);
}

/** The first "Thôi" (or Escape) of a changed form only says so; the second puts it away. */
function askBeforePuttingAway(event: MouseEvent): void {
  const control = closest<HTMLElement>(event, "[data-cancel]");
  const form = control?.closest<HTMLFormElement>(GUARDED);
  if (!control || !form || !changed.has(form)) return;
  if (warned.has(form)) {
    changed.delete(form);
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  warned.add(form);
  const note = document.createElement("p");
  note.className = "field-error";
  note.dataset.putAway = "";
  note.setAttribute("role", "alert");
  note.textContent = word("unsaved");
  control.parentElement?.before(note);
  note.scrollIntoView({ block: "nearest" });
}

function formOf(event: Event): HTMLFormElement | null {
  const asker = (event as CustomEvent).detail.elt as Element | undefined;
  return asker?.closest<HTMLFormElement>("form") ?? null;
}

/** Sent and taken: nothing is left to lose. Refused: what was typed still is. */
function onAnswer(event: Event): void {
  const { xhr, requestConfig } = (event as CustomEvent).detail;
  const form = formOf(event);
  if (form && requestConfig.verb !== "get" && xhr.status < 400) changed.delete(form);
}

/** A part that comes in from elsewhere does not wipe out a form somebody is typing in. */
function keepWhatIsTyped(event: Event): void {
  const { detail } = event as CustomEvent;
  const own = (detail.requestConfig?.elt as Element | undefined)?.closest("form");
  const lost = unsaved().find((form) => form !== own && (detail.target as Element | undefined)?.contains(form));
  if (!lost) return;
  detail.shouldSwap = false;
  lost.querySelector<HTMLElement>("textarea, input:not([type=hidden])")?.focus();
  say(word("unsaved-form"), "warn");
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method !== "post") return;
  changed.delete(form);
  if (sent.has(form)) return event.preventDefault();
  sent.add(form);
  form.setAttribute("aria-busy", "true");
}

function release(form: HTMLFormElement | null): void {
  if (!form) return;
  sent.delete(form);
  form.removeAttribute("aria-busy");
}

/** Small switches (a language, a unit) may send their form at once: data-send on the control. */
function submitOnChange(event: Event): void {
  closest<HTMLSelectElement>(event, "select[data-send]")?.form?.requestSubmit();
}
