// Every page loads this one script. Nothing here is needed to read a page or send a form: it makes both quicker.
import htmx from "htmx.org";
import { startDays } from "./days";
import { startDialogs } from "./dialogs";
import { startForms } from "./forms";
import { startKeyboard } from "./keyboard";
import { startMenus } from "./menus";
import { startPickers } from "./picker";
import { startReading } from "./reading";
import { startTables } from "./tables";
import { say, startToasts } from "./toasts";

declare global {
  interface Window {
    htmx: typeof htmx;
    kit: { say: typeof say };
  }
}

window.htmx = htmx;
window.kit = { say };

for (const start of [startMenus, startDialogs, startKeyboard, startForms, startDays, startTables, startReading, startToasts]) start();
startPickers(document);
// New parts of a page come from htmx; only pickers must be started again, everything else listens on the document.
document.addEventListener("htmx:load", (event) => startPickers(event.target as Element));
