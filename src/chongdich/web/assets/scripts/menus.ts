// Menus are <details class="menu">: they close on Escape, on a click elsewhere and when another opens.
import { all, closest } from "./dom";

export function startMenus(): void {
  document.addEventListener("click", (event) => closeMenus(closest<HTMLDetailsElement>(event, "details.menu")));
  document.addEventListener("keydown", (event) => {
    const menu = closest<HTMLDetailsElement>(event, "details.menu[open]");
    if (event.key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}

function closeMenus(except: HTMLDetailsElement | null): void {
  for (const menu of all<HTMLDetailsElement>("details.menu[open]")) if (menu !== except) menu.open = false;
}
