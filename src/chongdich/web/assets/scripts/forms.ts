// Forms: the error summary takes focus, nothing typed is lost by leaving, nothing is sent twice.
import { all, closest } from "./dom";

const changed = new Set<HTMLFormElement>();
const sent = new WeakSet<HTMLFormElement>();

export function startForms(): void {
  focusSummary(document);
  document.addEventListener("htmx:afterSwap", (event) => focusSummary(event.target as Element));
  document.addEventListener("input", (event) => remember(closest<HTMLFormElement>(event, "form[data-guard]")));
  document.addEventListener("submit", onSubmit);
  document.addEventListener("htmx:afterRequest", (event) => release(closest<HTMLFormElement>(event, "form")));
  document.addEventListener("change", submitOnChange);
  window.addEventListener("beforeunload", (event) => changed.size && event.preventDefault());
  window.addEventListener("pageshow", (event) => event.persisted && all<HTMLFormElement>("form").forEach(release));
}

function focusSummary(inside: ParentNode): void {
  inside.querySelector<HTMLElement>(".error-summary")?.focus();
}

function remember(form: HTMLFormElement | null): void {
  if (form) changed.add(form);
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
