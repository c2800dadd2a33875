// A day is typed as day/month/year; the button beside it opens the browser's own calendar and writes the same form.
import { closest } from "./dom";

export function startDays(): void {
  document.addEventListener("click", openCalendar);
  document.addEventListener("change", takeDay);
}

function openCalendar(event: MouseEvent): void {
  const button = closest(event, "[data-calendar]");
  const native = button?.parentElement?.querySelector<HTMLInputElement>(".native-day");
  if (!native) return;
  const typed = native.parentElement?.querySelector<HTMLInputElement>("input[type=text]");
  native.value = isoDay(typed?.value ?? "");
  native.showPicker();
}

function takeDay(event: Event): void {
  const native = closest<HTMLInputElement>(event, ".native-day");
  const typed = native?.parentElement?.querySelector<HTMLInputElement>("input[type=text]");
  if (!native || !typed || !native.value) return;
  typed.value = native.value.split("-").reverse().join("/");
  typed.dispatchEvent(new Event("input", { bubbles: true }));
  typed.dispatchEvent(new Event("change", { bubbles: true }));
  typed.focus();
}

export function isoDay(text: string): string {
  const found = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim());
  return found ? `${found[3]}-${found[2].padStart(2, "0")}-${found[1].padStart(2, "0")}` : "";
}
