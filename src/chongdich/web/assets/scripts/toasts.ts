// Short words that something was done. They stay until closed when something went wrong.
import { all, closest, word } from "./dom";

type Tone = "good" | "info" | "warn" | "bad";

export function startToasts(): void {
  all(".toast-line.tone-good, .toast-line.tone-info").forEach(leaveLater);
  document.addEventListener("click", (event) => closest(event, "[data-dismiss]")?.closest(".toast-line, .notice")?.remove());
  document.addEventListener("say", (event) => say((event as CustomEvent).detail.text, (event as CustomEvent).detail.tone));
  document.addEventListener("htmx:sendError", () => say(word("lost-connection"), "bad"));
  document.addEventListener("htmx:responseError", (event) => {
    const status = (event as CustomEvent).detail.xhr.status;
    if (status === 0 || status >= 500) say(word("server-error"), "bad");
    if (status === 403 || status === 401) say(word("not-allowed"), "bad");
  });
}

export function say(text: string, tone: Tone = "good"): void {
  const template = document.querySelector<HTMLTemplateElement>("#toast");
  const place = document.querySelector("#toasts");
  if (!template || !place || !text) return;
  const line = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
  line.classList.add(`tone-${tone}`);
  line.querySelector("[data-text]")!.textContent = text;
  place.append(line);
  if (tone === "good" || tone === "info") leaveLater(line);
}

/** Goes after ten seconds, but not while it is read with the pointer or has focus. */
function leaveLater(line: HTMLElement): void {
  const leave = () => (line.matches(":hover, :focus-within") ? window.setTimeout(leave, 2_000) : line.remove());
  window.setTimeout(leave, 10_000);
}
